import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Driver, type DriverRequest, NotHot, type TestFile } from '../host/driver.ts';
import { SMALL_NURSERY } from '../worker/flags.ts';
import { firstSpecs } from './first-specs.ts';
import { endForks, watchForks } from './forks.ts';
import { mayImport } from './importers.ts';
import { runnerModule } from './runner-module.ts';
import { serialIn } from './serial.ts';
import {
  type Container,
  configFilesOf,
  containersOf,
  fileOf,
  graphsOf,
  type Project,
  projectOf,
  type Spec,
  type Vitest,
  type VitestNode,
} from './server-types.ts';
import { messageOf } from './tasks.ts';
import { unitName } from './unit.ts';

/** The file name of our runner; it lies nowhere, its text is served. */
const RUNNER = 'assay-runner.mjs';
/** What the test script may say that matters for which tests run and how; the rest speaks of reports and of how many run at once. */
const KEPT_OPTIONS = [
  'config',
  'root',
  'dir',
  'project',
  'environment',
  'globals',
  'dom',
  'mode',
  'testTimeout',
  'hookTimeout',
  'retry',
  'exclude',
  'testNamePattern',
  'allowOnly',
  'configLoader',
];
/** How long Vitest may take to close what runs, milliseconds. */
const CLOSING_MS = 2000;
/** Workers that hang are replaced before they are gone; the pool must have room for both. */
const ROOM = 8;

/** Drives Vitest 2 to 5: its own server, configuration and pool, with our runner in its workers. */
export async function startVitest(request: DriverRequest): Promise<Driver> {
  const require = createRequire(path.join(request.directory, 'package.json'));
  const home = path.dirname(require.resolve('vitest/package.json'));
  const major = Number.parseInt((require('vitest/package.json') as { version: string }).version, 10);
  watchForks();
  const node = (await import(pathToFileURL(path.join(home, 'dist', 'node.js')).href)) as VitestNode;
  const args = request.framework.args.filter((argument, i) => i > 0 || !/^(run|watch|dev)$/.test(argument));
  const { filter, options } = node.parseCLI(['vitest', 'run', ...args], { allowUnknownOptions: true });
  const heard = process.listeners('unhandledRejection');
  const vitest = await withTemporaryFolder(path.join(request.folder, 'vitest'), () =>
    node.createVitest('test', {
      ...Object.fromEntries(KEPT_OPTIONS.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])),
      root: typeof options['root'] === 'string' ? path.resolve(request.directory, options['root']) : request.directory,
      watch: false,
      run: true,
      ui: false,
      reporters: [{}],
      coverage: { enabled: false },
      // A copy on the disk is known by what the file says, and not by what is served in its place. Vitest looks at this once, when it starts.
      ...(major < 5 ? { experimental: { fsModuleCache: false } } : { fsModuleCache: false }),
      related: request.mutated,
      bail: 0,
    }),
  );
  // Vitest ends its process when one of its workers is killed in the middle of a message.
  for (const listener of process.listeners('unhandledRejection')) if (!heard.includes(listener)) process.off('unhandledRejection', listener);
  const nodeArgs = [SMALL_NURSERY, ...(request.confinement?.nodeArgs ?? [])];
  Object.assign(process.env, request.confinement?.env);
  const projects = vitest.projects;
  const serial = serialIn(
    options,
    [vitest, ...projects].map(({ vite, server }) => (vite ?? server)?.config.test),
  );
  const runner = path.join(request.directory, RUNNER);
  for (const project of projects) {
    refuseOther(project);
    settle(project, runner, request.workers + ROOM, nodeArgs);
    for (const container of containersOf(project)) serveTexts(container, { runner, major, home }, request);
  }
  settle(vitest, runner, request.workers + ROOM, nodeArgs);
  const byUnit = new Map<string, Spec>();
  const describeSpec = async (spec: Spec): Promise<TestFile> => {
    const path = fileOf(spec);
    const unit = unitName(path, projectOf(spec).config);
    byUnit.set(unit, spec);
    return { file: unit, path, group: await groupOf(spec) };
  };
  const all = await allSpecs(vitest, filter);
  // Workers take what a global setup provides, and its environment, when they start; and which of several is needed is known only with the files.
  const isSetUp = [vitest, ...projects].some(({ config }) => (config.globalSetup?.length ?? 0) > 0);
  const early = isSetUp
    ? []
    : await Promise.all(
        firstSpecs(all, request.mutated)
          .slice(0, serial === undefined ? request.workers : 1)
          .map(describeSpec),
      );
  const files = relatedSpecs(vitest, all, request.unsavedText).then(async (specs) => {
    await vitest.initializeGlobalSetup?.(specs);
    return Promise.all(specs.map(describeSpec));
  });
  files.catch(() => {});
  let running: Promise<unknown> | undefined;
  return {
    files,
    early,
    parallel: serial === undefined,
    loadsPast: true,
    ...(serial !== undefined && { serial }),
    async startWorker({ file }: TestFile) {
      const spec = byUnit.get(file);
      if (!spec) throw new Error(`${file} is not a test file`);
      if (!running) {
        running = vitest.runFiles([spec], false);
        await running;
        throw new Error(['Vitest ended its first worker', ...vitest.state.getUnhandledErrors().map(messageOf)].join(': '));
      }
      while (!vitest.pool) await turn();
      await vitest.pool.runTests([spec], []);
    },
    async stop() {
      try {
        await Promise.race([vitest.close(), delay(CLOSING_MS, undefined, { ref: false })]);
      } finally {
        endForks();
      }
    },
    async leave() {
      for (const project of projects) await (project._teardownGlobalSetup ?? project.teardownGlobalSetup)?.call(project);
    },
    warm: {
      configFiles: [...new Set(projects.flatMap(configFilesOf))],
      loaded: () => new Set(projects.flatMap((project) => [...graphsOf(project)].flatMap((graph) => [...graph.fileToModulesMap.keys()]))),
      begin: (changed) => forget(vitest, changed),
      async findFiles(mutated) {
        vitest.config.related = [...mutated];
        // Vitest looks for test files once, and is told of new ones only while it watches.
        for (const project of projects) if (project.testFilesList) project.testFilesList = null;
        return Promise.all((await relatedSpecs(vitest, await allSpecs(vitest, filter), request.unsavedText)).map(describeSpec));
      },
    },
  };
}

