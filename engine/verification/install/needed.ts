/** A dependency of a Node project, as its manifest, its lock file and its node_modules have it. */
export interface NodeDependency {
  name: string;
  /** The version in node_modules; empty where it is there without one, undefined where it is not there. */
  installed?: string;
  /** The version in the lock file, where it has one that can be compared. */
  locked?: string;
}

/** What is known of a Node project's dependencies. */
export interface NodeFacts {
  dependencies: readonly NodeDependency[];
  /** Whether there is a node_modules, here or above. */
  hasModules: boolean;
  /** Whether Yarn has put them where no node_modules is (`.pnp.cjs`). */
  isPlugAndPlay: boolean;
  /** Name of the lock file. */
  lock?: string;
}

/** What is known of a Python project's dependencies. */
export interface PythonFacts {
  /** Names of the distributions that it needs and that are not there. */
  missing: readonly string[];
  /** A module of its own that its tests cannot import, because the project itself is not installed. */
  own?: string;
  /** Name of its virtual environment; undefined where it has none. */
  environment?: string;
}

/** Why dependencies of a Node project count as not installed, as a sentence; undefined where they are there. */
export function missingForNode({ dependencies, hasModules, isPlugAndPlay, lock }: NodeFacts): string | undefined {
  if (dependencies.length === 0 || isPlugAndPlay) return undefined;
  if (!hasModules) return 'There is no node_modules.';
  const gone = dependencies.filter(({ installed }) => installed === undefined);
  if (gone.length > 0) return `${several(gone.map(({ name }) => name))} not in node_modules.`;
  // What is newer was installed so on purpose, or by another manager, and may well do.
  const old = dependencies.find(({ installed, locked }) => installed && locked !== undefined && isOlder(installed, locked));
  return old && `${old.name} is installed as ${old.installed}, and ${lock ?? 'the lock file'} has ${old.locked}.`;
}

/** The same of a Python project. */
export function missingForPython({ missing, own, environment }: PythonFacts): string | undefined {
  if (missing.length === 0 && own === undefined) return undefined;
  const what = `${missing.length > 0 ? several(missing) : `${own}, the project's own package, is`} not`;
  return environment === undefined ? `There is no virtual environment, and ${what} installed elsewhere.` : `${what} installed in ${environment}.`;
}

/** Whether a version comes before another one, by its three numbers. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((one) => one.split(/[.+-]/, 3).map(Number)) as [number[], number[]];
  const at = a.findIndex((number, i) => number !== b[i]);
  return at >= 0 && (a[at] as number) < (b[at] as number);
}

function several([first = '', ...others]: readonly string[]): string {
  return others.length > 0 ? `${first} and ${others.length} more are` : `${first} is`;
}
