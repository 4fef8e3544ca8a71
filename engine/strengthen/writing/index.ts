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
import { observedText } from './observed-text.ts';
import { type Place, placeAfter } from './place.ts';
import { importOf, type Way, waysTo } from './reaching.ts';
import { type Site, sitesIn } from './sites.ts';
import { type Style, styleOf, titlesIn } from './style.ts';
import { type WrittenTest, writeTest } from './test-text.ts';
import { tightened } from './tightened.ts';

export { changed } from './changes.ts';
export type { Way } from './reaching.ts';

/** What TypeScript says where something may be `null` or `undefined`. */
const MAY_BE_MISSING = /\(TS(?:2531|2532|2533|18047|18048|18049)\)/;

/** A test that is being written, or one of the file's that is made to notice more. */
export interface Draft {
  kind: 'test' | 'assertions';
  /** The title of a new test; the full name of one that is there. */
  title: string;
  mutants: ResolvedMutant[];
  /** What it comes to say. */
  outcomes: Outcome[];
  changes: TextChange[];
  /** The same where what leads to the value may be missing, as types have it. */
  optional?: TextChange;
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

  /** What was written and has not been run. */
  get unproved(): readonly Draft[] {
    return this.#drafts.filter(({ proof }) => !proof);
  }

  /**
   * The text of the file that tells what its tests call, and what values are in them.
   *
   * @param ways how it may come to functions that it does not use, by their names
   */
  observed(ways: ReadonlyMap<string, readonly Way[]>): string {
    return observedText(this.#tree.tree, this.#text, this.#sites(), ways);
  }

  /** The ways by which it may come to functions of a file that it does not use. */
  waysTo(names: readonly string[], file: string, testFile: string): Map<string, Way[]> {
    const ways = names.map((name): [string, Way[]] => [name, this.#taken.has(name) ? [] : waysTo(this.#tree.tree, name, file, testFile)]);
    return new Map(ways.filter(([, its]) => its.length > 0));
  }

  /**
   * Has tests say what is seen in them, where it is another thing with mutants. Answers the mutants that are noticed by it.
   *
   * @param mutants those that sightings speak of by their places
   */
  tighten(sightings: readonly Sighting[], mutants: readonly ResolvedMutant[]): Set<ResolvedMutant> {
    const noticed = new Set<ResolvedMutant>();
    const sites = this.#sites();
    const order: Site['kind'][] = ['assertion', 'call', 'declaration'];
    const rank = (one: Sighting) => order.indexOf(sites[one.site]?.kind ?? 'declaration');
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

  /**
   * Writes a test for a difference. Answers why it cannot be written.
   *
   * @param imports names that the file has to import for it, and from where
   */
  write(difference: Difference, mutants: readonly ResolvedMutant[], imports: readonly { name: string; from: string }[] = []): string | undefined {
    if (!this.#style) return 'its test file asserts in no way that is known';
    const place = placeAfter(this.#tree.tree, this.#text, difference.test);
    if (!place) return 'its test file has no test to stand beside';
    const written = writeTest(difference, this.#style, place, this.#taken, this.#titles);
    if (!written) return 'what it comes to cannot be asserted as the test file asserts';
    const optional = writeTest(difference, this.#style, place, this.#taken, this.#titles, true);
    this.#titles.add(written.title);
    const style = this.#style;
    const changeOf = ({ text }: WrittenTest) => ({ start: place.offset, end: place.offset, text: placed(text, place, style) });
    this.#drafts.push({
      kind: 'test',
      title: written.title,
      changes: [...imports.map(({ name, from }) => this.#import(name, from, style)), changeOf(written)],
      ...(optional && optional.text !== written.text && { optional: changeOf(optional) }),
      mutants: [...mutants],
      outcomes: [difference.outcome],
      complaints: [],
    });
    return undefined;
  }

  /** One change for all tests that need it. */
  #import(name: string, from: string, style: Style): TextChange {
    const change = importOf(this.#tree.tree, this.#text, name, from, style);
    const same = this.#drafts.flatMap(({ changes }) => changes).find(({ start, text }) => start === change.start && text === change.text);
    return same ?? change;
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
    return inOrder([...new Set(this.#drafts.flatMap(({ changes }) => changes))]);
  }

  /** Takes what came of running a test. */
  hear(proof: Proof): void {
    const draft = this.#drafts.find(({ title }) => title === proof.title);
    if (draft) draft.proof = proof;
  }

  /**
   * Takes back what did not pass each time or fails with no mutant; what is left is for the mutants that it fails with. Answers the others, and why. What only
   * types have something against is written as they want it, where it can be, and is to be run again.
   */
  settle(rounds: number): { mutant: ResolvedMutant; why: string }[] {
    const rejected: { mutant: ResolvedMutant; why: string }[] = [];
    for (const draft of this.#drafts.splice(0)) {
      const { mutants, proof, complaints, optional, ...others } = draft;
      if (optional && complaints.length > 0 && complaints.every((one) => MAY_BE_MISSING.test(one))) {
        this.#drafts.push({ ...others, mutants, changes: [...others.changes.slice(0, -1), optional], complaints: [] });
        continue;
      }
      const passes = proof?.passed === rounds && complaints.length === 0;
      const why = complaints[0] ?? (passes ? 'it passes with the mutant as well' : `it does not pass: ${proof?.why ?? 'it could not be run'}`);
      const killed = passes ? proof.killed.map((i) => mutants[i] as ResolvedMutant) : [];
      for (const mutant of mutants) if (!killed.includes(mutant)) rejected.push({ mutant, why: `of the test that was written, ${why}` });
      if (killed.length > 0) this.#drafts.push({ ...draft, mutants: killed, proof: { ...proof, killed: killed.map((_, i) => i) } as Proof });
      else if (draft.kind === 'test') this.#titles.delete(draft.title);
    }
    return rejected;
  }

  /** What is left, and the changes of the file that it consists of. The desk is of no use afterwards. */
  conclude() {
    const proposals = this.#drafts.map(({ kind, title, mutants, outcomes, proof, changes }) => ({
      kind,
      title,
      text: (kind === 'test' ? changes.slice(-1) : changes).map(({ text }) => text.trim()).join('\n'),
      mutants,
      remarks: [...new Set(outcomes.flatMap(remarksOn))],
      passed: proof?.passed ?? 0,
      changes: changes.map((one) => this.#placed(one)),
    }));
    this.#tree.dispose();
    return { proposals, before: this.#text, changes: this.#changes().map((one) => this.#placed(one)) };
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
