import { type Found, placed, type Reader, type Tell } from './reader.ts';

const HEAD = /^(\(!\)|\[!\]) (.*)$/;
const ERROR_NAME = /^(?:\(plugin [^)]+\) )?(?:\w*Error(?: \[\w+\])?: )?/;
const INLINE = /^(\[plugin [^\]]+\] )?(\S.*?) \((\d+):(\d+)\): (.*)$/s;
const PLACE = /^(\S.*?) \((\d+):(\d+)\)$|^(\/.*|[A-Za-z]:[\\/].*):(\d+):(\d+)$/;
const STACK_PLACE = /^ +at (?:.*\()?(?:file:\/\/)?(\/.*?|[A-Za-z]:[\\/].*?):(\d+):(\d+)\)?$/;
const FRAME_LINE = /^(\d+): /;
const CARET = /^( *)\^+$/;
const FILE = /^(?:[\w@.-]+[\\/])*[\w@.-]+\.\w+$/;
const UNRESOLVED = /^(\S.*) \(imported by "(.+?)"(?:.*)\)$/;
const IN_FILE = /^(.+) is not exported by (.+)$/;
/** `@rollup/plugin-typescript` puts a name of its own before what TypeScript says. */
const TYPESCRIPT = /^(?:\[plugin typescript\] )?@rollup\/plugin-typescript (TS\d+): (.*)$/s;
/** Errors of esbuild that a plugin throws stand below this line, and are told there. */
const OF_ESBUILD = /\b(?:Build|Transform) failed with \d+ errors?:$/;

/** Takes the place out of a message that begins with one, as Rollup's do: `src/a.js (3:2): Expected …`. */
export function rollupMessage(text: string): Pick<Found, 'message' | 'code' | 'path' | 'line' | 'column'> {
  const [, plugin = '', file = '', row, column, message = ''] = INLINE.exec(text) ?? [];
  const whole = file ? `${plugin}${message}` : text;
  const [, code, said] = TYPESCRIPT.exec(whole) ?? [];
  return { message: said ?? whole, ...(code && { code }), ...(file && placed(file, row, Number(column) + 1)) };
}

/**
 * Reads what Rollup's command line says: one error, and warnings in groups, a title with the files below it and a frame of each.
 * A frame has the line's number before it, and a caret below what is meant.
 */
export function rollup(tell: Tell): Reader {
  let title: string | undefined;
  let error: Found | undefined;
  let file: string | undefined;
  let item: string | undefined;
  let row: string | undefined;
  let prefix = 0;
  /** A warning that its title alone tells: what stands below it may still place it. */
  let single: Found | undefined;

  function head(mark: string, text: string): void {
    [title, error, file, item, row, single] = [undefined, undefined, undefined, undefined, undefined, undefined];
    if (mark === '[!]') {
      const message = text.replace(ERROR_NAME, '');
      if (OF_ESBUILD.test(message)) return;
      error = { tool: 'rollup', severity: 'error', ...rollupMessage(message) };
      tell(error);
      return;
    }
    title = text;
    const said = rollupMessage(text);
    if (said.path === undefined) return;
    single = { tool: 'rollup', severity: 'warning', ...said };
    tell(single);
  }

  function warn(found: Partial<Found>): void {
    tell({ tool: 'rollup', severity: 'warning', message: item ?? title ?? '', ...found });
    item = undefined;
  }

  function hearError(found: Found, line: string): void {
    const [, near, nearRow, nearColumn, far, farRow, farColumn] = PLACE.exec(line) ?? [];
    const [, inStack, stackRow, stackColumn] = STACK_PLACE.exec(line) ?? [];
    if (found.path !== undefined || line === '') return;
    if (near ?? far) Object.assign(found, placed((near ?? far) as string, nearRow ?? farRow, Number(nearColumn ?? farColumn) + 1));
    else if (FILE.test(line)) found.path = line;
    // An error of the configuration has no other place than where it was thrown.
    else if (inStack && !/node_modules|^node:/.test(inStack)) Object.assign(found, placed(inStack, stackRow, stackColumn));
    else if (inStack) error = undefined;
  }

  function hearWarning(line: string): void {
    const unresolved = UNRESOLVED.exec(line);
    const frame = FRAME_LINE.exec(line);
    const caret = CARET.exec(line);
    if (/^https?:/.test(line)) return;
    if (unresolved) warn({ message: `${title}: ${unresolved[1]}`, path: unresolved[2] as string });
    else if (frame) [row, prefix] = [frame[1], frame[0].length];
    else if (caret && file && row) {
      warn(placed(file, row, (caret[1]?.length ?? 0) - prefix + 1));
      row = undefined;
    } else if (/ -> /.test(line)) warn({ message: `${title}: ${line}` });
    else if (IN_FILE.test(line)) item = line;
    else if (FILE.test(line)) file = line;
    else if (/^created /.test(line)) title = undefined;
  }

  return {
    hear(line) {
      const [, mark, text = ''] = HEAD.exec(line) ?? [];
      if (mark) head(mark, text);
      else if (error) hearError(error, line);
      else if (title !== undefined && !single) hearWarning(line);
      return mark !== undefined;
    },
  };
}
