import { realpath } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { kindOf, readJson, readText, upwards } from '../workspace/index.ts';

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

/** A module whose name is only known at run time. */
const COMPUTED = /\b(?:require|import)\s*\(\s*(?!['"`\s)]|\/\*)/;
/** Globals that reach outside by themselves. */
const GLOBALS =
  /\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b|\bDeno\.|\bBun\.|\bprocess\s*\.\s*(?:exit|kill|abort|chdir|binding|dlopen|getBuiltinModule)\b|\beval\s*\(|\bnew\s+Function\b/;
const IMPORTS = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"`]([^'"`]+)['"`]/g;

/**
 * Why code that some files can reach must not be tried with values that nobody chose: what changes files, starts processes or connects is imported by them or by
 * what they import, or it cannot be told what is. Undefined where all that is imported was followed, or lies in `node_modules` and is not known to do such things.
 *
 * @param files absolute paths
 */
export async function touchesWorld(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<string | undefined> {
  const seen = new Set(files);
  for (const file of seen) {
    const here = path.basename(file);
    if (seen.size > MOST_FILES) return 'it imports more files than are looked at';
    const text = overlays.get(file) ?? (await readText(file));
    if (text === undefined) return `${here} cannot be read`;
    if (GLOBALS.test(text)) return `${here} reaches outside of the process`;
    if (COMPUTED.test(text)) return `${here} imports what is only known at run time`;
    for (const [, name = ''] of text.matchAll(IMPORTS)) {
      if (BUILTINS.test(name) || PACKAGES.test(name)) return `${here} imports ${name}`;
      if (isBuiltin(name)) continue;
      if (!name.startsWith('.')) {
        if (!(await isDependency(file, name))) return `${here} imports ${name}, which is not followed`;
        continue;
      }
      const found = await resolve(path.resolve(path.dirname(file), name));
      if (found === undefined) return `${here} imports ${name}, which is not followed`;
      seen.add(found);
    }
  }
  return undefined;
}

/** Whether a package lies in `node_modules` itself: one of the workspace that is linked there, an alias or the package's own name is other code. */
async function isDependency(file: string, name: string): Promise<boolean> {
  const folder = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  for (const directory of upwards(path.dirname(file), path.parse(file).root)) {
    const real = await realpath(path.join(directory, 'node_modules', folder)).catch(() => undefined);
    if (real !== undefined) return real.split(path.sep).includes('node_modules');
  }
  return false;
}

async function resolve(base: string): Promise<string | undefined> {
  // TypeScript writes `./a.js` for what is `./a.ts`.
  for (const stem of [base, base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.jsx?$/, '')]) {
    for (const ending of ENDINGS) if ((await kindOf(stem + ending)) === 'file') return stem + ending;
  }
  // A folder is what its manifest says.
  const manifest = await readJson(path.join(base, 'package.json'));
  const main = typeof manifest?.['main'] === 'string' ? path.resolve(base, manifest['main']) : base;
  return main === base ? undefined : resolve(main);
}
