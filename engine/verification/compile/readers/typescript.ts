import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

const PLAIN = /^(\S.*?)\((\d+),(\d+)\): (error|warning) (TS\d+): (.*)$/;
const PRETTY = /^(\S.*?):(\d+):(\d+) - (error|warning) (TS\d+): (.*)$/;
const WITHOUT_PLACE = /^(error|warning) (TS\d+): (.*)$/;

/** Reads `tsc` and what speaks as it does (`vue-tsc`, `tsc --build`, Nest's builder): plain and pretty, with the lines that explain a message. */
export function typescript(tell: Tell): Reader {
  let open: Found | undefined;
  return {
    hear(line) {
      const found = read(line);
      if (found) {
        open = found;
        tell(found);
        return true;
      }
      const goesOn = open !== undefined && /^ {2,}\S/.test(line);
      if (open && goesOn) open.message += `\n${line}`;
      else open = undefined;
      return goesOn;
    },
  };
}

function read(line: string): Found | undefined {
  const [, path, row, column, level = '', code = '', message = ''] = PLAIN.exec(line) ?? PRETTY.exec(line) ?? [];
  if (path) return { tool: 'tsc', severity: severityOf(level), code, message, ...placed(path, row, column) };
  const [, general, number = '', text = ''] = WITHOUT_PLACE.exec(line) ?? [];
  return general ? { tool: 'tsc', severity: severityOf(general), code: number, message: text } : undefined;
}
