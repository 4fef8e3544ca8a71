import type { Range } from '../../model/index.ts';
import type { ResolvedMutant } from '../../mutation/index.ts';
import type { SyntaxTree } from '../../syntax/index.ts';
import type { Difference } from '../explorer/findings.ts';
import { some } from '../literals.ts';
import type { Proof } from '../prover/experiment.ts';
import type { Outcome } from '../scenario.ts';
import type { Sighting } from '../tightener/findings.ts';
import type { ProjectTools } from '../tools/index.ts';
import { bindingsIn, namesAround } from './bindings.ts';
import { changed, inOrder, rangeOf, stretchesOf, type TextChange } from './changes.ts';
import { type Place, placeAfter } from './place.ts';
import { type Site, sitesIn, watchedText } from './sites.ts';
import { type Style, styleOf, titlesIn } from './style.ts';
import { writeTest } from './test-text.ts';
import { tightened } from './tightened.ts';

export { changed } from './changes.ts';

/** A test that is being written, or one of the file's that is made to notice more. */
export interface Draft {
  kind: 'test' | 'assertions';
  /** The title of a new test; the full name of one that is there. */
  title: string;
  mutants: ResolvedMutant[];
  /** What it comes to say. */
  outcomes: Outcome[];
  changes: TextChange[];
  proof?: Proof;
  /** What the project's own tools have against it. */
  complaints: string[];
}

