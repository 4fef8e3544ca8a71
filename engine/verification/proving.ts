import { rm } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { NamedTool, Project, ProjectCommand } from '../detection/index.ts';
import { type AppProcess, startApp } from '../load/index.ts';
import type { Failure, JobContext } from '../model/index.ts';
import { allowedEnvironment, type Command, findProgram, isSecretName, supervise } from '../process/index.ts';
import { changedBetween, expandVariables, makeRunFolder, type WorkingState, workingState } from '../workspace/index.ts';
import type { Ask } from './coverage/index.ts';
import { type Ending, howItEnded, type RunExit } from './endings.ts';
import type { EvidenceShelf } from './evidence.ts';
import { ProofLog } from './log.ts';
import { MissingProgram } from './missing-program.ts';
import type { Proof, ProvenRun, Rung, TestTally } from './model.ts';
import { quoteLines } from './quoted-lines.ts';
import { REDACTED, Redactor } from './redact.ts';
import { Refusals } from './refusal.ts';
import { confined } from './sandbox.ts';
import { shellLine } from './shell-line.ts';
import { standIn } from './stand-in.ts';
import { expandWritten } from './written-variables.ts';

/** What the commands of a proof may take and know. */
export interface ProofOptions {
  /** Milliseconds for each command. */
  time: number;
  /** Bytes of resident memory of all processes of a command. */
  memory: number;
  /** Variables that the commands get besides what every program needs. */
  environment: readonly string[];
  /** Whether the commands run without a network. */
  offline: boolean;
  /** Absolute paths of folders in which programs are looked for before all others. */
  programFolders: readonly string[];
}

/** What happens while a rung is proved. */
export type ProofEvent =
  | { kind: 'begun'; rung: Rung; directory: string; command: string }
  | { kind: 'output'; rung: Rung; line: string }
  | { kind: 'counts'; rung: Rung; counts: TestTally }
  | { kind: 'proof'; proof: Proof }
  /** There is nothing to prove of a rung. */
  | { kind: 'nothing'; rung: Rung; failure: Failure };

/** Hears a command: what it answers goes into the log, nothing where it answers undefined. */
type Hearing = (stream: 'stdout' | 'stderr', line: string) => string | undefined;

/** What a rung found out, to be made a proof of. */
export type Finding = Pick<Proof, 'verdict' | 'summary'> &
  Partial<Pick<Proof, 'notes' | 'problems' | 'tests' | 'coverage' | 'mutation' | 'load' | 'partial'>>;

/** One proof in the making: runs the commands of a rung and keeps what they say. */
export class Proving {
  /** The folder of the evidence, for what is to be kept besides the log. */
  readonly evidence: string;
  /** A temporary folder for what the rung needs; it is removed at the end. */
  readonly folder: string;
  readonly #project: Project;
  readonly #rung: Rung;
  readonly #options: ProofOptions;
  readonly #context: JobContext<ProofEvent>;
  readonly #shelf: EvidenceShelf;
  readonly #id: string;
  readonly #at: number;
  readonly #env: Record<string, string>;
  readonly #log: ProofLog;
  readonly #redactor: Redactor;
  readonly #before: Promise<WorkingState | undefined>;
  readonly #runs: ProvenRun[] = [];
  readonly #notes: string[] = [];

  private constructor(given: {
    project: Project;
    rung: Rung;
    options: ProofOptions;
    context: JobContext<ProofEvent>;
    shelf: EvidenceShelf;
    at: number;
    id: string;
    evidence: string;
    folder: string;
  }) {
    this.#project = given.project;
    this.#rung = given.rung;
    this.#options = given.options;
    this.#context = given.context;
    this.#shelf = given.shelf;
    this.#id = given.id;
    this.#at = given.at;
    this.folder = given.folder;
    this.evidence = given.evidence;
    this.#env = environmentFor(given.options);
    this.#redactor = new Redactor(process.env, this.#env);
    this.#log = new ProofLog(path.join(given.evidence, 'output.log'), this.#redactor);
    this.#before = workingState(given.project.directory, given.context.signal);
  }