/** Vitest chooses when it is created where it keeps copies of modules, and is not asked to remove them when this process ends: they go with the run's folder. */
async function withTemporaryFolder<T>(folder: string, create: () => Promise<T>): Promise<T> {
  const names = ['TMPDIR', 'TEMP', 'TMP'];
  const theirs = names.map((name) => [name, process.env[name]] as const);
  mkdirSync(folder, { recursive: true });
  for (const name of names) process.env[name] = folder;
  try {
    return await create();
  } finally {
    for (const [name, value] of theirs) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function refuseOther({ config }: Project): void {
  if (config.browser?.enabled) throw new NotHot(`the tests of ${config.name || 'this package'} run in a browser`);
  if (config.runner) throw new NotHot(`${config.runner} takes the place of Vitest's own runner`);
  if (config.experimental?.viteModuleRunner === false) throw new NotHot('the tests run without Vite (experimental.viteModuleRunner)');
}

/** A process a worker, which can be ended when it hangs; the modules of each file are its own; tests come in their order; types are no tests. */
function settle({ config }: Pick<Project, 'config'>, runner: string, workers: number, nodeArgs: readonly string[]): void {
  const pool = config.pool?.startsWith('vm') ? 'vmForks' : 'forks';
  Object.assign(config, { runner, pool, isolate: true, maxWorkers: workers, minWorkers: 1, fileParallelism: true });
  Object.assign(config.sequence, { shuffle: false, concurrent: false });
  Object.assign(config.typecheck, { enabled: false });
  if (config.execArgv) config.execArgv = [...config.execArgv, ...nodeArgs];
  if (config.poolOptions) {
    for (const name of ['forks', 'vmForks'] as const) {
      const theirs = config.poolOptions[name];
      const execArgv = [...(theirs?.execArgv ?? []), ...nodeArgs];
      config.poolOptions[name] = { ...theirs, execArgv, isolate: true, singleFork: false, maxForks: workers, minForks: 1 };
    }
  }
}

/** Serves the texts that stand in for files, and our runner; everything else is the project's own. */
function serveTexts(container: Container, runner: { runner: string; major: number; home: string }, request: DriverRequest): void {
  const { load, resolveId } = { load: container.load.bind(container), resolveId: container.resolveId.bind(container) };
  container.load = async (id, ...rest) => {
    if (isRunner(id)) return { code: runnerModule(runner.major) };
    const served = /[?&](raw|url|inline|worker|sharedworker)\b/.test(id) ? undefined : await request.textOf(id.replace(/[?#].*$/, ''));
    if (!served) return load(id, ...rest);
    return { code: served.code, map: served.map === undefined ? null : JSON.parse(served.map) };
  };
  container.resolveId = async (id, importer, ...rest) => {
    if (isRunner(id)) return { id: runner.runner };
    // What Vitest itself is made of is found from where Vitest lies, whatever a package manager hides.
    const from = importer !== undefined && isRunner(importer) ? path.join(runner.home, 'dist', 'index.js') : importer;
    return resolveId(id, from, ...rest);
  };
}

/** The next workers get these files anew. */
function forget(vitest: Vitest, files: readonly string[]): void {
  for (const project of vitest.projects) {
    for (const graph of graphsOf(project)) {
      for (const file of files) {
        // Vitest 5 tells a worker early where code lies that was sent before; the worker asks again where it lies no more.
        for (const { transformResult } of graph.getModulesByFile(file) ?? []) {
          if (transformResult?.__vitestTmp) rmSync(transformResult.__vitestTmp, { force: true });
        }
      }
      // Only then, for each takes with it what is known of the files that import it.
      for (const file of files) graph.onFileChange(file);
    }
    for (const cache of Object.values(project.vitenode?.fetchCaches ?? {})) for (const file of files) cache.delete(file);
  }
  for (const file of files) vitest.invalidateFile?.(file);
}

/** Some versions ask for it by its path from the root. */
function isRunner(id: string): boolean {
  return path.posix.basename(id) === RUNNER;
}

async function allSpecs(vitest: Vitest, filter: string[]): Promise<Spec[]> {
  return (await (vitest.globTestSpecifications ?? vitest.globTestSpecs)?.call(vitest, filter)) ?? [];
}

/** The test files that Vitest calls related to what is mutated; all of them where there is none. Where only test files are named, it is these. */
async function relatedSpecs(vitest: Vitest, all: Spec[], unsavedText: DriverRequest['unsavedText']): Promise<Spec[]> {
  const { config, specifications: finder = vitest } = vitest;
  const filterBySource = finder.filterTestsBySource?.bind(finder);
  const wanted = new Set(config.related);
  const named = all.filter((spec) => wanted.has(fileOf(spec)));
  if (wanted.size > 0 && new Set(named.map(fileOf)).size === wanted.size) return named;
  const likely = filterBySource && (await mayImport(all, wanted, unsavedText));
  const related = (await filterBySource?.(likely ?? all)) ?? all;
  if (related.length > 0) return related;
  // No import leads from a test to what is mutated: a test may still load it in a way that is not seen.
  config.related = undefined;
  return all;
}

/** Files share a worker where Vitest would give them the same environment: that of their project or of a comment in them. */
async function groupOf(spec: Spec): Promise<string> {
  const project = projectOf(spec);
  const file = fileOf(spec);
  const comments = [...(await readFile(file, 'utf8')).matchAll(/@(?:vitest|jest)-environment(?:-options)?\s+(.+)/g)].map(([comment]) => comment);
  const { environmentMatchGlobs } = project.config;
  return JSON.stringify([project.config.name, comments, environmentMatchGlobs?.length ? path.extname(file) + path.dirname(file) : '']);
}
