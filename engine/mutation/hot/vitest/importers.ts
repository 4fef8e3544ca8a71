import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { type Container, containerOf, fileOf, type Project, pluginsOf, projectOf, type Spec } from './server-types.ts';

/** Plugins that add no imports to what the text says, beside those of Vite and Vitest themselves. */
const PLAIN_PLUGINS = /^(vite:|vitest|@vitest\/|builtin:|native:)|^(alias|commonjs|vite-tsconfig-paths)$/;
/** Where a specifier of a module may stand; names in front of parentheses are Vitest's and Node's, and may have types behind them. */
const SPECIFIER =
  /(?:\b(?:from|import|require|importActual|importOriginal|importMock|mock|doMock|unmock|resolve|URL)\s*\(?|>\s*\()\s*(?:\/\*.*?\*\/\s*)?(['"])([^'"\n]+)\1/g;
/** What leaves no import behind once types are gone. */
const TYPES = /\b(?:import|export)\s+type\s+(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?|[\w$]+)\s*from\s*(['"])[^'"\n]*\1/g;
/** Imports that Vite makes of patterns. */
const PATTERNS = /\bimport\s*\(\s*(?:\/\*.*?\*\/\s*)?`|\bimport\.meta\.glob/;
const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte'];

/**
 * Of test files, those from which imports may lead to one of some files, by what the texts say: a few too many, none too few. To ask Vitest means to have
 * it transform all that any test imports, which takes seconds where there are hundreds of tests. Undefined where imports are not to be seen in the texts.
 *
 * @param wanted absolute paths
 * @param unsavedText what stands in for a file on the disk, if anything does
 */
export async function mayImport(
  specs: readonly Spec[],
  wanted: ReadonlySet<string>,
  unsavedText: (file: string) => string | undefined,
): Promise<Spec[] | undefined> {
  const projects = new Set(specs.map(projectOf));
  if ([...projects].some(addsImports)) return undefined;
  const kept = new Set<Spec>();
  for (const project of projects) {
    const tests = specs.filter((spec) => projectOf(spec) === project);
    const importing = await importersOf(wanted, tests.map(fileOf), containerOf(project), unsavedText);
    for (const spec of tests) if (importing.has(fileOf(spec))) kept.add(spec);
  }
  return specs.filter((spec) => kept.has(spec));
}

function addsImports(project: Project): boolean {
  return pluginsOf(project).some((name) => !PLAIN_PLUGINS.test(name));
}

/** The files, from `tests` on, that may import one of the wanted ones, directly or not; and the wanted ones. */
async function importersOf(
  wanted: ReadonlySet<string>,
  tests: readonly string[],
  container: Container,
  unsavedText: (file: string) => string | undefined,
): Promise<ReadonlySet<string>> {
  const importers = new Map<string, string[]>();
  const found = new Set(wanted);
  const resolved = new Map<string, Promise<readonly string[] | 'virtual'>>();
  const folders = new Folders();
  const seen = new Set(tests);
  for (const file of seen) {
    if (wanted.has(file)) continue;
    const text = (unsavedText(file) ?? read(file)).replace(TYPES, '');
    if (PATTERNS.test(text)) found.add(file);
    for (const [, , specifier = ''] of text.matchAll(SPECIFIER)) {
      const key = `${path.dirname(file)} ${specifier}`;
      const files = resolved.get(key) ?? resolve(specifier, file, container, folders);
      resolved.set(key, files);
      const imports = await files;
      // What lies in no file may import anything.
      if (imports === 'virtual') {
        found.add(file);
        continue;
      }
      for (const imported of imports) {
        seen.add(imported);
        const known = importers.get(imported);
        if (known) known.push(file);
        else importers.set(imported, [file]);
      }
    }
  }
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}

/** All files that a specifier may mean, without those of packages. */
async function resolve(specifier: string, importer: string, container: Container, folders: Folders): Promise<readonly string[] | 'virtual'> {
  const [bare = ''] = specifier.split(/[?#]/);
  if (/^\.\.?(\/|$)/.test(bare)) return filesAt(path.resolve(path.dirname(importer), bare), folders);
  if (isBuiltin(bare) || /^(vitest|@vitest)(\/|$)/.test(bare) || /\s/.test(bare)) return [];
  const answer = (await container.resolveId(specifier, importer, { ssr: true }).catch(() => null)) as { id?: string; external?: unknown } | null;
  const id = answer?.id?.replace(/[?#].*$/, '');
  if (id === undefined || answer?.external || /[\\/]node_modules[\\/]/.test(id)) return [];
  return path.isAbsolute(id) && folders.hasFile(id) ? [id] : 'virtual';
}

function filesAt(base: string, folders: Folders): string[] {
  // What is called .js may be written in TypeScript.
  const bases = [base, base.replace(/\.([mc]?)jsx?$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx'), path.join(base, 'index')];
  return [...new Set(bases.flatMap((one) => ENDINGS.map((ending) => one + ending)))].filter((file) => folders.hasFile(file));
}

/** What lies in folders, each of which is read once: to ask the disk for each file that there might be takes twice as long. */
class Folders {
  readonly #entries = new Map<string, ReadonlyMap<string, Dirent>>();

  hasFile(file: string): boolean {
    const entry = this.#in(path.dirname(file)).get(path.basename(file));
    return entry?.isSymbolicLink() ? statSync(file, { throwIfNoEntry: false })?.isFile() === true : entry?.isFile() === true;
  }

  #in(folder: string): ReadonlyMap<string, Dirent> {
    const known = this.#entries.get(folder);
    if (known) return known;
    const entries = new Map(entriesOf(folder).map((entry) => [entry.name, entry]));
    this.#entries.set(folder, entries);
    return entries;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
