import type { ResolvedMutant } from '../../mutation/index.ts';
import type { SyntaxTree } from '../../syntax/index.ts';
import type { Difference } from '../explorer/findings.ts';
import { some } from '../literals.ts';
import type { Proof } from '../prover/experiment.ts';
import type { Outcome } from '../scenario.ts';
import type { ProjectTools } from '../tools/index.ts';
import { bindingsIn, namesAround } from './bindings.ts';
import { type Place, placeAfter } from './place.ts';
import { type Style, styleOf, titlesIn } from './style.ts';
import { writeTest } from './test-text.ts';

/** A test that is being written. */
interface Draft {
  title: string;
  place: Place;
  mutants: readonly ResolvedMutant[];
  outcome: Outcome;
  /** What is inserted at its place, as the file's lines are. */
  inserted: string;
  proof?: Proof;
  /** What the project's own tools have against it. */
  complaints: string[];
}

/** Writes tests for one test file. */
export class WritingDesk {
  readonly #text: string;
  readonly #tree: SyntaxTree;
  readonly #style: Style | undefined;
  readonly #titles: Set<string>;
  readonly #taken: Set<string>;
  readonly #drafts: Draft[] = [];

  /** The desk disposes of the tree. */
  constructor(tree: SyntaxTree) {
    this.#tree = tree;
    this.#text = tree.text;
    this.#style = styleOf(tree.tree, tree.text);
    this.#titles = new Set(titlesIn(tree.tree));
    this.#taken = new Set(bindingsIn(tree.tree).map(({ name }) => name));
    for (const name of namesAround(tree.tree)) this.#taken.add(name);
  }

  get tests(): { title: string; mutants: readonly ResolvedMutant[] }[] {
    return this.#drafts;
  }

  /** Writes a test for a difference. Answers why it cannot be written. */
  write(difference: Difference, mutants: readonly ResolvedMutant[]): string | undefined {
    if (!this.#style) return 'its test file asserts in no way that is known';
    const place = placeAfter(this.#tree.tree, this.#text, difference.test);
    if (!place) return 'its test file has no test to stand beside';
    const written = writeTest(difference, this.#style, place, this.#taken, this.#titles);
    if (!written) return 'what it comes to cannot be asserted as the test file asserts';
    this.#titles.add(written.title);
    const inserted = placed(written.text, place, this.#style);
    this.#drafts.push({ title: written.title, place, mutants, outcome: difference.outcome, inserted, complaints: [] });
    return undefined;
  }

  /** The text of the file with all tests that were written. */
  text(): string {
    return insert(this.#text, this.edit(this.#drafts.map(({ title }) => title)).insertions);
  }

  /** Has the project's formatter and linter write what was written. */
  async tidy(testFile: string, tools: Pick<ProjectTools, 'tidy'>): Promise<void> {
    for (const draft of this.#drafts) {
      const { offset } = draft.place;
      const alone = this.#text.slice(0, offset) + draft.inserted + this.#text.slice(offset);
      const tidied = await tools.tidy(testFile, alone, { start: offset, end: offset + draft.inserted.length });
      draft.inserted = tidied.slice(offset, tidied.length - (this.#text.length - offset));
    }
  }

  /** Has the project's linter and compiler look at what was written. */
  async check(testFile: string, tools: Pick<ProjectTools, 'check'>): Promise<void> {
    const ordered = this.#inOrder(this.#drafts);
    let shift = 0;
    const stretches = ordered.map(({ place, inserted }) => {
      const start = place.offset + shift;
      shift += inserted.length;
      return { start, end: start + inserted.length };
    });
    const complaints = await tools.check(testFile, this.text(), stretches);
    for (const [i, draft] of ordered.entries()) draft.complaints = complaints[i] ?? [];
  }

  #inOrder(drafts: readonly Draft[]): Draft[] {
    return [...drafts].sort((a, b) => a.place.offset - b.place.offset);
  }

  /** Takes what came of running a test. */
  hear(proof: Proof): void {
    const draft = this.#drafts.find(({ title }) => title === proof.title);
    if (draft) draft.proof = proof;
  }

  /** The tests that passed each time and fail with mutants, and those mutants that are left. */
  conclude(rounds: number) {
    const proposals = [];
    const rejected: { mutant: ResolvedMutant; why: string }[] = [];
    for (const { title, inserted, mutants, outcome, proof, complaints } of this.#drafts) {
      const passes = proof?.passed === rounds && complaints.length === 0;
      const killed = passes ? (proof?.killed ?? []) : [];
      for (const [i, mutant] of mutants.entries()) {
        if (killed.includes(i)) continue;
        const why = complaints[0] ?? (passes ? 'it passes with the mutant as well' : `it does not pass: ${proof?.why ?? 'it could not be run'}`);
        rejected.push({ mutant, why: `of the test that was written, ${why}` });
      }
      if (killed.length > 0) {
        proposals.push({
          title,
          text: inserted.trim(),
          mutants: killed.map((i) => mutants[i] as ResolvedMutant),
          remarks: remarksOn(outcome),
          passed: proof?.passed ?? 0,
        });
      }
    }
    this.#tree.dispose();
    return { proposals, rejected };
  }

  /** The insertions that write some of the tests. */
  edit(titles: readonly string[]) {
    const wanted = new Set(titles);
    const insertions = this.#inOrder(this.#drafts.filter(({ title }) => wanted.has(title))).map(({ place: { offset }, inserted }) => ({
      at: positionAt(this.#text, offset),
      offset,
      text: inserted,
    }));
    return { before: this.#text, insertions };
  }
}

/** A text with insertions at its own offsets, in their order. */
export function insert(text: string, insertions: readonly { offset: number; text: string }[]): string {
  let result = '';
  let at = 0;
  for (const { offset, text: inserted } of insertions) {
    result += text.slice(at, offset) + inserted;
    at = offset;
  }
  return result + text.slice(at);
}

function placed(text: string, { indent, spaced }: Place, { lineEnd }: Style): string {
  const lines = text.split('\n').map((line) => (line === '' ? line : indent + line));
  return [...(spaced ? ['', ''] : ['']), ...lines].join(lineEnd);
}

function positionAt(text: string, offset: number) {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, column: offset - (before.lastIndexOf('\n') + 1) };
}

/** What is odd about what a test would record. */
function remarksOn({ kind, value }: Outcome): string[] {
  const remarks: string[] = [];
  const isNumber = (is: string) => some(value, (one) => typeof one === 'object' && one !== null && one.$ === 'number' && one.is === is);
  if (isNumber('NaN')) remarks.push('It records NaN.');
  if (isNumber('-0')) remarks.push('It records negative zero.');
  if (kind === 'throws' || kind === 'rejects') {
    const name = typeof value === 'object' && value !== null && value.$ === 'error' ? value.name : '';
    if (/^(TypeError|ReferenceError|RangeError)$/.test(name)) remarks.push(`It records a ${name}, which may come from deep inside.`);
  }
  return remarks;
}
