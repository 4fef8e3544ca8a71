/** What we use of Vitest's server, versions 2 to 5, described here because one build serves them all. */
export interface VitestNode {
  createVitest(mode: 'test', options: Options): Promise<Vitest>;
  parseCLI(argv: string[], config: { allowUnknownOptions: boolean }): { filter: string[]; options: Options };
}

export type Options = Record<string, unknown>;

export interface Vitest {
  config: Config;
  vite?: ViteServer;
  server?: ViteServer;
  projects: Project[];
  /** Made when the first file runs. */
  pool?: { runTests(specs: Spec[], invalidates: string[]): Promise<void> };
  runFiles(specs: Spec[], all: boolean): Promise<unknown>;
  initializeGlobalSetup?(specs: Spec[]): Promise<void>;
  /** Vitest 3 and later. */
  getRelevantTestSpecifications?(filter: string[]): Promise<Spec[]>;
  /** Vitest 2. */
  globTestSpecs?(filter: string[]): Promise<Spec[]>;
  filterTestsBySource?(specs: Spec[]): Promise<Spec[]>;
  /** Vitest 3 and later. */
  globTestSpecifications?(filter: string[]): Promise<Spec[]>;
  specifications?: { filterTestsBySource?(specs: Spec[]): Promise<Spec[]> };
  /** Vitest 3 and later. */
  invalidateFile?(file: string): void;
  state: { getUnhandledErrors(): unknown[] };
  close(): Promise<void>;
}

export interface Config {
  [option: string]: unknown;
  /** The project's. */
  name?: string;
  pool?: string;
  runner?: string;
  related?: string[] | undefined;
  browser?: { enabled?: boolean };
  experimental?: { viteModuleRunner?: boolean };
  sequence: object;
  typecheck: object;
  /** Since version 4. */
  execArgv?: string[];
  poolOptions?: Partial<Record<'forks' | 'vmForks', { [option: string]: unknown; execArgv?: string[] }>>;
  environmentMatchGlobs?: unknown[];
  globalSetup?: string | string[];
}

export interface Project {
  config: Config;
  /** Vitest 3 and later; before, `server`. */
  vite?: ViteServer;
  server?: ViteServer;
  /** What workers were sent, in Vitest 2 and 3. */
  vitenode?: { fetchCaches?: Record<string, Map<string, unknown>> };
  /** The test files that were found, once they were looked for. */
  testFilesList?: string[] | null;
  /** Vitest 3 and later; before, without the underscore. */
  _teardownGlobalSetup?(): Promise<void>;
  teardownGlobalSetup?(): Promise<void>;
}

interface ViteServer {
  pluginContainer: Container;
  moduleGraph: Graph;
  config: { configFile?: string; configFileDependencies?: string[]; plugins?: readonly { name: string }[]; test?: Options };
  /** Vite 6 and later. */
  environments?: Record<string, { pluginContainer: Container; moduleGraph: Graph }>;
}

/** The modules that a Vite server has seen. */
interface Graph {
  fileToModulesMap: Map<string, unknown>;
  getModulesByFile(file: string): Iterable<{ transformResult?: { __vitestTmp?: string } | null }> | undefined;
  onFileChange(file: string): void;
}

/** What resolves and loads modules in a Vite server. */
export interface Container {
  load(id: string, ...rest: unknown[]): Promise<unknown>;
  resolveId(id: string, importer?: string, ...rest: unknown[]): Promise<unknown>;
}

/** A test file in a project: an object, and in Vitest 2 a pair, whose own `project` may be another kind of thing, without a server. */
export type Spec = { moduleId?: string; project?: Project; 0?: Project; 1?: string };

export function projectOf({ project, 0: first }: Spec): Project {
  return (project && ('vite' in project || 'server' in project) ? project : first) as Project;
}

/** The absolute path of a specification's file. */
export function fileOf(spec: Spec): string {
  return (spec.moduleId ?? spec[1]) as string;
}

/** The configuration files of a project and what they import; absolute paths. */
export function configFilesOf({ vite, server }: Project): string[] {
  const { configFile, configFileDependencies = [] } = ((vite ?? server) as ViteServer).config;
  return [...(configFile ? [configFile] : []), ...configFileDependencies];
}

/** All module graphs of a project's server. */
export function graphsOf({ vite, server }: Project): Graph[] {
  const one = (vite ?? server) as ViteServer;
  return one.environments ? Object.values(one.environments).map(({ moduleGraph }) => moduleGraph) : [one.moduleGraph];
}

/** All containers of a project's server. */
export function containersOf({ vite, server }: Project): Container[] {
  const one = (vite ?? server) as ViteServer;
  return one.environments ? Object.values(one.environments).map(({ pluginContainer }) => pluginContainer) : [one.pluginContainer];
}

/** What resolves the imports of a project's tests. */
export function containerOf({ vite, server }: Project): Container {
  return ((vite ?? server) as ViteServer).pluginContainer;
}

/** The names of all plugins of a project's server, also those of Vite and Vitest themselves. */
export function pluginsOf({ vite, server }: Project): string[] {
  return (((vite ?? server) as ViteServer).config.plugins ?? []).map(({ name }) => name);
}
