import { readdirSync, readFileSync, statSync } from 'node:fs';
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

/** How many folders above a file its absolute Python imports are looked for in. */
const PYTHON_ROOTS = 6;

/** The file that a Python module (`.helpers`, `tests.helpers`) in another names: from its package, or from a folder above that may be a root of imports. */
export function pythonModule(specifier: string, from: string): StampedFile | undefined {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? [];
  const inside = name.replaceAll('.', path.sep);
  let folder = path.dirname(from);
  for (let i = 1; i < dots.length; i++) folder = path.dirname(folder);
  for (let i = 0; i < (dots ? 1 : PYTHON_ROOTS); i++) {
    for (const candidate of [path.join(folder, `${inside}.py`), path.join(folder, inside, '__init__.py')]) {
      const found = statSync(candidate, { throwIfNoEntry: false });
      if (found?.isFile()) return { file: candidate, stamp: `${found.mtimeMs} ${found.size}` };
    }
    folder = path.dirname(folder);
  }
  return undefined;
}

/** The other files of a Go file's package, by their folder; those of its tests end in `_test.go`. */
export function goSiblings(from: string): StampedFile[] {
  const folder = path.dirname(from);
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.go'));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const file = path.join(folder, name);
    const found = file === from ? undefined : statSync(file, { throwIfNoEntry: false });
    return found?.isFile() ? [{ file, stamp: `${found.mtimeMs} ${found.size}` }] : [];
  });
}

/** Modules of Rust that are named like helpers of tests. */
const HELPERS = /test|util|common|helper|support|mock|fixture|harness/i;

/** The modules of helpers that a Rust file (absolute path, and its text) uses, by their names: beside it, and below `src` of its crate. */
export function rustModules(from: string, text: string): StampedFile[] {
  const own = [...text.matchAll(/\bmod\s+(\w+)\s*;/g)].map(([, name = '']) => name);
  const used = [...text.matchAll(/\buse\s+((?:crate|super)\b[^;]*);/g)].flatMap(([, path = '']) => path.match(/\w+(?=::|\s*[,};])/g) ?? []);
  const folder = path.dirname(from);
  const stem = path.basename(from, '.rs');
  const source = /^(.*[\\/]src)[\\/]/.exec(from)?.[1];
  const found = new Map<string, StampedFile>();
  for (const name of new Set([...own, ...used])) {
    if (!HELPERS.test(name)) continue;
    for (const base of [folder, path.join(folder, stem), ...(source ? [source] : [])]) {
      for (const file of [path.join(base, `${name}.rs`), path.join(base, name, 'mod.rs')]) {
        const stat = file === from ? undefined : statSync(file, { throwIfNoEntry: false });
        if (stat?.isFile()) found.set(file, { file, stamp: `${stat.mtimeMs} ${stat.size}` });
      }
    }
  }
  // `use super::expand_with`: the module that a folder of tests is.
  if (/\buse\s+super::/.test(text) && HELPERS.test(path.basename(folder))) {
    const file = path.join(folder, 'mod.rs');
    const stat = file === from ? undefined : statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile()) found.set(file, { file, stamp: `${stat.mtimeMs} ${stat.size}` });
  }
  // `crate::run_ui_tests()` of the crate's root.
  if (source && /\bcrate::\w*(?:test|assert|check|verify|expect)\w*\(/i.test(text)) {
    const root = path.join(source, 'lib.rs');
    const stat = root === from ? undefined : statSync(root, { throwIfNoEntry: false });
    if (stat?.isFile()) found.set(root, { file: root, stamp: `${stat.mtimeMs} ${stat.size}` });
  }
  return [...found.values()];
}

/** The text of a file, at once; undefined where there is none that can be read. */
export function readTextNow(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
