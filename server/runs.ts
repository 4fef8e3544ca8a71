import { Garbage } from '../engine/memory/index.ts';
import { comparePositions, type Failure, fail } from '../engine/model/index.ts';
import { countStatuses, HotExecutor, type MutateTarget, mutate, ProgressTracker, scores, type Verdict } from '../engine/mutation/index.ts';
import { ToolShed } from '../engine/strengthen/index.ts';
import { enclosingPiece, languageOf, SyntaxTree } from '../engine/syntax/index.ts';
import { readText } from '../engine/workspace/index.ts';
import { toPath, toUri } from './convert.ts';
import type { Ladders } from './ladders.ts';
import type {
  MutateParams,
  MutateResult,
  ProgressParams,
  ProveParams,
  ProveResult,
  Settings,
  StrengthenParams,
  StrengthenResult,
  VerifyParams,
  VerifyProgressParams,
  VerifyResult,
} from './protocol.ts';
import { notProven, prove } from './proving.ts';
import { findRemovals } from './pseudo-tested.ts';
import { findTests, noTests } from './strengthening.ts';
import { asInEditor, type ExperimentSurroundings } from './surroundings.ts';
import { notVerified, verifyProjects } from './verifying.ts';
import type { Workspace } from './workspace.ts';

/** How often progress is sent while verdicts fall, milliseconds. */
const PROGRESS_MS = 100;

/** How much a run may leave in the heap until it is cleared, MiB: the server stays as long as its editor does. */
const GARBAGE_MIB = 2;
/** How long after a run that is, milliseconds: who waited for it asks for its results first. */
const QUIET_MS = 500;

/** What a run needs from the server around it. */
export interface RunSurroundings {
  workspace: Workspace;
  settings(): Settings;
  trusted(): boolean;
  ladders: Ladders;
  sendProgress(progress: ProgressParams): void;
  sendVerifyProgress(progress: VerifyProgressParams): void;
  /** A rung of a project was proved or refuted. */
  proven(): void;
  /** Results of some files are others now. */
  resultsChanged(): void;
  log(line: string): void;
}

/** Runs what the client asks for, one run at a time: a second one waits for the first, so that they do not slow each other into false timeouts. */
export class Runs {
  readonly #around: RunSurroundings;
  readonly #executor = new HotExecutor();
  readonly #tools = new ToolShed();
  readonly #stop = new AbortController();
  readonly #garbage = new Garbage({ mebibytes: GARBAGE_MIB });
  #last: Promise<unknown> = Promise.resolve();

  constructor(around: RunSurroundings) {
    this.#around = around;
  }

  /** Runs mutation testing; aborting the signal cancels it, also while it waits. */
  run(params: MutateParams, signal: AbortSignal): Promise<MutateResult> {
    return this.#queue(signal, (either) => this.#run(params, either));
  }

  /** Finds tests for mutants, when what was asked for before is done. */
  strengthen(params: StrengthenParams, signal: AbortSignal): Promise<StrengthenResult> {
    return this.#queue(signal, (either) => this.#strengthen(params, either));
  }

  /** Runs tests and breaks what they run, when what was asked for before is done. */
  prove(params: ProveParams, signal: AbortSignal): Promise<ProveResult> {
    return this.#queue(signal, (either) => this.#prove(params, either));
  }