  static async begin(project: Project, rung: Rung, options: ProofOptions, shelf: EvidenceShelf, context: JobContext<ProofEvent>): Promise<Proving> {
    const at = Date.now();
    const { id, folder: evidence } = await shelf.begin(rung, at);
    return new Proving({ project, rung, options, context, shelf, at, id, evidence, folder: await makeRunFolder() });
  }

  /** The command that can be run here: another one that does the same where its program is missing, of which a note says so. */
  fitted(command: ProjectCommand): ProjectCommand {
    const found = standIn(command, (program) => path.isAbsolute(program) || findProgram(program, this.#env) !== undefined);
    if (found) this.note(found.note);
    return found?.command ?? command;
  }

  /**
   * Runs one command to its end.
   *
   * @param shown what a person would type; what is really run may have more arguments and variables
   */
  run(shown: ProjectCommand, command: ProjectCommand, hear: Hearing): Promise<RunExit> {
    return this.#run(shown, command, hear, this.#options);
  }

  /** Runs a command that installs dependencies; it may take as long as that takes. */
  install(command: ProjectCommand, time: number): Promise<RunExit> {
    return this.#run(command, command, (_, line) => line, { ...this.#options, time }, { installs: true });
  }

  async #run(
    shown: ProjectCommand,
    command: ProjectCommand,
    hear: Hearing,
    options: ProofOptions,
    marks: Pick<ProvenRun, 'installs'> = {},
  ): Promise<RunExit> {
    const startedAt = await this.#begins(shown);
    const missing = new MissingProgram();
    const refusals = new Refusals();
    const take = (stream: 'stdout' | 'stderr') => (line: string) => {
      const plain = stripVTControlCharacters(line);
      missing.hear(plain);
      refusals.hear(plain);
      const heard = hear(stream, line);
      if (heard === undefined) return;
      const kept = stripVTControlCharacters(heard);
      for (const one of kept.split('\n')) this.#log.line(one);
      this.#context.report({ kind: 'output', rung: this.#rung, line: kept });
    };
    const { command: confinedCommand, note } = confined(this.#commandOf(shown, command), options);
    if (note) this.note(note);
    const exit = await supervise(confinedCommand, options, {
      signal: this.#context.signal,
      onStdout: take('stdout'),
      onStderr: take('stderr'),
    });
    this.#ends(shown, startedAt, exit, marks);
    const { found: refused } = refusals;
    if (refused !== undefined && exit.code !== 0 && !exit.stopped) return { ...exit, refused };
    const program = command.argv[0] ?? '';
    const found = exit.startError ? program : missing.found(exit.code, program);
    return found === undefined ? exit : { ...exit, missing: found };
  }

  /** Starts an app, which runs until it is stopped: that must be before {@link end}. */
  async start(shown: ProjectCommand, command: ProjectCommand): Promise<AppProcess> {
    const startedAt = await this.#begins(shown);
    const app = startApp(this.#commandOf(command, command), this.#options.memory, this.#context.signal, (line) =>
      this.says(stripVTControlCharacters(line)),
    );
    void app.ended.then((exit) => {
      // Without a cancel it is the end of the test that ends it.
      const isOver = exit.stopped === 'cancelled' && !this.#context.signal.aborted;
      this.#ends(shown, startedAt, isOver ? { ...exit, stopped: 'measured' } : exit);
    });
    return app;
  }

  /** The variables that the commands get besides their own. */
  get environment(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** Runs a command that is no part of the proof, within the same limits, and keeps nothing of what it says. */
  readonly ask: Ask = (command, listeners) =>
    supervise(confined(command, this.#options).command, this.#options, { ...listeners, signal: this.#context.signal });

  /** Texts in which `$NAME` stands for a variable that the commands get. */
  expand(texts: Readonly<Record<string, string>>): Record<string, string> {
    return expandVariables({ ...texts }, this.#env);
  }

  /** Adds a sentence to what a person should know of the proof. */
  note(sentence: string): void {
    if (!this.#notes.includes(sentence)) this.#notes.push(sentence);
  }

  /** Keeps a line of ours in the log, and tells it. */
  says(line: string): void {
    this.#log.line(line);
    this.#context.report({ kind: 'output', rung: this.#rung, line });
  }

  /** Tells how the tests stand while they run. */
  counts(counts: TestTally): void {
    this.#context.report({ kind: 'counts', rung: this.#rung, counts });
  }

  /** Makes the proof of what was found out, keeps it and tells it. Must be called once, whatever happened. */
  async end(finding: Finding, tools: readonly NamedTool[]): Promise<Proof> {
    const { signal } = this.#context;
    const before = await this.#before;
    const [after, logNotes, lines] = await Promise.all([
      // After a cancel nothing may be waited for.
      before && !signal.aborted ? workingState(this.#project.directory, signal) : undefined,
      this.#log.close(),
      quoteLines({ at: this.#at, problems: finding.problems ?? [], ...(finding.tests && { tests: finding.tests }) }),
    ]);
    const changedFiles = before && after ? changedBetween(before, after) : [];
    const environment = Object.entries(this.#env).map(([name, value]) => [name, isSecretName(name) ? REDACTED : value]);
    // A failing test shows what it compared, and a connection string has its password in it.
    const said = this.#redactor.deep({
      summary: finding.summary,
      notes: [...(finding.notes ?? []), ...this.#notes, ...changeNotes(changedFiles), ...logNotes],
      environment: Object.fromEntries(environment) as Record<string, string>,
      problems: finding.problems ?? [],
      ...(finding.tests && { tests: finding.tests }),
      ...(finding.load && { load: finding.load }),
      lines,
    });
    const proof: Proof = {
      id: this.#id,
      rung: this.#rung,
      directory: this.#project.directory,
      ecosystem: this.#project.ecosystem,
      verdict: finding.verdict,
      at: this.#at,
      durationMs: Date.now() - this.#at,
      runs: this.#runs,
      tools,
      ...(before && {
        git: {
          commit: before.commit,
          ...(before.branch !== undefined && { branch: before.branch }),
          dirty: before.hasUntracked || before.changed.size > 0,
        },
      }),
      changedFiles,
      ...(finding.coverage && { coverage: finding.coverage }),
      ...(finding.partial && { partial: finding.partial }),
      ...(finding.mutation && { mutation: finding.mutation }),
      ...said,
    };
    const kept = { ...proof, notes: [...proof.notes, ...(await this.#shelf.keep(proof))] };
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
    this.#context.report({ kind: 'proof', proof: kept });
    return kept;
  }

  /** Says what is run, and answers when that was. */
  async #begins(shown: ProjectCommand): Promise<number> {
    // The state before must be read before anything can change it.
    await this.#before;
    const { directory } = this.#project;
    this.#context.report({ kind: 'begun', rung: this.#rung, directory, command: shellLine(shown) });
    this.#log.line(`$ ${shellLine(shown, directory)}`);
    return Date.now();
  }

  #ends(shown: ProjectCommand, startedAt: number, exit: Ending, marks: Pick<ProvenRun, 'installs'> = {}): void {
    this.#log.line(`[${howItEnded(exit)} after ${(exit.durationMs / 1000).toFixed(1)} s]`);
    this.#runs.push({
      command: shown,
      startedAt,
      durationMs: exit.durationMs,
      code: exit.code,
      ...(exit.signal && !exit.stopped && { signal: exit.signal }),
      ...(exit.stopped && { stopped: exit.stopped }),
      peakMemory: exit.peakMemory,
      ...marks,
    });
  }

  #commandOf(shown: ProjectCommand, { argv: [program = '', ...args], cwd, env }: ProjectCommand): Command {
    return { program, args, cwd, env: { ...this.#env, ...expandWritten(env, shown.env, this.#env) } };
  }
}

/** The variables of a proof's commands. `CI` keeps tools from watching and asking. Nothing is said about colours: tests of what writes in colour would come out otherwise. */
function environmentFor(options: ProofOptions): Record<string, string> {
  const env = allowedEnvironment(process.env, options.environment);
  const name = Object.keys(env).find((one) => one.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...env,
    [name]: [...options.programFolders, env[name]].filter(Boolean).join(path.delimiter),
    CI: '1',
  };
}

function changeNotes(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
  return [`The project's own command changed tracked files: ${files.slice(0, 3).join(', ')}${more}.`];
}
