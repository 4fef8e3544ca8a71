import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Position, Range } from '../engine/model/index.ts';
import type { TestLocator } from '../engine/mutation/index.ts';
import type { BrokenFile, Problem, RanTest } from '../engine/verification/index.ts';
import { toLsp, toUri } from './convert.ts';
import { SOURCE } from './diagnostics.ts';
import type { Ladders, ProjectProof } from './ladders.ts';
import { Places } from './places.ts';
import { keyOf } from './proof-views.ts';
import type { ShownPlace } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** A message in Problems is at most so long: a diff of two large objects is read in the proof. */
const LONGEST = 2000;

/** Something that a proof says of a file. */
interface Said {
  newest: ProjectProof;
  place(places: Places): Promise<ShownPlace | null>;
  /** The end of the range, on the line where it begins; the whole line where it is not told. */
  endColumn?: number;
  severity: DiagnosticSeverity;
  code: string;
  message: string;
}

/** What the newest proofs say of files, as diagnostics on the lines where what they speak of stands now. */
export class ProofProblems {
  readonly #workspace: Workspace;
  readonly #ladders: Ladders;
  readonly #locator: TestLocator;
  #said: Promise<Map<string, Said[]>> | undefined;

  constructor(workspace: Workspace, ladders: Ladders, locator: TestLocator) {
    this.#workspace = workspace;
    this.#ladders = ladders;
    this.#locator = locator;
  }

  /** Says that there may be other proofs now. */
  lookAgain(): void {
    this.#said = undefined;
  }

  /** The files (URIs) that something is said of. */
  async files(): Promise<string[]> {
    return [...(await this.#all()).keys()];
  }

  /** What is said of a file; nothing of lines that are gone. */
  async of(uri: string): Promise<Diagnostic[]> {
    const said = (await this.#all()).get(uri);
    if (!said) return [];
    const places = new Map<ProjectProof, Places>();
    const placed = await Promise.all(
      said.map(async (one) => {
        const known = places.get(one.newest) ?? new Places(this.#workspace, this.#locator, one.newest.proof);
        places.set(one.newest, known);
        const at = await one.place(known);
        return at?.isThere ? diagnostic(one, at.position) : undefined;
      }),
    );
    return placed.filter((one) => one !== undefined);
  }

  #all(): Promise<Map<string, Said[]>> {
    if (this.#said) return this.#said;
    const reading = this.#read();
    this.#said = reading;
    // What went wrong once is tried again.
    reading.catch(() => {
      if (this.#said === reading) this.#said = undefined;
    });
    return reading;
  }

  async #read(): Promise<Map<string, Said[]>> {
    const said = new Map<string, Said[]>();
    const add = (file: string, one: Said) => {
      const uri = toUri(file);
      said.set(uri, [...(said.get(uri) ?? []), one]);
    };
    for (const newest of await this.#ladders.newest('compile')) for (const problem of newest.proof.problems) ofProblem(problem, newest, add);
    for (const newest of await this.#ladders.newest('test')) {
      const { tests = [], broken = [], flaky = [] } = newest.proof.tests ?? {};
      const isFlaky = new Set(flaky.map(keyOf));
      for (const one of broken) ofBroken(one, newest, add);
      for (const test of tests) if (test.state === 'failed') ofTest(test, isFlaky.has(keyOf(test)), newest, add);
    }
    return said;
  }
}

type Add = (file: string, said: Said) => void;

function ofProblem({ file, range, severity, tool, code, message }: Problem, newest: ProjectProof, add: Add): void {
  if (file === undefined) return;
  add(file, {
    newest,
    place: (places) => (range ? places.of(file, range.start) : places.top(file)),
    ...(range && endOf(range)),
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code: code ?? tool,
    message: `${message} (${tool})`,
  });
}

function ofBroken({ file, position, message }: BrokenFile, newest: ProjectProof, add: Add): void {
  if (file === undefined) return;
  add(file, {
    newest,
    place: (places) => (position ? places.of(file, position) : places.top(file)),
    severity: DiagnosticSeverity.Error,
    code: 'not-run',
    message: `None of its tests could run: ${message}`,
  });
}

function ofTest(test: RanTest, isFlaky: boolean, newest: ProjectProof, add: Add): void {
  const { title, failure } = test;
  const own = failure?.file !== undefined && failure.position ? { file: failure.file, position: failure.position } : undefined;
  const file = own?.file ?? test.file;
  if (file === undefined) return;
  const values = [
    ...(failure?.expected === undefined ? [] : [`expected: ${failure.expected}`]),
    ...(failure?.actual === undefined ? [] : [`actual: ${failure.actual}`]),
  ];
  const name = title.join(' › ');
  add(file, {
    newest,
    place: (places) => (own ? places.of(own.file, own.position) : places.ofTest(test)),
    severity: isFlaky ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
    code: isFlaky ? 'flaky-test' : 'failing-test',
    message: [isFlaky ? `Flaky, failed once and passed then: ${name}` : `Fails: ${name}`, failure?.message ?? '', ...values]
      .filter(Boolean)
      .join('\n'),
  });
}

function endOf({ start, end }: Range): { endColumn?: number } {
  return end.line === start.line && end.column > start.column && end.column < Number.MAX_SAFE_INTEGER ? { endColumn: end.column } : {};
}

function diagnostic({ newest, endColumn, severity, code, message }: Said, position: Position): Diagnostic {
  const start = toLsp.position(position);
  // An editor cuts what is longer than the line.
  const end = { line: start.line, character: endColumn ?? 10_000 };
  return {
    range: { start, end },
    severity,
    source: SOURCE,
    code,
    codeDescription: { href: toUri(newest.log) },
    message: message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message,
  };
}
