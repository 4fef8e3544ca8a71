import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

/** What opens a list of problems. */
const FAILED = /^(?:Failed to compile\.|Error: Turbopack build failed with \d+ errors?:|.*Turbopack build encountered \d+ (?:warnings|errors):)$/;
const WARNED = /^\s*⚠ Compiled with warnings/;
const CLOSED = /^(?:> Build (?:failed|error)|Next\.js build worker exited|Import trace for requested module:)/;
const MODULE = /^(\.{1,2}\/\S.*?\.\w+)(?::(\d+):(\d+))?$/;
/** Where SWC's frame says it is. */
const FRAME = /^\s*[,╭][-─]+\[(.+):(\d+):(\d+)\]$/;
const SWC = /^Error:\s+(?:[x×⨯]\s*)?(.*)$/;
const OF_TYPES = /^Type error: (.*)$/;
/** ESLint's findings stand below the names of files, too, in lists and, where there are only warnings, without one. */
const LINT = /^(\d+):(\d+) {2}(Error|Warning): (.*?)(?: {2}([\w@/-]+))?$/;
const BELOW = /^(?:>? *\d+ [|│]| *[|│:]|https?:\/\/| *at )/;
const PAGE = /^Error occurred prerendering page "(.+)"\./;
const CONFIG = /⨯ Failed to load (next\.config\.\w+)/;
const THROWN = /^\[?(?:\w*Error|Error \[\w+\]): (.*?)\]?$/;
/** Places that the project did not write. */
const BUILT = /(?:^|[\\/])(?:node_modules|\.next)[\\/]|^node:/;
const STACK = /^ +at .*\((.+):(\d+):(\d+)\)$/;
const ALONE = /^\[?Error: (?:> )?(Couldn't find any `pages` or `app` directory.*?)\]?$/;

/** Reads `next build`: the modules that do not compile, the first type error, pages that cannot be rendered, and its configuration. */
export function next(tell: Tell): Reader {
  let list: Found['severity'] | undefined;
  let open: Found | undefined;
  /** The file that was named last, while what ESLint says of it comes. */
  let linted: string | undefined;
  /** What was thrown comes next: what it is about, and in which file. */
  let about: { says: string; path?: string } | undefined;
  /** What was thrown by the configuration or a page; its place may stand below. */
  let thrownBy: Found | undefined;
  /** SWC puts the place below what it says, after empty lines. */
  let awaitsFrame = false;

  function body(found: Found, line: string): void {
    const [, frame, row, column] = FRAME.exec(line) ?? [];
    if (frame && found.line === undefined) Object.assign(found, placed(frame, row, column));
    if (frame || BELOW.test(line) || line.trim() === '') {
      if (found.message !== '' && (frame || !awaitsFrame)) open = undefined;
      return;
    }
    if (found.message !== '') {
      if (found.tool === 'tsc' && /^ {2,}\S/.test(line)) found.message += `\n${line}`;
      return;
    }
    const ofTypes = OF_TYPES.exec(line)?.[1];
    const ofSwc = SWC.exec(line)?.[1];
    awaitsFrame = ofSwc !== undefined;
    found.message = ofTypes ?? ofSwc ?? line;
    if (ofTypes !== undefined) found.tool = 'tsc';
    tell(found);
  }

  return {
    hear(line) {
      if (FAILED.test(line) || WARNED.test(line)) {
        list = FAILED.test(line) ? 'error' : 'warning';
        open = undefined;
        return true;
      }
      if (CLOSED.test(line)) [list, open] = [undefined, undefined];
      const config = CONFIG.exec(line)?.[1];
      const page = PAGE.exec(line)?.[1];
      if (config) about = { says: '', path: config };
      else if (page) about = { says: `page ${page}: ` };
      const thrown = about && THROWN.exec(line)?.[1];
      if (about && thrown !== undefined) {
        thrownBy = { tool: 'next', severity: 'error', message: `${about.says}${thrown}`, ...(about.path && { path: about.path }) };
        tell(thrownBy);
        about = undefined;
        return true;
      }
      const [, source = '', sourceRow, sourceColumn] = STACK.exec(line) ?? [];
      const isOurs = thrownBy?.path ? source.endsWith(thrownBy.path) : source !== '' && !BUILT.test(source);
      if (thrownBy && isOurs) Object.assign(thrownBy, placed(source, sourceRow, sourceColumn));
      thrownBy = undefined;
      const [, lintedRow, lintedColumn, level = '', text = '', rule] = LINT.exec(line) ?? [];
      if (linted !== undefined && level) {
        tell({ tool: 'eslint', severity: severityOf(level), message: text, ...(rule && { code: rule }), ...placed(linted, lintedRow, lintedColumn) });
        open = undefined;
        return true;
      }
      const [, path = '', row, column] = MODULE.exec(line) ?? [];
      linted = path && row === undefined ? path : undefined;
      const alone = ALONE.exec(line.trim())?.[1];
      if (alone) tell({ tool: 'next', severity: 'error', message: alone });
      if (!list) return alone !== undefined;
      if (path) open = { tool: 'next', severity: list, message: '', ...placed(path, row, column) };
      else if (open) body(open, line);
      return true;
    },
  };
}
