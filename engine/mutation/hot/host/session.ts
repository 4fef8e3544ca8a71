import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import type { Server } from 'node:net';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Garbage } from '../../../memory/index.ts';
import { OTHER_MUTATORS } from '../../extreme.ts';
import type { HostRequest } from '../../host-messages.ts';
import { CONFIG_NAMES, frameworkArguments, readUserConfig, type UserConfig, wantedTargets } from '../../stryker-config.ts';
import { DryRunFailed } from './assignment.ts';
import { confinement } from './confinement.ts';
import { coordinate } from './coordinator.ts';
import { type Driver, type DriverRequest, NotHot, type ServedText, type TestFile, type WarmDriver } from './driver.ts';
import { doExperiments } from './experimenting.ts';
import { Fingerprints } from './fingerprints.ts';
import { hasHiddenReads } from './hidden-reads.ts';
import type { Instrumented } from './instrument.ts';
import type { InstrumentingProcess } from './instrumenting.ts';
import { CoverageMemory, type MutatedText } from './memory-of-coverage.ts';
import type { Speaker } from './speaker.ts';
import type { FileRun } from './tracks.ts';
import type { Worker } from './worker-port.ts';
import { WorkerProcesses } from './worker-processes.ts';

/** How long frameworks get to end by themselves (their global teardown, their servers), milliseconds. */
const FAREWELL_MS = 3000;
/** How long workers that were started for the next run may take to come, milliseconds, when there is none. */
const GRACE_MS = 300;
/** How much memory a worker may take beyond the dry run's, MiB. */
const MEMORY_MIB = 1024;
/** Up to how many files the instrumenter stays loaded while they are judged: it takes as much memory as two workers. */
const FEW_FILES = 10;
/** Files beside the package's configuration whose change makes all that is known worthless. */
const MANIFESTS = ['package.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'tsconfig.json'];

/** A framework that runs, and what is known of it. */
interface Warm {
  driver: Driver;
  workers: WorkerProcesses;
  /** The test files that load what is mutated. */
  files: readonly TestFile[];
  /** Whether they only pass together. */
  together: boolean;
  /** Whether they only pass just as the project configures them. */
  asConfigured: boolean;
  /** What was loaded so far, and what all rests on. */
  loaded: Fingerprints;
  configs: Fingerprints;
}

/** What stays from one run of a package to the next: the framework's server, workers that wait, and what is known of coverage. */
export class Session {
  readonly #once: boolean;
  readonly #folder: string;
  readonly #server: Server;
  readonly #speaker: Speaker;
  readonly #instrumenter: InstrumentingProcess;
  readonly #memory = new CoverageMemory();
  readonly #garbage = new Garbage();
  readonly #texts = new Map<string, ServedText>();
  /** Unsaved texts of this run's documents by absolute path. */
  #overlays: ReadonlyMap<string, string> = new Map();
  /** Files that a text of this run will stand in for: who asks for one of them waits for it, and nobody else does. */
  #awaited = new Set<string>();
  #warm: Warm | undefined;
  #spares: Promise<Worker[]> = Promise.resolve([]);
  #runs = 0;
  #proven = false;
  #instrumented: Promise<unknown> = Promise.resolve();

  /** `folder` is for what workers have to know, `server` where they call; `once` says that only one run comes. */
  constructor(folder: string, server: Server, speaker: Speaker, instrumenter: InstrumentingProcess, once: boolean) {
    this.#once = once;
    this.#instrumenter = instrumenter;
    this.#folder = folder;
    this.#server = server;
    this.#speaker = speaker;
  }

  /** Judges what is asked for. Rejects with {@link NotHot} or the coordinator's own errors where another executor has to. */
  async run(request: HostRequest): Promise<void> {
    const begun = Date.now();
    this.#speaker.phase('instrumenting');
    const user = await readUserConfig(request.directory);
    refuse(user);
    const targets = wantedTargets(request, user);
    for (const { file } of request.targets.filter((target) => !targets.includes(target))) this.#speaker.skipped(file);
    if (targets.length === 0) return;
    const isExtreme = targets.some(({ bodies }) => bodies);
    const overlays = new Map(request.overlays);
    this.#overlays = overlays;
    const files = targets.map(({ file }) => file);
    // Experiments are done in the test files that they name, whether or not these load what is mutated.
    const wanted = request.experiments?.each.map(({ testFile }) => testFile) ?? files;
    const mutated: MutatedText[] = targets.map(({ file, ranges }) => ({ file, text: textOf(file, overlays), ...(ranges && { ranges }) }));

    const changed = this.#changes(files, overlays);
    if (changed === 'all') await this.close();
    const instrumenting = this.#instrumenter.instrument({
      files: targets,
      excludedMutations: isExtreme ? OTHER_MUTATORS : (user.mutator?.excludedMutations ?? []),
      overlays,
      run: String(++this.#runs),
    });
    this.#awaited = new Set([...files, ...overlays.keys()]);
    this.#instrumented = instrumenting.then(({ texts }) => this.#serve(texts, overlays)).catch(() => {});
    const narrowed = !request.experiments && changed !== 'all' && onlyOf(changed, files) ? this.#memory.narrow(mutated) : undefined;
    const starting = this.#warm
      ? this.#goOn(wanted, changed === 'all' ? [] : changed, narrowed !== undefined)
      : this.#start(request, user, wanted, request.concurrency ?? defaultConcurrency());
    starting.catch(() => {});
    const instrumented = await instrumenting;
    if (this.#once || files.length > FEW_FILES) this.#instrumenter.rest();
    this.#garbage.look();
    const warm = await starting;
    const { driver, workers } = warm;
    const concurrency = request.concurrency ?? (driver.serial === undefined ? defaultConcurrency() : 1);
    if (driver.serial !== undefined && request.concurrency === undefined) {
      this.#speaker.note(`One test process at a time, for the project says "${driver.serial}". Set the concurrency to have more.`);
    }
    for (const [file, error] of instrumented.broken) this.#speaker.broken(file, error);

    this.#speaker.phase('dry-run');
    this.#speaker.begin(instrumented, overlays);
    const judged = instrumented.mutants.filter(({ status }) => status !== 'Ignored');
    const spares = await this.#spares;
    this.#spares = Promise.resolve([]);
    if (request.experiments) {
      const { isFollowed } = request.experiments;
      const spare = () => {
        // With one file mostly: a second worker would only keep the first from being there soon.
        if (driver.warm && !this.#once) this.#spare(warm, driver.warm, 1);
      };
      await doExperiments(request.experiments, {
        files: warm.together ? (driver.together ?? []) : warm.files,
        workers,
        spares,
        concurrency,
        memory: (request.memoryMiB ?? MEMORY_MIB) * 2 ** 20,
        mutants: judged.map((mutant) => this.#speaker.describe(mutant)),
        found: (testFile, finding) => this.#speaker.found(testFile, finding),
        lost: (testFile, mutant, why) => this.#speaker.lost(testFile, mutant, why),
        manned: () => isFollowed && spare(),
      });
      this.#proven = true;
      this.#memory.clear();
      if (driver.warm && !this.#once) this.#remember(warm, driver.warm, [], begun);
      if (!isFollowed) spare();
      return;
    }
    const judge = (files: readonly TestFile[]) =>
      coordinate({
        ids: judged.map(({ id }) => id),
        counted: new Set(isExtreme ? judged.filter(({ mutatorName }) => mutatorName === 'ArrowFunction').map(({ id }) => id) : []),
        ...(!hasHiddenReads(request.directory) && { constants: instrumented.constants }),
        files,
        workers,
        parallel: driver.parallel,
        combine: warm.together ? undefined : driver.combine,
        concurrency,
        spares,
        narrowed,
        run: String(this.#runs),
        dryRunMs: request.dryRunMinutes * 60_000,
        memory: (request.memoryMiB ?? MEMORY_MIB) * 2 ** 20,
        check: async (tests, loaded) => {
          flushCompileCache();
          this.#garbage.look();
          const past = driver.loadsPast ? targets.find(({ file }) => loaded.has(file)) : undefined;
          if (past)
            throw new NotHot(
              `tests load ${path.relative(request.directory, past.file)} by "require", past what ${request.framework.name} transforms`,
            );
          if (narrowed) return;
          const disagreement = await driver.disagreement?.(tests);
          if (disagreement !== undefined) throw new NotHot(disagreement);
        },
        ...(driver.hush && { hush: driver.hush }),
        tell: (said) => this.#speaker.say(said),
      });
    const runs = await judge(warm.together ? (driver.together ?? []) : warm.files)
      .catch(async (error: unknown) => {
        if (!(error instanceof DryRunFailed) || !driver.asConfigured || warm.asConfigured) throw error;
        this.#speaker.note(`Tests do not pass where time is saved (${error.message || error.failed[0]?.name}): they run just as configured.`);
        warm.asConfigured = true;
        await driver.asConfigured();
        return judge(warm.files);
      })
      .catch((error: unknown) => {
        if (!(error instanceof DryRunFailed) || !driver.together || warm.together) throw error;
        this.#speaker.note(`Test files do not pass one by one (${error.message || error.failed[0]?.name}): they are run together.`);
        warm.together = true;
        return judge(driver.together);
      })
      .catch((error: unknown) => {
        driver.warm?.rest?.();
        throw error;
      });
    this.#proven = true;
    if (changed !== 'all' && !onlyOf(changed, files)) this.#memory.clear();
    // What reaches a function's body is not all that reaches its file.
    if (instrumented.broken.size === 0 && !isExtreme) this.#memory.learn(mutated, judged, runs);
    if (!narrowed) warm.loaded = new Fingerprints();
    if (this.#once) return;
    if (driver.warm) {
      this.#remember(warm, driver.warm, runs, begun);
      this.#spare(warm, driver.warm, concurrency);
    } else await this.close();
  }

  /** Whether it has judged before with what is warm: when tests fail now, they fail by themselves. */
  get proven(): boolean {
    return this.#proven;
  }

  /**
   * Ends the framework and all workers.
   *
   * @param leaving whether this process ends after it
   */
  async close(leaving = false): Promise<void> {
    const warm = this.#warm;
    this.#warm = undefined;
    this.#proven = false;
    this.#memory.clear();
    for (const worker of await Promise.race([this.#spares, delay(GRACE_MS, [])])) worker.kill();
    this.#spares = Promise.resolve([]);
    if (!warm) return;
    warm.workers.leave();
    const { driver } = warm;
    const stopping = leaving && driver.leave ? driver.leave() : driver.stop();
    await Promise.race([stopping.catch(() => {}), delay(FAREWELL_MS)]);
  }

  /** The files that are others than when they were loaded last, or `all` when everything has to start anew. */
  #changes(mutated: readonly string[], overlays: ReadonlyMap<string, string>): string[] | 'all' {
    const warm = this.#warm;
    if (!warm || warm.configs.changed().length > 0) return 'all';
    const served = [...this.#texts.keys()].filter((file) => !mutated.includes(file));
    const unsaved = [...overlays.keys()].filter((file) => !mutated.includes(file));
    return [...new Set([...warm.loaded.changed(), ...mutated, ...served, ...unsaved])];
  }

  #serve(texts: Instrumented['texts'], overlays: ReadonlyMap<string, string>): void {
    this.#texts.clear();
    for (const [file, code] of overlays) this.#texts.set(file, { code });
    for (const [file, text] of texts) this.#texts.set(file, text);
  }

  async #start(request: HostRequest, user: UserConfig, mutated: string[], workers: number): Promise<Warm> {
    const driver = await start({
      directory: request.directory,
      framework: { ...request.framework, args: [...request.framework.args, ...frameworkArguments(request.framework.name, user)] },
      mutated,
      workers,
      unsavedText: (file) => this.#overlays.get(file),
      textOf: async (file) => {
        if (this.#awaited.has(file)) await this.#instrumented;
        return this.#texts.get(file);
      },
      texts: this.#instrumented.then(() => this.#texts),
      folder: this.#folder,
      ...(request.confined && { confinement: confinement(this.#folder) }),
      log: (text) => this.#speaker.note(text),
    });
    const configs = new Fingerprints();
    configs.take([
      ...(driver.warm?.configFiles ?? []),
      ...[request.directory, request.root].flatMap((directory) => [...MANIFESTS, ...CONFIG_NAMES].map((name) => path.join(directory, name))),
    ]);
    this.#warm = {
      driver,
      workers: new WorkerProcesses(driver, this.#server, (text) => this.#speaker.note(text)),
      files: [],
      together: false,
      asConfigured: false,
      loaded: new Fingerprints(),
      configs,
    };
    // With experiments, which run in the files that they name, one of them would mostly wait in vain; where there are many files the instrumenter needs the memory.
    if (driver.early && !request.experiments && mutated.length <= FEW_FILES) this.#man(this.#warm.workers, driver.early);
    this.#warm.files = await driver.files;
    return this.#warm;
  }

  async #goOn(mutated: string[], changed: readonly string[], narrowed: boolean): Promise<Warm> {
    const warm = this.#warm as Warm;
    await this.#instrumented;
    await warm.driver.warm?.begin(changed, this.#texts);
    // There may be new ones.
    if (!narrowed) warm.files = (await warm.driver.warm?.findFiles(mutated)) ?? warm.files;
    return warm;
  }

  /** After a run: what was loaded in it is remembered. */
  #remember({ loaded }: Warm, driver: WarmDriver, runs: readonly FileRun[], begun: number): void {
    this.#instrumenter.ready();
    loaded.take(driver.loaded?.() ?? [], begun);
    for (const run of runs) loaded.take(run.loaded, begun);
  }

  /** Starts workers for the next run. This one has all that it needs. */
  #spare({ driver, workers, files, together }: Warm, { rest }: WarmDriver, count: number): void {
    rest?.();
    const firsts = together ? (driver.together ?? []) : files;
    this.#man(workers, firsts.slice(0, count));
  }

  /** Starts workers that wait for their first job. */
  #man(workers: WorkerProcesses, firsts: readonly TestFile[]): void {
    this.#spares = Promise.allSettled(firsts.map((file) => workers.start(file))).then((started) =>
      started.filter((one) => one.status === 'fulfilled').map(({ value }) => value),
    );
  }
}

/** StrykerJS's own choice (its ConcurrencyTokenProvider), so that the two compare. */
function defaultConcurrency(): number {
  const cores = availableParallelism();
  return cores > 4 ? cores - 1 : cores;
}

function textOf(file: string, overlays: ReadonlyMap<string, string>): string {
  return overlays.get(file) ?? readFileSync(file, 'utf8');
}

function onlyOf(changed: readonly string[], files: readonly string[]): boolean {
  return changed.every((file) => files.includes(file));
}

/** What only StrykerJS itself can do. */
function refuse(user: UserConfig): void {
  if (user.buildCommand) throw new NotHot('"buildCommand" is set: what the tests run is built first');
  if (user.ignorers?.length) throw new NotHot('"ignorers" are set, which are plugins of StrykerJS');
  if (user.checkers?.length) throw new NotHot('"checkers" are set, which are plugins of StrykerJS');
  if (user.mutator?.plugins) throw new NotHot('"mutator.plugins" is set');
}

async function start(driver: DriverRequest): Promise<Driver> {
  if (driver.framework.name === 'vitest') return (await import('../vitest/driver.ts')).startVitest(driver);
  if (driver.framework.name === 'jest') return (await import('../jest/driver.ts')).startJest(driver);
  if (driver.framework.name === 'mocha') return (await import('../mocha/driver.ts')).startMocha(driver);
  if (driver.framework.name === 'node:test') return (await import('../node-test/driver.ts')).startNodeTest(driver);
  throw new NotHot(`${driver.framework.name} is not driven hot`);
}
