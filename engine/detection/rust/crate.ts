import { asTable, dig, listOf, type Table } from '../text/documents.ts';

/** A package of Cargo with its manifest. */
export interface Crate {
  /** Relative to the workspace. */
  directory: string;
  table: Table;
}

/** The features of a package that are off unless somebody turns them on. */
export function off(table: Table): string[] {
  const on = defaults(table);
  return named(table).filter((name) => !on.has(name));
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
export function defaults(table: Table): ReadonlySet<string> {
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
