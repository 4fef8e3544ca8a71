import { realpath } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { Tree } from 'web-tree-sitter';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { kindOf, readJson, readText, upwards } from '../workspace/index.ts';
import { importsIn, isBarrel, type Names } from './imports.ts';

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

/** Files that hold no code. */
const DATA = /\.(?:json5?|css|scss|less|svg|png|txt|md|html?|ya?ml)$/;

/** Globals that reach outside by themselves: what is called, what objects are made of, and members. */
const CALLED = new Set(['fetch', 'eval']);
const MADE = new Set(['Function', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'Worker']);
const MEMBERS = /^(?:process\s*\.\s*(?:exit|kill|abort|chdir|binding|dlopen|getBuiltinModule|reallyExit)|(?:Deno|Bun)\s*\.\s*\w+)$/;

/**
 * Why code that some files can reach must not be tried with values that nobody chose: what changes files, starts processes or connects is imported by them or by
 * what they import, or it cannot be told what is. Undefined where all that is imported was followed, or lies in `node_modules` and is not known to do such things.
 * Of a file that does nothing but hand on what it imports, only that is followed which somebody takes from it.
 *
 * @param files absolute paths
 */
export async function touchesWorld(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<string | undefined> {
  const taken = new Map<string, Set<string>>();
  const waiting: { file: string; names: Names }[] = files.map((file) => ({ file, names: '*' }));
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { file } = one;
    const before = taken.get(file);
    const fresh = (one.names === '*' ? ['*'] : one.names).filter((name) => !before?.has(name) && !before?.has('*'));
    if (before && fresh.length === 0) continue;
    taken.set(file, new Set([...(before ?? []), ...fresh]));
    if (taken.size > MOST_FILES) return 'it imports more files than are looked at';
    const here = path.basename(file);
    const language = languageOf(file);
    if (DATA.test(file)) continue;
    if (!language) return `${here} is not followed`;
    const text = overlays.get(file) ?? (await readText(file));
    if (text === undefined) return `${here} cannot be read`;
    const tree = await SyntaxTree.parse(language, text);
    const imports = importsIn(tree.tree);
    const barrel = isBarrel(tree.tree);
    const outside = reachesOutside(tree.tree);
    tree.dispose();
    if (outside) return `${here} reaches outside of the process`;
    for (const { from, names, exported } of imports) {
      const wanted = barrel && exported ? handedOn(names, exported, fresh) : names;
      if (wanted !== '*' && wanted.length === 0 && barrel && exported) continue;
      if (from === undefined) return `${here} imports what is only known at run time`;
      if (BUILTINS.test(from) || PACKAGES.test(from)) return `${here} imports ${from}`;
      if (isBuiltin(from)) continue;
      if (!from.startsWith('.')) {
        if (!(await isDependency(file, from))) return `${here} imports ${from}, which is not followed`;
        continue;
      }
      const found = await resolve(path.resolve(path.dirname(file), from));
      if (found === undefined) return `${here} imports ${from}, which is not followed`;
      waiting.push({ file: found, names: wanted });
    }
  }
  return undefined;
}

/** What is taken of a module by somebody who takes names from a file that hands it on. */
function handedOn(names: Names, exported: Names, taken: readonly string[]): Names {
  if (taken.includes('*')) return names;
  if (exported === '*') return taken.filter((name) => name !== 'default');
  if (names === '*') return exported.some((name) => taken.includes(name)) ? '*' : [];
  return names.filter((_, i) => taken.includes(exported[i] as string));
}

function reachesOutside(tree: Tree): boolean {
  return tree.rootNode.descendantsOfType(['call_expression', 'new_expression', 'member_expression']).some((node) => {
    if (node?.type === 'call_expression') return CALLED.has(node.childForFieldName('function')?.text ?? '');
    if (node?.type === 'new_expression') return MADE.has(node.childForFieldName('constructor')?.text ?? '');
    return MEMBERS.test(node?.text ?? '');
  });
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
