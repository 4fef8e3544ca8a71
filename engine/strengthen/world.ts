import { realpath } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { Tree } from 'web-tree-sitter';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { readText, upwards } from '../workspace/index.ts';
import { importsIn, isBarrel, type Names } from './imports.ts';
import { resolveModule } from './resolve.ts';

/** How many files are looked at. */
const MOST_FILES = 400;

/** Modules of Node's through which code does something to the world outside: what confinement keeps, and the rest, which connect to anything. */
const CONFINED_BUILTINS = /^(node:)?(fs|fs\/promises|child_process|cluster|worker_threads|process|module|vm)$/;
const BUILTINS = /^(node:)?(dgram|dns|http|http2|https|inspector|net|repl|sqlite|tls)$/;
/** Packages that do. */
const CONFINED_PACKAGES =
  /^(fs-extra|graceful-fs|rimraf|del|trash|mkdirp|make-dir|cpy|ncp|move-file|write-file-atomic|jsonfile|tmp|tmp-promise|tempy|execa|cross-spawn|shelljs|zx|tinyexec|simple-git)(\/|$)/;
const PACKAGES =
  /^(axios|got|node-fetch|undici|ky|ws|mysql2?|pg|mongodb|mongoose|redis|ioredis|better-sqlite3|sqlite3|knex|prisma|@prisma\/client|nodemailer|puppeteer|playwright|playwright-core)(\/|$)/;
/** Files that hold no code. */
const DATA = /\.(?:json5?|css|scss|less|svg|png|txt|md|html?|ya?ml)$/;

/** Globals that reach outside by themselves, by what calls them, makes objects of them or is a member of them, and whether confinement keeps them from it. */
const GLOBALS: [type: string, field: string, names: RegExp, confinable: boolean][] = [
  ['call_expression', 'function', /^fetch$/, false],
  ['new_expression', 'constructor', /^(?:WebSocket|XMLHttpRequest|EventSource)$/, false],
  ['member_expression', '', /^(?:process\s*\.\s*(?:binding|dlopen)|(?:Deno|Bun)\s*\.\s*\w+)$/, false],
  ['call_expression', 'function', /^eval$/, true],
  ['new_expression', 'constructor', /^(?:Function|Worker)$/, true],
  ['member_expression', '', /^process\s*\.\s*(?:exit|kill|abort|chdir|getBuiltinModule|reallyExit)$/, true],
];

/** How code reaches the world outside. */
export interface Reach {
  why: string;
  /** Whether processes that can change no files and start no processes keep it from that. */
  confinable: boolean;
}

/**
 * Why code that some files can reach must not be tried with values that nobody chose: what changes files, starts processes or connects is imported by them or by
 * what they import, or it cannot be told what is. Undefined where all that is imported was followed, or lies in `node_modules` and is not known to do such things.
 * Of a file that does nothing but hand on what it imports, only that is followed which somebody takes from it. What no confinement keeps comes first.
 *
 * @param files absolute paths
 */
export async function touchesWorld(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<Reach | undefined> {
  const taken = new Map<string, Set<string>>();
  const waiting: { file: string; names: Names }[] = files.map((file) => ({ file, names: '*' }));
  let found: Reach | undefined;
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { file } = one;
    const before = taken.get(file);
    const fresh = (one.names === '*' ? ['*'] : one.names).filter((name) => !before?.has(name) && !before?.has('*'));
    if (before && fresh.length === 0) continue;
    taken.set(file, new Set([...(before ?? []), ...fresh]));
    if (taken.size > MOST_FILES) return { why: 'it imports more files than are looked at', confinable: true };
    const { reaches, imports } = await look(file, fresh, overlays);
    for (const reach of reaches) {
      if (!reach.confinable) return reach;
      found ??= reach;
    }
    waiting.push(...imports);
  }
  return found;
}

/** How one file reaches outside by itself, and what of its own it imports. */
async function look(file: string, taken: readonly string[], overlays: ReadonlyMap<string, string>) {
  const here = path.basename(file);
  const reaches: Reach[] = [];
  const imports: { file: string; names: Names }[] = [];
  const seen = { reaches, imports };
  const reach = (why: string, confinable: boolean) => reaches.push({ why: `${here} ${why}`, confinable });
  if (DATA.test(file)) return seen;
  const language = languageOf(file);
  const text = language && (overlays.get(file) ?? (await readText(file)));
  if (!language || text === undefined) {
    reach(language ? 'cannot be read' : 'is not followed', true);
    return seen;
  }
  const tree = await SyntaxTree.parse(language, text);
  const found = importsIn(tree.tree);
  const barrel = isBarrel(tree.tree);
  for (const confinable of globalsIn(tree.tree)) reach('reaches outside of the process', confinable);
  tree.dispose();
  for (const { from, names, exported } of found) {
    const wanted = barrel && exported ? handedOn(names, exported, taken) : names;
    if (wanted !== '*' && wanted.length === 0 && barrel && exported) continue;
    if (from === undefined) reach('imports what is only known at run time', true);
    else if (BUILTINS.test(from) || PACKAGES.test(from)) reach(`imports ${from}`, false);
    else if (CONFINED_BUILTINS.test(from) || CONFINED_PACKAGES.test(from)) reach(`imports ${from}`, true);
    else if (isBuiltin(from) || (!from.startsWith('.') && (await isDependency(file, from)))) continue;
    else {
      const its = from.startsWith('.') ? await resolveModule(path.resolve(path.dirname(file), from)) : undefined;
      if (its === undefined) reach(`imports ${from}, which is not followed`, true);
      else imports.push({ file: its, names: wanted });
    }
  }
  return seen;
}

/** What is taken of a module by somebody who takes names from a file that hands it on. */
function handedOn(names: Names, exported: Names, taken: readonly string[]): Names {
  if (taken.includes('*')) return names;
  if (exported === '*') return taken.filter((name) => name !== 'default');
  if (names === '*') return exported.some((name) => taken.includes(name)) ? '*' : [];
  return names.filter((_, i) => taken.includes(exported[i] as string));
}

/** Of each use of a global that reaches outside, whether confinement keeps it from that. */
function globalsIn(tree: Tree): boolean[] {
  return tree.rootNode.descendantsOfType(['call_expression', 'new_expression', 'member_expression']).flatMap((node) => {
    const used = GLOBALS.find(
      ([type, field, names]) => node?.type === type && names.test((field === '' ? node : node.childForFieldName(field))?.text ?? ''),
    );
    return used ? [used[3]] : [];
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
