import { Auditor, type FileAudit } from '../audit/index.ts';
import { type Failure, fail, type JobContext, ok, type Range, type Result } from '../model/index.ts';
import type { Laboratory, MutationPlan } from '../mutation/index.ts';
import { findNode, type NodeRuntime, shippedFile } from '../process/index.ts';
import { BareCopier, functionBodies, functionOfBody, languageOf, SyntaxTree } from '../syntax/index.ts';
import { findPackage, readText, type TestPackage } from '../workspace/index.ts';
import { FileTrial } from './file-trial.ts';
import { reachableSources } from './reachable.ts';
import type { FileTestimony } from './testimony.ts';
import { watchedText } from './watched-text.ts';

/** How long a test process may go on without a sign of life, milliseconds: a broken function may be what keeps a test from ending. */
const STALL_MS = 30_000;

/** Which tests to prove, and with what. All paths are absolute. */
export interface ProveRequest {
  /** Test files of one package. */
  files: readonly string[];
  /** The open folder, or the one stood in, that holds them. */
  folder: string;
  /** Texts of unsaved documents by path. */
  overlays: ReadonlyMap<string, string>;
  node: { setting?: string | undefined; own?: { path: string; version: string } | undefined };
  concurrency?: number | undefined;
  dryRunMinutes: number;
  laboratory: Laboratory;
}

/** What is said meanwhile: how many files are done, of how many. */
export type ProveEvent = { kind: 'proving'; done: number; files: number } | { kind: 'log'; line: string };

/** What the tests of a package were seen to do. */
export interface Proven {
  package: TestPackage;
  files: FileTestimony[];
}

/**
 * Runs test files, counts which of their assertions are made, and then breaks what each test runs (bodies of functions removed, constants returned, at last
 * all of StrykerJS's mutants) until it fails or nothing is left to break.
 */
export async function proveTests(request: ProveRequest, context: JobContext<ProveEvent>): Promise<Result<Proven>> {
  const { files, folder, overlays } = request;
  const [first] = files;
  if (first === undefined) return fail(noTests(folder));
  const pkg = await findPackage(first, folder);
  if (!pkg.ok) return pkg;
  const { directory } = pkg.value;
  const node = await findNode({ ...request.node, directory });
  if (!node.ok) return node;
  const trials = await trialsOf(files, overlays);
  if (trials.length === 0) return fail(noTests(folder));
  const sources = await reachableSources(directory, files, overlays);
  const functions = await Functions.read(sources.all, overlays);
  const proving = new Proving(request, pkg.value, node.value, trials, context);

  const failure = await proving.round(
    trials,
    sources.all.flatMap((file) => {
      const bodies = functions.bodies(file);
      return bodies.length > 0 ? [{ file, bodies, named: true }] : [];
    }),
  );
  if (failure) return fail(failure);
  const suspicious = trials.filter(({ suspects }) => suspects.length > 0);
  for (const trial of suspicious) trial.goOn();
  const concerned = new Set(suspicious.flatMap((trial) => [...trial.suspectFiles, ...(sources.directly.get(trial.file) ?? [])]));
  const failed = await proving.round(
    suspicious,
    [...concerned].map((file) => ({ file, named: true })),
  );
  if (failed) return fail(failed);
  return ok({ package: pkg.value, files: trials.map((trial) => trial.testimony((file, range) => functions.name(file, range))) });
}

/** Does trials of some files with the mutants of some targets. */
class Proving {
  readonly #request: ProveRequest;
  readonly #package: TestPackage;
  readonly #node: NodeRuntime;
  readonly #all: readonly FileTrial[];
  readonly #context: JobContext<ProveEvent>;
  readonly #done = new Set<string>();

  constructor(request: ProveRequest, pkg: TestPackage, node: NodeRuntime, all: readonly FileTrial[], context: JobContext<ProveEvent>) {
    this.#request = request;
    this.#package = pkg;
    this.#node = node;
    this.#all = all;
    this.#context = context;
  }

  /** Begins trials again that came to a bad end, as long as there is sense in it. */
  async round(trials: readonly FileTrial[], targets: MutationPlan['targets']): Promise<Failure | undefined> {
    let going = targets.length > 0 ? trials : [];
    while (going.length > 0 && !this.#context.signal.aborted) {
      const failure = await this.#experiment(going, targets);
      if (failure) return failure;
      going = going.filter((trial) => trial.mayGoOn());
    }
    return undefined;
  }

  async #experiment(trials: readonly FileTrial[], targets: MutationPlan['targets']): Promise<Failure | undefined> {
    const { laboratory, overlays, concurrency, dryRunMinutes } = this.#request;
    const { signal, report } = this.#context;
    const plan: MutationPlan = {
      package: this.#package,
      targets,
      overlays: new Map([...overlays, ...trials.map(({ file, watched }) => [file, watched.text] as const)]),
      node: this.#node,
      dryRunMinutes,
      ...(concurrency !== undefined && { concurrency }),
    };
    const each = trials.map(({ file, questions }) => ({ testFile: file, input: questions }));
    const script = shippedFile('dist', 'hot', 'trial.js');
    const outcome = await laboratory.experiment(
      plan,
      { script, each, stallMs: STALL_MS, totalMs: dryRunMinutes * 60_000, isFollowed: false },
      {
        signal,
        report: (event) => {
          if (event.kind === 'log') return report(event);
          trials.find(({ file }) => file === event.testFile)?.hear(event);
          if (event.kind === 'found' && (event.finding as { kind: string }).kind !== 'end') return;
          this.#done.add(event.testFile);
          report({ kind: 'proving', done: this.#done.size, files: this.#all.length });
        },
      },
    );
    return outcome.status === 'failed' ? outcome.failure : undefined;
  }
}

async function trialsOf(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<FileTrial[]> {
  const auditor = await Auditor.create((file) => overlays.get(file));
  const trials: FileTrial[] = [];
  for (const file of files) {
    const text = overlays.get(file) ?? (await readText(file));
    const language = languageOf(file);
    const audit: FileAudit | undefined = text === undefined ? undefined : auditor.audit(file, text);
    if (text === undefined || !language || !audit || audit.tests.length === 0) continue;
    const tree = await SyntaxTree.parse(language, text);
    trials.push(new FileTrial(file, text, watchedText(new BareCopier().copy(tree.tree, text), text, audit), audit));
    tree.dispose();
  }
  return trials;
}

/** The functions of some files, by the bodies that can be removed. */
class Functions {
  readonly #files = new Map<string, { bodies: Range[]; names: Map<string, string> }>();

  static async read(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<Functions> {
    const all = new Functions();
    for (const file of files) {
      const language = languageOf(file);
      const text = overlays.get(file) ?? (await readText(file));
      if (!language || text === undefined) continue;
      const tree = await SyntaxTree.parse(language, text);
      const bodies = functionBodies(tree.tree);
      const names = new Map(bodies.map((range) => [keyOf(range), functionOfBody(tree.tree, range)?.text ?? '']));
      tree.dispose();
      all.#files.set(file, { bodies, names });
    }
    return all;
  }

  bodies(file: string): Range[] {
    return this.#files.get(file)?.bodies ?? [];
  }

  name(file: string, range: Range): string | undefined {
    return this.#files.get(file)?.names.get(keyOf(range));
  }
}

function keyOf({ start, end }: Range): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

function noTests(folder: string): Failure {
  return {
    code: 'no-tests',
    message: `No tests were found in ${folder}.`,
    action: 'Name test files, or a directory that holds some; only tests of JavaScript and TypeScript can be run.',
  };
}
