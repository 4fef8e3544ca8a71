import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What may follow a specifier without an extension, in the order in which it is tried. */
const ENDINGS = ['', '.ts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.mts', '.cts', '/index.ts', '/index.tsx', '/index.js'];

/** A file, and what tells that it is another now. */
export interface StampedFile {
  file: string;
  stamp: string;
}

/** The file (absolute path) that a relative specifier in another names: also without its ending, and `.js` that is written for `.ts`. At once, for reading along the way. */
export function relativeModule(specifier: string, from: string): StampedFile | undefined {
  const base = path.resolve(path.dirname(from), specifier);
  const written = /\.([cm]?)jsx?$/.exec(base);
  const bases = written ? [base, base.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')] : [base];
  for (const candidate of bases.flatMap((one) => ENDINGS.map((ending) => one + ending))) {
    const found = statSync(candidate, { throwIfNoEntry: false });
    if (found?.isFile()) return { file: candidate, stamp: `${found.mtimeMs} ${found.size}` };
  }
  return undefined;
}

/** The text of a file, at once; undefined where there is none that can be read. */
export function readTextNow(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
