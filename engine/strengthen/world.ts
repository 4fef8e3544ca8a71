import { isBuiltin } from 'node:module';
import path from 'node:path';
import { kindOf, readText } from '../workspace/index.ts';

/** How many files are looked at. */
const MOST_FILES = 400;

/** Modules of Node's through which code does something to the world outside. */
const BUILTINS =
  /^(node:)?(fs|fs\/promises|child_process|cluster|dgram|dns|http|http2|https|inspector|net|repl|sqlite|tls|worker_threads|process|module|vm)$/;
/** Packages that do. */
const PACKAGES =
  /^(fs-extra|graceful-fs|rimraf|del|trash|mkdirp|make-dir|cpy|ncp|move-file|write-file-atomic|jsonfile|tmp|tmp-promise|tempy|execa|cross-spawn|shelljs|zx|tinyexec|simple-git|axios|got|node-fetch|undici|ky|ws|mysql2?|pg|mongodb|mongoose|redis|ioredis|better-sqlite3|sqlite3|knex|prisma|@prisma\/client|nodemailer|puppeteer|playwright|playwright-core)(\/|$)/;
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

/**
 * Why code that some files can reach must not be tried with values that nobody chose: it imports what changes files, starts processes or connects. Undefined where
 * nothing of the kind is imported by them or what they import by relative paths.
 *
 * @param files absolute paths
 */
export async function touchesWorld(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<string | undefined> {
  const seen = new Set(files);
  for (const file of seen) {
    if (seen.size > MOST_FILES) return 'it imports more files than are looked at';
    const text = overlays.get(file) ?? (await readText(file)) ?? '';
    // Neither globals that reach out nor modules whose name is only known at run time.
    if (
      /\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b|\bDeno\.|\bBun\.|\bprocess\s*\.\s*(exit|kill|abort|chdir|binding|dlopen|getBuiltinModule)\b/.test(
        text,
      )
    ) {
      return `${path.basename(file)} reaches outside of the process`;
    }
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"`]([^'"`]+)['"`]/g)) {
      if (BUILTINS.test(name) || PACKAGES.test(name)) return `${path.basename(file)} imports ${name}`;
      if (!name.startsWith('.') || isBuiltin(name)) continue;
      const found = await resolve(path.resolve(path.dirname(file), name));
      if (found) seen.add(found);
    }
  }
  return undefined;
}

async function resolve(base: string): Promise<string | undefined> {
  // TypeScript writes `./a.js` for what is `./a.ts`.
  for (const stem of [base, base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.jsx?$/, '')]) {
    for (const ending of ENDINGS) if ((await kindOf(stem + ending)) === 'file') return stem + ending;
  }
  return undefined;
}
