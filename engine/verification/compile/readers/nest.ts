import { type Found, placed, type Reader, type Tell } from './reader.ts';

const OWN = /^ *Error {2}(\S.*)$/;
/** What only counts or names what was told before. */
const COUNT = /^(?:Failed to compile|Found \d+)/;
/** SWC's frames: what is wrong, and below it where. */
const SWC = /^\s*(?:Error:\s+)?[×x] (.+)$/;
const FRAME = /^ *[,╭]-?[-─]*\[(.+):(\d+):(\d+)\]$/;

/** Reads `nest build` where it does not speak through TypeScript or webpack: its own errors, and SWC's. */
export function nest(tell: Tell): Reader {
  let open: Found | undefined;
  return {
    hear(line) {
      const own = OWN.exec(line)?.[1];
      if (own && !COUNT.test(own)) tell({ tool: 'nest', severity: 'error', message: own.trim() });
      const message = SWC.exec(line)?.[1];
      const [, path = '', row, column] = FRAME.exec(line) ?? [];
      if (message) open = { tool: 'swc', severity: 'error', message };
      else if (open && path) {
        tell({ ...open, ...placed(path, row, column) });
        open = undefined;
      } else if (!/^ *[│|]/.test(line)) open = undefined;
      return own !== undefined;
    },
  };
}
