import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { serialize } from 'node:v8';
import { mayWrite } from '../host/confinement.ts';
import { type Driver, type DriverRequest, NotHot, type TestFile } from '../host/driver.ts';
import { NodeWorkers } from '../node/node-workers.ts';
import { globalHook } from './global-hook.ts';
import type { Argv, Context, GlobalConfig, JestCli, JestConfigReader, JestCore, JestRuntime, JestTransform, ProjectConfig } from './jest-types.ts';
import { KNOWS_PLAIN_GLOBALS } from './plain-globals.ts';
import { serialIn } from './serial.ts';
import { SETUP_FILE, type Unit, type WorkerSetup } from './setup.ts';
import { withoutTypes } from './without-types.ts';

/** Whatever the test script says: one plain run that writes nothing. */
const ARGV = { ci: true, watch: false, watchAll: false, coverage: false, collectCoverage: false, onlyChanged: false, listTests: false, silent: true };
/** The same for Jest's configuration. */
const GLOBAL_CONFIG = {
  bail: 0,
  collectCoverage: false,
  logHeapUsage: false,
  randomize: false,
  silent: true,
  updateSnapshot: 'none',
  verbose: false,
  watch: false,
  watchAll: false,
};

/** Where a project's configuration may stand (https://jestjs.io/docs/configuration). */
const CONFIG_FILES = ['package.json', ...['js', 'ts', 'mjs', 'cjs', 'json', 'mts', 'cts'].map((ending) => `jest.config.${ending}`)];

/** The packages that Jest consists of, as the user's own Jest finds them. */
interface Jest {
  major: number;
  core: JestCore;
  cli: JestCli;
  config: JestConfigReader;
  runtime: JestRuntime;
  transform: JestTransform;
}

/** Drives Jest 29 and 30: its own configuration, file map and runner, in workers of ours. */
export async function startJest(request: DriverRequest): Promise<Driver> {
  process.env['NODE_ENV'] ??= 'test';
  const jest = loadJest(request.directory);
  const argv = { ...(await jest.cli.buildArgv(request.framework.args)), ...ARGV };
  const read = await jest.config.readConfigs(argv, argv.projects?.length ? argv.projects : [request.directory]);
  const globalConfig: GlobalConfig = { ...read.globalConfig, ...GLOBAL_CONFIG };
  const configs = read.configs.filter((config) => isSelected(config, argv));
  for (const config of configs) await refuseOther(config);
  const quick = withoutTypes(configs);
  let used = quick ?? configs;
  let plainGlobals = KNOWS_PLAIN_GLOBALS;
  let { mutated } = request;
  const setup = await openProjects(jest, used, globalConfig, plainGlobals, request);
  const projects = new Set([...setup.units.values()].map(({ project }) => project));
  const hooks = globalHook(
    jest.transform,
    globalConfig,
    configs.filter((_, i) => projects.has(i)),
  );
  await hooks.setup();
  const workers = new NodeWorkers(mayKeep(request, configs), {
    script: 'jest-worker.js',
    servesModules: false,
    env: (n) => ({ JEST_WORKER_ID: String((n % request.workers) + 1) }),
    ...(usesTsJest(configs) && { adapt: uncheck }),
  });
  const serial = serialIn(argv);
  workers.prepare(request.framework.nodeArgs, serial === undefined ? setup.units.size : 1);
  return {
    files: filesOf(setup),
    parallel: serial === undefined,
    ...(serial !== undefined && { serial }),
    ...((quick || plainGlobals) && {
      async asConfigured() {
        used = configs;
        plainGlobals = false;
        await openProjects(jest, used, globalConfig, plainGlobals, { ...request, mutated });
      },
    }),
    startWorker: (first) => workers.start(first),
    async stop() {
      await workers.stop();
      await hooks.teardown();
    },
    warm: {
      configFiles: [
        ...[read.configPath, globalConfig.globalSetup, globalConfig.globalTeardown, ...(argv.projects ?? [])],
        ...configs.flatMap(({ rootDir, transform, globalSetup, globalTeardown }) => [
          ...CONFIG_FILES.map((name) => path.join(rootDir, name)),
          ...transform.map(([, transformer]) => transformer),
          ...[globalSetup, globalTeardown],
        ]),
      ].filter(isOwnFile),
      begin: (_, texts) => workers.serve(texts),
      async findFiles(files) {
        mutated = [...files];
        return filesOf(await openProjects(jest, used, globalConfig, plainGlobals, { ...request, mutated }));
      },
      rest: () => workers.rest(),
    },
  };
}

/** What files were compiled to is kept from run to run, even by those that may change nothing else. */
function mayKeep(request: DriverRequest, configs: readonly ProjectConfig[]): DriverRequest {
  const { confinement } = request;
  if (!confinement) return request;
  const folders = new Set(configs.map(({ cacheDirectory }) => cacheDirectory));
  return { ...request, confinement: { ...confinement, nodeArgs: [...confinement.nodeArgs, ...[...folders].map(mayWrite)] } };
}