  /** Climbs the ladders of projects, when what was asked for before is done. */
  verify(params: VerifyParams, signal: AbortSignal): Promise<VerifyResult> {
    return this.#queue(signal, async (either) => {
      if (!this.#around.trusted()) return notVerified([untrusted()]);
      if (either.aborted) return notVerified([], 'cancelled');
      const { ladders, settings, sendVerifyProgress: sendProgress, proven, log } = this.#around;
      return verifyProjects(params, { ladders, settings: settings(), signal: either, sendProgress, proven, log });
    });
  }

  #queue<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => work(AbortSignal.any([signal, this.#stop.signal])));
    this.#last = result.catch(() => {}).then(() => void setTimeout(() => this.#garbage.look(), QUIET_MS).unref());
    return result;
  }

  /** Cancels all runs, also those that come later, and resolves when what they judged is stored. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#last;
    await Promise.all([this.#executor.end(), this.#tools.end()]);
  }

  async #run(params: MutateParams, signal: AbortSignal): Promise<MutateResult> {
    const { workspace, settings } = this.#around;
    if (!this.#around.trusted()) return failed(untrusted());
    if (signal.aborted) return { ...failed(), status: 'cancelled' };
    const targets = await Promise.all(params.targets.map((target) => toTarget(target, workspace)));
    const paths = targets.filter((target) => target !== undefined);
    if (paths.length < targets.length) return failed(notAFile());
    const progress = this.#progress(params.run);
    try {
      const outcome = await mutate(
        {
          targets: paths,
          folders: workspace.folders,
          memoryMiB: settings().memory,
          ...(await asInEditor(workspace, settings())),
          executor: this.#executor,
          extreme: params.extreme ?? false,
        },
        {
          signal,
          report: ({ package: pkg, event }) => {
            if (event.kind === 'executor') this.#around.log(`${event.name} judges ${pkg.name}: ${event.because}`);
            if (event.kind === 'log') this.#around.log(event.line);
            else if (event.kind === 'stored') this.#around.resultsChanged();
            else progress.take(pkg.name, event);
          },
        },
      );
      const verdicts = outcome.packages.flatMap((one) => one.verdicts);
      const failures = [...outcome.failures, ...outcome.packages.flatMap((one) => one.failures)];
      for (const failure of failures) this.#around.log(`${failure.message} ${failure.action}\n${failure.detail ?? ''}`);
      const status = signal.aborted ? 'cancelled' : failures.length > 0 && !outcome.packages.some((one) => one.status === 'done') ? 'failed' : 'done';
      const counts = countStatuses(verdicts);
      if (!params.extreme) return { status, failures, counts, score: scores(verdicts).score };
      return { status, failures, counts, score: null, functions: await functionsOf(verdicts, workspace) };
    } finally {
      progress.end();
      this.#around.resultsChanged();
    }
  }

  async #strengthen(params: StrengthenParams, signal: AbortSignal): Promise<StrengthenResult> {
    if (!this.#around.trusted()) return noTests([untrusted()]);
    if (signal.aborted) return { ...noTests([]), status: 'cancelled' };
    return this.#experiment(params.run, 'looking for tests', signal, (around) => findTests(params, { ...around, tools: this.#tools }));
  }

  async #prove(params: ProveParams, signal: AbortSignal): Promise<ProveResult> {
    if (!this.#around.trusted()) return notProven([untrusted()]);
    if (signal.aborted) return notProven([], 'cancelled');
    return this.#experiment(params.run, 'running tests', signal, (around) => prove(params, around));
  }

  /** Does something that tells by itself how far it is. */
  async #experiment<T>(run: number, text: string, signal: AbortSignal, work: (around: ExperimentSurroundings) => Promise<T>): Promise<T> {
    const { workspace, settings, sendProgress, log } = this.#around;
    const progress = { run, packageName: '', phase: 'mutants', judged: 0, planned: 0, survived: 0, text } as const;
    const report = (said: string, judged: number, planned: number) => sendProgress({ ...progress, judged, planned, text: said });
    report(text, 0, 0);
    try {
      return await work({ workspace, settings: settings(), laboratory: this.#executor, signal, progress: report, log });
    } finally {
      sendProgress({ ...progress, phase: 'ended' });
    }
  }

  #progress(run: number) {
    const tracker = new ProgressTracker();
    let packageName = '';
    let sentAt = 0;
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const send = () => {
      timer = undefined;
      sentAt = Date.now();
      const { phase, ...numbers } = tracker.progress;
      this.#around.sendProgress({ run, packageName, phase: ended ? 'ended' : phase, ...numbers });
    };
    return {
      take(name: string, event: Parameters<ProgressTracker['take']>[0]) {
        packageName = name;
        if (!tracker.take(event)) return;
        if (event.kind !== 'verdict') send();
        else timer ??= setTimeout(send, Math.max(0, PROGRESS_MS - (Date.now() - sentAt)));
      },
      end() {
        clearTimeout(timer);
        ended = true;
        send();
      },
    };
  }
}

async function functionsOf(verdicts: readonly Verdict[], workspace: Workspace): Promise<NonNullable<MutateResult['functions']>> {
  const files = [...new Set(verdicts.map(({ file }) => toUri(file)))];
  const { pseudoTested, notRun, judged } = await findRemovals(workspace, files);
  return { pseudoTested: pseudoTested.length, notRun: notRun.length, judged };
}

async function toTarget({ uri, range }: MutateParams['targets'][number], workspace: Workspace): Promise<MutateTarget | undefined> {
  const path = toPath(uri);
  if (path === undefined) return undefined;
  if (!range) return { path };
  if (comparePositions(range.start, range.end) !== 0) return { path, ranges: [range] };
  const language = languageOf(path);
  const text = workspace.openText(uri) ?? (await readText(path));
  if (!language || text === undefined) return { path };
  const tree = await SyntaxTree.parse(language, text);
  const around = enclosingPiece(tree.tree, range.start);
  tree.dispose();
  return { path, ...(around && { ranges: [around] }) };
}

function failed(failure?: Failure): MutateResult {
  return { status: 'failed', failures: failure ? [failure] : [], counts: countStatuses([]), score: null };
}

function untrusted(): Failure {
  return fail({
    code: 'untrusted',
    message: 'This workspace is not trusted, and running its tests would run its code.',
    action: 'Trust the workspace to run mutation testing.',
  }).failure;
}

function notAFile(): Failure {
  return fail({
    code: 'outside-workspace',
    message: 'Only files on a disk can be mutated.',
    action: 'Save the document into a folder of the workspace first.',
  }).failure;
}
