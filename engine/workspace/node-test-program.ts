import { readFileSync } from 'node:fs';
import path from 'node:path';

const NODE_TEST = /(?:\bfrom|\bimport|\brequire\s*\()\s*['"]node:test['"]/;
const RELATIVE = /(?:\bfrom|\bimport|\brequire\s*\()\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/**
 * Whether a program has tests of node:test in it, or in what it imports by a path: started as it is by `node`, without `--test`, it runs them all the same.
 *
 * @param file absolute path
 */
export function hasNodeTests(file: string): boolean {
  const text = read(file);
  if (NODE_TEST.test(text)) return true;
  return [...text.matchAll(RELATIVE)].some(([, specifier = '']) => NODE_TEST.test(read(path.resolve(path.dirname(file), specifier))));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