function filesOf({ units }: WorkerSetup): TestFile[] {
  return [...units].map(([file, { path }]) => ({ file, path, group: '' }));
}

function isOwnFile(file: string | null | undefined): file is string {
  return typeof file === 'string' && !file.includes(`${path.sep}node_modules${path.sep}`);
}

/** Finds out which files there are, and which of them are tests that lead to what is mutated; leaves it for the workers. */
async function openProjects(
  jest: Jest,
  configs: ProjectConfig[],
  globalConfig: GlobalConfig,
  plainGlobals: boolean,
  { mutated, folder }: Pick<DriverRequest, 'mutated' | 'folder'>,
): Promise<WorkerSetup> {
  const contexts = await Promise.all(
    configs.map((config) => jest.runtime.createContext(config, { console, maxWorkers: 1, watch: false, watchman: false })),
  );
  const setup: WorkerSetup = {
    globalConfig,
    plainGlobals,
    projects: contexts.map(({ config, moduleMap }) => ({ config, moduleMap: moduleMap.toJSON() })),
    units: await testFiles(jest, contexts, globalConfig, mutated),
  };
  const file = path.join(folder, SETUP_FILE);
  await writeFile(`${file}.part`, serialize(setup));
  await rename(`${file}.part`, file);
  return setup;
}

function loadJest(directory: string): Jest {
  const fromPackage = createRequire(path.join(directory, 'package.json'));
  const home = fromPackage.resolve('jest/package.json');
  const major = Number.parseInt((fromPackage(home) as { version: string }).version, 10);
  if (!(major >= 29)) throw new NotHot(`Jest ${major} is older than 29`);
  const fromJest = createRequire(home);
  const fromCore = createRequire(fromJest.resolve('@jest/core'));
  const fromRunner = createRequire(fromCore.resolve('jest-runner'));
  return {
    major,
    core: fromJest('@jest/core') as JestCore,
    cli: loadCli(fromJest),
    config: fromCore('jest-config') as JestConfigReader,
    runtime: (fromCore('jest-runtime') as { default: JestRuntime }).default,
    transform: fromRunner('@jest/transform') as JestTransform,
  };
}

/** What reads Jest's arguments: behind the door of jest-cli since version 30, in a file of its own before. */
function loadCli(fromJest: NodeJS.Require): JestCli {
  const build = path.join(path.dirname(fromJest.resolve('jest-cli/package.json')), 'build');
  const file = ['cli/index.js', 'run.js', 'index.js'].map((name) => path.join(build, name)).find(existsSync) as string;
  return fromJest(file) as JestCli;
}

function isSelected({ displayName }: ProjectConfig, { selectProjects, ignoreProjects }: Argv): boolean {
  const name = displayName?.name ?? '';
  return (!selectProjects || selectProjects.includes(name)) && !ignoreProjects?.includes(name);
}

async function refuseOther({ runner, testRunner }: ProjectConfig): Promise<void> {
  if (!/[\\/]jest-runner[\\/]build[\\/]/.test(runner)) throw new NotHot(`${runner} takes the place of Jest's own runner`);
  if (!/[\\/]jest-circus[\\/]/.test(testRunner)) throw new NotHot(`${testRunner} takes the place of jest-circus`);
}

/** The test files that lead to what is mutated, by what they are known by. */
async function testFiles({ core, major }: Jest, contexts: Context[], globalConfig: GlobalConfig, mutated: string[]): Promise<Map<string, Unit>> {
  const all = new Map<string, Unit>();
  const related = new Map<string, Unit>();
  for (const [project, context] of contexts.entries()) {
    const source = new core.SearchSource(context);
    const { tests } = await (major < 30 ? source.getTestPaths(globalConfig) : source.getTestPaths(globalConfig, context.config));
    const nameOf = (path: string) => (contexts.length > 1 ? `${path} (project ${project + 1})` : path);
    for (const { path } of tests) all.set(nameOf(path), { path, project });
    for (const { path } of (await source.findRelatedTests(new Set(mutated), false)).tests) {
      if (all.has(nameOf(path))) related.set(nameOf(path), { path, project });
    }
  }
  // Where no import leads from a test to what is mutated, a test may still load it in a way that is not seen.
  return related.size > 0 ? related : all;
}

function usesTsJest(configs: readonly ProjectConfig[]): boolean {
  return configs.some(({ transform }) => transform.some(([, transformer]) => /[\\/]ts-jest[\\/]/.test(transformer)));
}

/** ts-jest refuses text whose types do not fit, which those of mutants seldom do. */
function uncheck(file: string, code: string): string {
  return /\.[cm]?tsx?$/.test(file) ? `// @ts-nocheck\n${code}` : code;
}
