import type { Evidence } from '../../model/index.ts';
import { dig, lineOfMatch, listOf, type Table, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import { type Crate, defaults, off } from './crate.ts';
import type { Family } from './family.ts';

/** Which features tests are meant to run with, as far as the manifests and the first lines of tests tell. */
export interface Features {
  /** `same`: none is off by default, so that all sets that CI may name run the same tests; `named`: one feature that turns on many. */
  tested: 'same' | 'default' | 'all' | 'named';
  /** The feature that is named. */
  feature?: string;
  /** What speaks for more than the defaults. */
  because?: Evidence;
}

/** What features are called that turn on what a package can do. */
const WHOLE = /^(full|all|all-[a-z]+|everything)$/;

/** And those that only tests turn on. */
const FOR_TESTS = /^_?test(s|ing|-utils?)?$/;

/** Features that leave the stable compiler, or that take away what others need: with them on, not all go together. */
const APART = /^(nightly|unstable|no[-_]std)$/;

/**
 * Reads which features tests want. Of the public workspaces that were looked at (bench/README.md) single packages and programs are tested as they are used,
 * with the defaults, unless half of their integration tests are left out by them: then with all, or, where all of these need one that is called after tests,
 * with that one. A family of libraries has many who turn its features on, and is tested with all of them, unless one cannot go with
 * the others. Where documentation is made with one feature that stands for the whole, tests are run with it, too: all features then do not go together, or
 * need another compiler.
 */
export function testedFeatures(tree: Tree, crates: readonly Crate[], family: Family | undefined): Features {
  const optional = crates.filter(({ table }) => off(table).length > 0);
  if (optional.length === 0) return { tested: 'same' };
  const tests = crates.flatMap((crate) => integrationTests(tree, crate));
  const left = tests.filter(({ missing }) => missing.length > 0);
  const whole = optional.flatMap((crate) => documentedWhole(tree, crate))[0];
  if (!family) {
    if (left[0] && left.length * 2 >= tests.length) {
      // What is there for tests is not what is there to be used.
      const feature = left[0].missing.find((name) => FOR_TESTS.test(name) && left.every(({ missing }) => missing.includes(name)));
      return { tested: feature === undefined ? 'all' : 'named', ...(feature !== undefined && { feature }), because: left[0].at };
    }
    return whole ? { tested: 'named', ...whole } : { tested: 'default' };
  }
  if (optional.some(({ table }) => off(table).some((name) => standsApart(name, table)))) return { tested: 'default' };
  if (family.documented) return { tested: 'all', because: family.because };
  return whole ? { tested: 'named', ...whole } : { tested: 'all', because: left[0]?.at ?? family.because };
}

/** Whether a feature cannot be on with all others; one that only turns on others of the package that are called so, too, says what may change. */
function standsApart(name: string, table: Table): boolean {
  const needs = listOf(dig(table, 'features', name));
  return APART.test(name) && !(needs.length > 0 && needs.every((one) => /^unstable[-_]/.test(one)));
}

/** The feature of a package that stands for the whole, off by default, with which its documentation is made. */
function documentedWhole(tree: Tree, { directory, table }: Crate): { feature: string; because: Evidence }[] {
  const own = off(table).filter((name) => WHOLE.test(name));
  const feature = listOf(dig(table, 'package', 'metadata', 'docs', 'rs', 'features')).find((name) => own.includes(name));
  if (feature === undefined) return [];
  const file = below(directory, 'Cargo.toml');
  const line = tomlLine(tree.text(file) ?? '', 'package.metadata.docs.rs', 'features');
  return [{ feature, because: tree.at(file, line, `its documentation is made with the feature "${feature}"`) }];
}

/** An integration test, with the features without which it is left out and that are off by default. */
interface IntegrationTest {
  missing: readonly string[];
  at: Evidence;
}

/** The files in `tests/` of a package that were read, and those that its manifest names elsewhere. */
function integrationTests(tree: Tree, { directory, table }: Crate): IntegrationTest[] {
  const on = defaults(table);
  const declared = Array.isArray(table['test']) ? table['test'] : [];
  const required = (test: unknown) => listOf(dig(test, 'required-features')).filter((name) => !on.has(name));
  const found = tree.files(below(directory, 'tests')).flatMap((file) => {
    const relative = below(directory, `tests/${file}`);
    const text = file.endsWith('.rs') ? tree.text(relative) : undefined;
    if (text === undefined) return [];
    const named = declared.filter((one) => dig(one, 'name') === file.slice(0, -3)).flatMap(required);
    const missing = named.length > 0 ? named : missingFor(text, on);
    return [{ missing, at: leftOut(tree, relative, named.length > 0 ? 1 : lineOfMatch(text, /#!\[cfg\(/), missing[0]) }];
  });
  const manifest = below(directory, 'Cargo.toml');
  const elsewhere = declared.filter((one) => /^tests\/.*\//.test(String(dig(one, 'path'))));
  return [
    ...found,
    ...elsewhere.map((one) => {
      const missing = required(one);
      const line = lineOfMatch(tree.text(manifest) ?? '', new RegExp(`"${String(dig(one, 'path')).replace(/[^\w/-]/g, '.')}"`));
      return { missing, at: leftOut(tree, manifest, line, missing[0]) };
    }),
  ];
}

function leftOut(tree: Tree, file: string, line: number, feature = ''): Evidence {
  return tree.at(file, line, `needs the feature "${feature}", which is off by default`);
}

/** The features without which a file is left out as a whole (`#![cfg(feature = "x")]`), and which are off. */
function missingFor(text: string, on: ReadonlySet<string>): string[] {
  for (const [, condition = ''] of text.matchAll(/#!\[cfg\(([^[\]]*)\)\]/g)) {
    const needed = [...condition.replace(/\bnot\s*\([^()]*\)/g, '').matchAll(/feature\s*=\s*"([^"]+)"/g)].map(([, name]) => name as string);
    const off = needed.filter((name) => !on.has(name));
    if (off.length > 0 && (!/^\s*any\b/.test(condition) || off.length === needed.length)) return off;
  }
  return [];
}
