import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

const HEAD = /^(error|warning)(?:\[(E\d+|[a-z_:]+)\])?: (.*)$/;
const ARROW = /^ *--> (.+?)(?::(\d+):(\d+))?$/;
const SHORT = /^(\S.*\.rs):(\d+):(\d+): (error|warning)(?:\[(E\d+)\])?: (.*)$/;
const LINT = /`(?:#\[\w+\(([\w:]+)\)\]|-[DWF] ([\w:-]+))`/;
/** Lines that only count what was told before. */
const SUMMARY =
  /^(could not compile|aborting due to|build failed|\d+ warnings? emitted|`[^`]+` \([^)]*\) generated \d+ warning|`?[\w-]+`? \([^)]*\) generated)/;
/** What Cargo says without a place; other tools begin lines with `error:` as well, so that it takes either these words or lines of Cargo before. */
const OF_CARGO =
  /^(failed to (parse|load|read) (manifest|the)|failed to (run custom build|select a version|get|resolve|download|write)|linking with|could not find `Cargo\.toml`|no matching package|the lock file|package `|no such command|manifest path|current package believes|rustc .* is not supported|cannot specify features)/;
const CARGO = /^ {3,}(Compiling|Checking|Updating|Locking|Downloading|Downloaded|Adding|Fresh|Dirty|Finished|Blocking) /;
const BY_PACKAGE = /^([\w-]+@\d[\w.+-]*): (.*)$/;
const MANIFEST = /^(.*Cargo\.toml): (.*)$/;

/** Reads what `rustc`, `clippy` and Cargo write for people, whole and in `--message-format short`. */
export function rustc(tell: Tell): Reader {
  let open: Found | undefined;
  /** Whether the place, or that there is none, is known. */
  let told = false;
  let cargo = false;
  let causes = false;
  /** Whether the message may go on: its further lines stand directly below the first. */
  let unfinished = false;

  function begin(level: string, code: string | undefined, message: string): void {
    open = { tool: 'cargo', severity: severityOf(level), message, ...(code && { code }) };
    told = false;
    causes = false;
    unfinished = true;
    const certain = cargo || OF_CARGO.test(message);
    const [, manifest, ofManifest] = MANIFEST.exec(message) ?? [];
    if (manifest && ofManifest) Object.assign(open, { message: ofManifest, path: manifest });
    else if (cargo && BY_PACKAGE.test(message)) open.message = message.replace(BY_PACKAGE, '$2');
    const quoted = /`([^`]*Cargo\.toml)`/.exec(message)?.[1];
    if (quoted) open.path = quoted;
    if (certain || manifest) {
      tell(open);
      told = true;
    }
  }

  return {
    hear(line) {
      cargo ||= CARGO.test(line);
      const [, path = '', row, column, kind = '', number, text = ''] = SHORT.exec(line) ?? [];
      if (path) {
        open = undefined;
        tell({ tool: 'cargo', severity: severityOf(kind), message: text, ...(number && { code: number }), ...placed(path, row, column) });
        return true;
      }
      const [, level = '', code, message = ''] = HEAD.exec(line) ?? [];
      if (level) {
        open = undefined;
        if (SUMMARY.test(message)) return true;
        begin(level, code, message);
        return false;
      }
      if (!open) return false;
      const [, file, at, from] = ARROW.exec(line) ?? [];
      if (file && open.path === undefined) {
        Object.assign(open, placed(file, at, from));
        if (!told) tell(open);
        told = true;
      } else if (unfinished && /^ {6,}\S/.test(line)) {
        open.message += `\n${line.trim()}`;
        return true;
      }
      unfinished = false;
      if (line === 'Caused by:') causes = true;
      else if (/^ {2}--- std/.test(line)) causes = false;
      else if (causes && /^ {2}\S/.test(line) && !line.startsWith("  process didn't exit")) open.message += `\n${line.trim()}`;
      const lint = LINT.exec(line);
      if (lint && !open.code && /^ *= note: /.test(line)) open.code = (lint[1] ?? lint[2] ?? '').replaceAll('-', '_');
      if (told && line.trim() !== '') open.detail = open.detail ? `${open.detail}\n${line}` : line;
      // A block ends with an empty line; the causes that Cargo gives stand below one.
      if (line === '' && !(told && open.line === undefined)) open = undefined;
      return told;
    },
  };
}
