import type { Evidence } from '../../model/index.ts';
import { dig, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import { type Crate, off } from './crate.ts';

/** A workspace of libraries, each of which somebody may depend on. */
export interface Family {
  /** Whether most packages with features that are off by default have their documentation made with all. */
  documented: boolean;
  /** What makes it one. */
  because: Evidence;
}

/** Of so many libraries a package at the root is one among others, and not what the others are there for. */
const FAMILY = 4;
/** Folders of packages that are there for who works on the others. */
const BESIDE = /(^|\/)(examples?|tests?|bench\w*|fuzz|afl|xtask|tools?|codegen|interop)(\/|$)/;

/** Whether a workspace is a family of libraries, and not a package with its helpers, or a program with its parts. */
export function libraryFamily(tree: Tree, directory: string, crates: readonly Crate[], outside: readonly OutsideCommand[]): Family | undefined {
  const file = below(directory, 'Cargo.toml');
  const table = tree.toml(file);
  const published = crates.filter((crate) => isPublished(crate) && !BESIDE.test(crate.directory));
  const isLibrary = (crate: Crate) => tree.has(below(crate.directory, 'src/lib.rs'));
  const libraries = published.filter(isLibrary);
  const programs = published.filter((crate) => crate.table['bin'] !== undefined || tree.has(below(crate.directory, 'src/main.rs')));
  const optional = crates.filter((crate) => off(crate.table).length > 0);
  const documented = optional.filter((crate) => dig(crate.table, 'package', 'metadata', 'docs', 'rs', 'all-features') === true);
  if (table?.['package'] !== undefined && (documented.length === 0 || libraries.length < FAMILY)) return undefined;
  const released = ['release', 'dist'].some((profile) => dig(table, 'profile', profile) !== undefined);
  if (programs.some((crate) => crate.directory === directory || released || isInstalled(crate, outside))) return undefined;
  if (documented[0] && documented.length * 2 > optional.length) {
    const its = below(documented[0].directory, 'Cargo.toml');
    const line = tomlLine(tree.text(its) ?? '', 'package.metadata.docs.rs', 'all-features');
    return { documented: true, because: tree.at(its, line, 'its documentation is made with all features') };
  }
  if (libraries.length < 2 || !programs.every(isLibrary)) return undefined;
  return { documented: false, because: tree.at(file, tomlLine(tree.text(file) ?? '', 'workspace'), 'it is a workspace of libraries') };
}

function isPublished({ table }: Crate): boolean {
  const publish = dig(table, 'package', 'publish');
  return table['package'] !== undefined && publish !== false && !(Array.isArray(publish) && publish.length === 0);
}

/** Whether documents say how a package is installed. */
function isInstalled({ table }: Crate, outside: readonly OutsideCommand[]): boolean {
  const name = dig(table, 'package', 'name');
  return outside.some(({ argv: [program, verb, ...rest], from }) => {
    return (from === 'contributing' || from === 'readme') && program === 'cargo' && verb === 'install' && rest.some((word) => word === name);
  });
}