/** A place in a test where the value is another one with mutants on. */
export type Seen = Extract<Sighting, { kind: 'seen' }>;

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

  get tests(): readonly Draft[] {
    return this.#drafts;
  }

  /** The text of the file that tells the values in its tests; undefined where it asserts in no way that is known. */
  watched(): string | undefined {
    return this.#style && watchedText(this.#text, this.#sites());
  }

  /**
   * Has tests say what is seen in them, where it is another thing with mutants. Answers the mutants that are noticed by it.
   *
   * @param mutants those that sightings speak of by their places
   */
  tighten(sightings: readonly Seen[], mutants: readonly ResolvedMutant[]): Set<ResolvedMutant> {
    const noticed = new Set<ResolvedMutant>();
    const sites = this.#sites();
    const order: Site['kind'][] = ['assertion', 'call', 'declaration'];
    const rank = (one: Seen) => order.indexOf(sites[one.site]?.kind ?? 'declaration');
    // What stands there already comes first, and what notices most.
    for (const { site, test, outcome, others } of [...sightings].sort((a, b) => rank(a) - rank(b) || b.others.length - a.others.length)) {
      const open = others.filter(({ mutant }) => !noticed.has(mutants[mutant] as ResolvedMutant));
      for (const { mutant, mutated } of open) {
        const change = this.#style && sites[site] && tightened(sites[site], outcome, mutated, this.#style, this.#text.slice(sites[site].start));
        if (!change) continue;
        const draft = this.#drafts.find(({ kind, title }) => kind === 'assertions' && title === test) ?? this.#assertionsOf(test);
        const same = draft.changes.find(({ start, text }) => start === change.start && text === change.text);
        // One assertion takes the place of another.
        if (!same && change.end > change.start && draft.changes.some(({ start }) => start === change.start)) continue;
        if (!same) draft.changes = inOrder([...draft.changes, change]);
        if (!same) draft.outcomes.push(outcome);
        draft.mutants.push(mutants[mutant] as ResolvedMutant);
        noticed.add(mutants[mutant] as ResolvedMutant);
      }
    }
    return noticed;
  }

  #assertionsOf(title: string): Draft {
    const draft: Draft = { kind: 'assertions', title, mutants: [], outcomes: [], changes: [], complaints: [] };
    this.#drafts.push(draft);
    return draft;
  }

  #sites(): readonly Site[] {
    return this.#style ? sitesIn(this.#tree.tree, this.#text, this.#style.assertions) : [];
  }

  /** Writes a test for a difference. Answers why it cannot be written. */
  write(difference: Difference, mutants: readonly ResolvedMutant[]): string | undefined {
    if (!this.#style) return 'its test file asserts in no way that is known';
    const place = placeAfter(this.#tree.tree, this.#text, difference.test);
    if (!place) return 'its test file has no test to stand beside';
    const written = writeTest(difference, this.#style, place, this.#taken, this.#titles);
    if (!written) return 'what it comes to cannot be asserted as the test file asserts';
    this.#titles.add(written.title);
    const change = { start: place.offset, end: place.offset, text: placed(written.text, place, this.#style) };
    this.#drafts.push({
      kind: 'test',
      title: written.title,
      changes: [change],
      mutants: [...mutants],
      outcomes: [difference.outcome],
      complaints: [],
    });
    return undefined;
  }

  /** The text of the file with all that was written. */
  text(): string {
    return changed(this.#text, this.#changes());
  }

  /** Has the project's formatter and linter write what was written. */
  async tidy(testFile: string, tools: Pick<ProjectTools, 'tidy'>): Promise<void> {
    for (const change of this.#changes()) {
      const { start, end } = change;
      const alone = changed(this.#text, [change]);
      const tidied = await tools.tidy(testFile, alone, { start, end: start + change.text.length });
      change.text = tidied.slice(start, tidied.length - (this.#text.length - end));
    }
  }

  /** Has the project's linter and compiler look at what was written. */
  async check(testFile: string, tools: Pick<ProjectTools, 'check'>): Promise<void> {
    const changes = this.#changes();
    const complaints = await tools.check(testFile, this.text(), stretchesOf(changes));
    for (const draft of this.#drafts) draft.complaints = changes.flatMap((one, i) => (draft.changes.includes(one) ? (complaints[i] ?? []) : []));
  }

  #changes(): TextChange[] {
    return inOrder(this.#drafts.flatMap(({ changes }) => changes));
  }

  /** Takes what came of running a test. */
  hear(proof: Proof): void {
    const draft = this.#drafts.find(({ title }) => title === proof.title);
    if (draft) draft.proof = proof;
  }

  /** What passed each time and fails with mutants, with those mutants that it fails with; the mutants that are left; and the changes of the file that make it so. */
  conclude(rounds: number) {
    const proposals = [];
    const rejected: { mutant: ResolvedMutant; why: string }[] = [];
    const changes: TextChange[] = [];
    for (const { kind, title, mutants, outcomes, proof, complaints, ...draft } of this.#drafts) {
      const passes = proof?.passed === rounds && complaints.length === 0;
      const killed = passes ? (proof?.killed ?? []) : [];
      for (const [i, mutant] of mutants.entries()) {
        if (killed.includes(i)) continue;
        const why = complaints[0] ?? (passes ? 'it passes with the mutant as well' : `it does not pass: ${proof?.why ?? 'it could not be run'}`);
        rejected.push({ mutant, why: `of the test that was written, ${why}` });
      }
      if (killed.length === 0) continue;
      changes.push(...draft.changes);
      proposals.push({
        kind,
        title,
        text: draft.changes.map(({ text }) => text.trim()).join('\n'),
        mutants: killed.map((i) => mutants[i] as ResolvedMutant),
        remarks: [...new Set(outcomes.flatMap(remarksOn))],
        passed: proof?.passed ?? 0,
        changes: draft.changes.map((one) => this.#placed(one)),
      });
    }
    this.#tree.dispose();
    return { proposals, rejected, before: this.#text, changes: inOrder(changes).map((one) => this.#placed(one)) };
  }

  #placed(change: TextChange): PlacedChange {
    return { ...change, range: rangeOf(this.#text, change) };
  }
}

/** A change of a text, with the lines and columns of what it takes the place of. */
export interface PlacedChange extends TextChange {
  range: Range;
}

function placed(text: string, { indent, spaced }: Place, { lineEnd }: Style): string {
  const lines = text.split('\n').map((line) => (line === '' ? line : indent + line));
  return [...(spaced ? ['', ''] : ['']), ...lines].join(lineEnd);
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
