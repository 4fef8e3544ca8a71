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

/**
 * Reads which features tests want. Of the public workspaces that were looked at (bench/README.md) nearly all packages that are the root of their repository
 * are tested with the defaults, unless half of their integration tests are left out by them. Virtual workspaces have no defaults of their own: those whose
 * documentation is mostly made with all features, or some of whose tests are left out by default, are tested with all. Where documentation is made with one
 * feature that stands for the whole, tests are run with it, too: all features then do not go together, or need another compiler.
 */
export function testedFeatures(tree: Tree, crates: readonly Crate[], { virtual, chosen }: { virtual: boolean; chosen: boolean }): Features {
  const optional = crates.filter(({ table }) => named(table).some((name) => !defaults(table).has(name)));
  if (optional.length === 0) return { tested: 'same' };
  const tests = crates.flatMap((crate) => integrationTests(tree, crate));
  const left = tests.flatMap(({ leftOut }) => leftOut ?? []);
  const whole = optional.flatMap((crate) => documentedWhole(tree, crate))[0];
  if (!virtual) {
    if (left[0] && left.length * 2 >= tests.length) return { tested: 'all', because: left[0] };
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
  return left[0] && !chosen ? { tested: 'all', because: left[0] } : { tested: 'default' };
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

/** The files in `tests/` of a package that were read, each with what leaves it out by default. */
function integrationTests(tree: Tree, { directory, table }: Crate): { leftOut: Evidence | undefined }[] {
  const on = defaults(table);
  const declared = Array.isArray(table['test']) ? table['test'] : [];
  return tree.files(below(directory, 'tests')).flatMap((file) => {
    const relative = below(directory, `tests/${file}`);
    const text = file.endsWith('.rs') ? tree.text(relative) : undefined;
    if (text === undefined) return [];
    const required = declared.filter((one) => dig(one, 'name') === file.slice(0, -3)).flatMap((one) => listOf(dig(one, 'required-features')));
    const missing = required.find((name) => !on.has(name)) ?? missingFor(text, on);
    const line = required.length > 0 ? 1 : lineOfMatch(text, /#!\[cfg\(/);
    return [{ leftOut: missing === undefined ? undefined : tree.at(relative, line, `needs the feature "${missing}", which is off by default`) }];
  });
}

/** A feature without which a file is left out as a whole (`#![cfg(feature = "x")]`), and which is off. */
function missingFor(text: string, on: ReadonlySet<string>): string | undefined {
  for (const [, condition = ''] of text.matchAll(/#!\[cfg\(([^[\]]*)\)\]/g)) {
    const needed = [...condition.replace(/\bnot\s*\([^()]*\)/g, '').matchAll(/feature\s*=\s*"([^"]+)"/g)].map(([, name]) => name as string);
    const off = needed.filter((name) => !on.has(name));
    if (off.length > 0 && (!/^\s*any\b/.test(condition) || off.length === needed.length)) return off[0];
  }
  return undefined;
}
