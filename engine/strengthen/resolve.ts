import path from 'node:path';
import { kindOf, readJson } from '../workspace/index.ts';

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
];

/** The file that a relative import means, by the absolute path that it comes to: with an ending, the entry of a folder, or TypeScript for JavaScript. */
export async function resolveModule(base: string): Promise<string | undefined> {
  // TypeScript writes `./a.js` for what is `./a.ts`.
  for (const stem of [base, base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.jsx?$/, '')]) {
    for (const ending of ENDINGS) if ((await kindOf(stem + ending)) === 'file') return stem + ending;
  }
  // A folder is what its manifest says.
  const manifest = await readJson(path.join(base, 'package.json'));
  const main = typeof manifest?.['main'] === 'string' ? path.resolve(base, manifest['main']) : base;
  return main === base ? undefined : resolveModule(main);
}
