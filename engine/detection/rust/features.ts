import type { Evidence } from '../../model/index.ts';
import { asTable, dig, lineOfMatch, listOf, type Table, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';

/** A package of Cargo with its manifest. */
export interface Crate {
  /** Relative to the workspace. */
  directory: string;
  table: Table;
}

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

/**
 * Reads which features tests want. Of the public workspaces that were looked at (bench/README.md) nearly all packages that are the root of their repository
 * are tested with the defaults, unless half of their integration tests are left out by them; where all of these need one that is called after tests, with
 * that one. Virtual workspaces have no defaults of their own: those whose
 * documentation is mostly made with all features, or some of whose tests are left out by default, are tested with all. Where documentation is made with one
 * feature that stands for the whole, tests are run with it, too: all features then do not go together, or need another compiler.
 */
export function testedFeatures(tree: Tree, crates: readonly Crate[], { virtual, chosen }: { virtual: boolean; chosen: boolean }): Features {
  const optional = crates.filter(({ table }) => named(table).some((name) => !defaults(table).has(name)));
  if (optional.length === 0) return { tested: 'same' };
  const tests = crates.flatMap((crate) => integrationTests(tree, crate));
  const left = tests.filter(({ missing }) => missing.length > 0);
  const whole = optional.flatMap((crate) => documentedWhole(tree, crate))[0];
  if (!virtual) {
    if (left[0] && left.length * 2 >= tests.length) {
      // What is there for tests is not what is there to be used.
      const feature = left[0].missing.find((name) => FOR_TESTS.test(name) && left.every(({ missing }) => missing.includes(name)));
      return { tested: feature === undefined ? 'all' : 'named', ...(feature !== undefined && { feature }), because: left[0].at };
    }
    return whole ? { tested: 'named', ...whole } : { tested: 'default' };
  }
  const documented = optional.filter(({ table }) => dig(table, 'package', 'metadata', 'docs', 'rs', 'all-features') === true);
  if (documented[0] && documented.length * 2 > optional.length) {
    const file = below(documented[0].directory, 'Cargo.toml');
    const line = tomlLine(tree.text(file) ?? '', 'package.metadata.docs.rs', 'all-features');
    return { tested: 'all', because: tree.at(file, line, 'its documentation is made with all features') };
  }
  if (whole) return { tested: 'named', ...whole };
  // Who names default members has said what is tested.
  return left[0] && !chosen ? { tested: 'all', because: left[0].at } : { tested: 'default' };
}

/** The feature of a package that stands for the whole, off by default, with which its documentation is made. */
function documentedWhole(tree: Tree, { directory, table }: Crate): { feature: string; because: Evidence }[] {
  const own = named(table).filter((name) => WHOLE.test(name) && !defaults(table).has(name));
  const feature = listOf(dig(table, 'package', 'metadata', 'docs', 'rs', 'features')).find((name) => own.includes(name));
  if (feature === undefined) return [];
  const file = below(directory, 'Cargo.toml');
  const line = tomlLine(tree.text(file) ?? '', 'package.metadata.docs.rs', 'features');
  return [{ feature, because: tree.at(file, line, `its documentation is made with the feature "${feature}"`) }];
}

/** The features of a package: those that it declares, and optional dependencies that nothing else turns on. */
function named(table: Table): string[] {
  const features = asTable(table['features']) ?? {};
  const hidden = new Set(Object.values(features).flatMap((needs) => listOf(needs).flatMap((one) => (one.startsWith('dep:') ? one.slice(4) : []))));
  const implied = Object.entries(asTable(table['dependencies']) ?? {}).filter(
    ([name, value]) => dig(value, 'optional') === true && !hidden.has(name),
  );
  return [...Object.keys(features).filter((name) => name !== 'default'), ...implied.map(([name]) => name)];
}

/** The features that are on unless somebody turns them off. */
function defaults(table: Table): ReadonlySet<string> {
  const features = asTable(table['features']) ?? {};
  const on = new Set<string>();
  const turnOn = (name: string): void => {
    if (on.has(name)) return;
    on.add(name);
    // `a/b` turns on the optional dependency `a`, and `a?/b` does not.
    for (const one of listOf(features[name])) if (!one.includes('?')) turnOn(one.replace(/^dep:/, '').replace(/\/.*/, ''));
  };
  turnOn('default');
  return on;
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
