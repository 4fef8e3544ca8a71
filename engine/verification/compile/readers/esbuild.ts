import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

const HEAD = /^(?:\[[^\]]+\]\s*)?[✘▲X] \[(ERROR|WARNING)\] (.*?)(?: \[([\w@.-]+)\])?$/u;
const PLACE = /^ {4}(\S.*):(\d+):(\d+):$/;
/** How an error of esbuild's API looks when it is thrown: one line a problem, below `Build failed with 1 error:`. */
const THROWN = /^(\S.*):(\d+):(\d+): (ERROR|WARNING): (.*)$/;
const THROWN_WITHOUT_PLACE = /^(?:error|warning): (.*)$/;
const FAILED = /\b(?:Build|Transform) failed with \d+ errors?:$/;

/** Reads esbuild: what it logs, and what its API throws. */
export function esbuild(tell: Tell): Reader {
  let open: Found | undefined;
  let failed = false;
  return {
    hear(line) {
      const [, level, message = '', code] = HEAD.exec(line) ?? [];
      if (level) {
        open = { tool: 'esbuild', severity: severityOf(level), message, ...(code && { code }) };
        tell(open);
        return true;
      }
      const [, path = '', row, column] = PLACE.exec(line) ?? [];
      if (open && path) {
        // The first place is the problem's; later ones belong to its notes. `<stdin>` is code that was never a file.
        if (path !== '<stdin>') Object.assign(open, placed(path, row, Number(column) + 1));
        open = undefined;
        return true;
      }
      if (open && /^\S/.test(line)) open = undefined;
      const [, file = '', at, from, kind = '', text = ''] = THROWN.exec(line) ?? [];
      if (file) {
        tell({ tool: 'esbuild', severity: severityOf(kind), message: text, ...placed(file, at, Number(from) + 1) });
        return true;
      }
      const alone = failed ? THROWN_WITHOUT_PLACE.exec(line)?.[1] : undefined;
      failed = FAILED.test(line);
      if (alone) tell({ tool: 'esbuild', severity: 'error', message: alone });
      return alone !== undefined;
    },
  };
}
