import type { ResolvedMutant } from '../../mutation/index.ts';
import type { SyntaxTree } from '../../syntax/index.ts';
import type { Difference } from '../explorer/findings.ts';
import type { Proof } from '../prover/experiment.ts';
import type { Sighting } from '../tightener/findings.ts';
import type { ProjectTools } from '../tools/index.ts';
import { bindingsIn, namesAround } from './bindings.ts';
import { changed, inOrder, rangeOf, stretchesOf, type TextChange } from './changes.ts';
import { type Draft, mendedDraft, type Rejected } from './draft.ts';
import { observedText } from './observed-text.ts';
import { type Place, placeAfter, placed } from './place.ts';
import { type Export, importsOf, pathTo, usesImport, type Wanted, type Way, waysTo } from './reaching.ts';
import { remarksOn } from './remarks.ts';
import { type Site, sitesIn } from './sites.ts';
import type { Skeleton } from './skeleton.ts';
import { type Style, styleOf, titlesIn } from './style.ts';
import { usesTables, withTables } from './table.ts';
import { writeTest } from './test-text.ts';
import { tightened } from './tightened.ts';

export { changed, type PlacedChange } from './changes.ts';
export type { Wanted, Way } from './reaching.ts';
export { beginningOf } from './skeleton.ts';

/** A test file that is not there yet. */
export interface Fresh {
  /** Absolute path of where it will stand. */
  path: string;
  /** The one that it is like, in whose place it runs until then. */
  model: SyntaxTree;
  /** The file that it tests. */
  file: string;
  skeleton: Skeleton;
}

/** Writes tests for one test file. */
export class WritingDesk {
  readonly #text: string;
  readonly #tree: SyntaxTree;
  readonly #fresh: Fresh | undefined;
  readonly #isModule: boolean;
  readonly #style: Style | undefined;
  readonly #titles: Set<string>;
  readonly #taken: Set<string>;
  /** Those of them that are names of its own. */
  readonly #declared: Set<string>;
  readonly #drafts: Draft[] = [];
  /** Imports as the project's tools write them, by themselves as they were written first. */
  readonly #tidied = new Map<string, string>();
  /** The text that the project's tools looked at last. */
  #checked: string | undefined;

  /** The desk disposes of the tree. `fresh` says of a file that is not there what it is like; the tree is that of its beginning then. */
  constructor(tree: SyntaxTree, fresh?: Fresh) {
    const model = fresh?.model ?? tree;
    this.#tree = tree;
    this.#fresh = fresh;
    this.#text = tree.text;
    this.#isModule = usesImport(model.tree);
    this.#style = styleOf(model.tree, model.text);
    this.#titles = new Set(titlesIn(tree.tree));
    const imported = bindingsIn(tree.tree).map(({ name }) => name);
    const required = bindingsIn(tree.tree).flatMap(({ name, kind }) => (kind === 'require' ? [name] : []));
    const declared = namesAround(tree.tree);
    this.#taken = new Set([...imported, ...declared]);
    this.#declared = new Set(declared.filter((name) => !required.includes(name)));
  }

  /** Whether it is known how its tests assert. */
  get canAssert(): boolean {
    return this.#style !== undefined;
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
    const observed = observedText(this.#tree.tree, this.#text, this.#sites(), ways, this.#isModule);
    if (!this.#fresh) return observed;
    // No framework runs a file, or a suite, without tests.
    const { offset, testName } = this.#fresh.skeleton.place;
    return `${observed.slice(0, offset)} ${testName}('nothing yet', () => {}); ${observed.slice(offset)}`;
  }

  /** The ways by which it may come to functions of a file. */
  waysTo(exports: readonly Export[], file: string, testFile: string): Map<string, Way[]> {
    if (this.#fresh) return new Map(exports.map(({ name, isDefault }) => [name, [{ path: name, from: this.#pathFrom(testFile), isDefault }]]));
    const ways = exports.map((one): [string, Way[]] => [one.name, this.#declared.has(one.name) ? [] : waysTo(this.#tree.tree, one, file, testFile)]);
    return new Map(ways.filter(([, its]) => its.length > 0));
  }

  /** How a file that is not there yet writes the path of what it tests, standing in some place. */
  #pathFrom(testFile: string): string {
    const { model, file } = this.#fresh as Fresh;
    const froms = bindingsIn(model.tree).flatMap(({ from }) => (from.startsWith('.') ? [from] : []));
    return pathTo(file, testFile, froms);
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
    const draft: Draft = { kind: 'assertions', title, mutants: [], outcomes: [], changes: [], imports: [], complaints: [], confined: false };
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
   * @param confined whether what it calls was only tried where it can change nothing
   */
  write(difference: Difference, mutants: readonly ResolvedMutant[], imports: readonly Wanted[] = [], confined = false): string | undefined {
    if (!this.#style) return 'its test file asserts in no way that is known';
    const place = this.#placeFor(difference.test);
    if (!place) return 'its test file has no test to stand beside';
    const written = writeTest(difference, this.#style, place, this.#taken, this.#titles);
    if (!written) return 'what it comes to cannot be asserted as the test file asserts';
    const body = written.text.slice(written.text.indexOf('\n'));
    const same = this.#drafts.find((draft) => draft.body === body);
    if (same) {
      // It says the same already, and has to be run again for these.
      same.mutants.push(...mutants);
      delete same.proof;
      return undefined;
    }
    this.#titles.add(written.title);
    this.#drafts.push({
      kind: 'test',
      title: written.title,
      changes: [{ start: place.offset, end: place.offset, text: placed(written.text, place, this.#style.lineEnd) }],
      imports,
      mutants: [...mutants],
      outcomes: [difference.outcome],
      complaints: [],
      confined,
      body,
      fact: difference,
    });
    this.#setOff();
    return undefined;
  }

  /** Whether a test of a difference is among what was written, by itself. */
  holds(difference: Difference): boolean {
    return this.#drafts.some(({ fact }) => fact === difference);
  }

  /**
   * Writes what is proved of the same function with a table, where the file has such tests; that is to be run again. Answers whether there is anything.
   *
   * @param parameters the names of those of functions, where they are known
   */
  tabulate(parameters: ReadonlyMap<string, readonly string[]>): boolean {
    const style = this.#style;
    if (!style || !usesTables(this.#fresh?.model.tree ?? this.#tree.tree)) return false;
    const written = withTables(this.#drafts, (test) => this.#placeFor(test), style, this.#taken, parameters);
    this.#drafts.splice(0, this.#drafts.length, ...written);
    this.#setOff();
    return this.unproved.length > 0;
  }

  #placeFor(test: string): Place | undefined {
    return this.#fresh?.skeleton.place ?? placeAfter(this.#tree.tree, this.#text, test);
  }

  /** The first test of a file, or of its suite, stands right at the beginning. */
  #setOff(): void {
    if (!this.#fresh || !this.#style) return;
    const { indent, suites } = this.#fresh.skeleton.place;
    const { lineEnd } = this.#style;
    for (const [i, { changes }] of this.#drafts.entries()) {
      const gap = i === 0 && suites.length > 0 ? lineEnd : lineEnd + lineEnd;
      for (const change of changes) change.text = gap + indent + change.text.trimStart();
    }
  }

  /** Whether the file must only be run where it can change nothing. */
  get confined(): boolean {
    return this.#drafts.some(({ confined }) => confined);
  }

  /** The text of the file with all that was written. */
  text(): string {
    return changed(this.#text, this.#changesOf(this.#drafts));
  }

  /** Has the project's formatter and linter write what was written. */
  async tidy(testFile: string, tools: Pick<ProjectTools, 'tidy'>): Promise<void> {
    const tidied = async (change: TextChange) => {
      const { start, end, text } = change;
      const whole = await tools.tidy(testFile, changed(this.#text, [change]), { start, end: start + text.length });
      return whole.slice(start, whole.length - (this.#text.length - end));
    };
    for (const change of new Set(this.#drafts.flatMap(({ changes }) => changes))) change.text = await tidied(change);
    for (const drafts of [this.#drafts, ...this.#drafts.map((one) => [one])]) {
      for (const change of this.#importsFor(drafts)) if (!this.#tidied.has(keyOf(change))) this.#tidied.set(keyOf(change), await tidied(change));
    }
  }

  /** Has the project's tools look at what was written; what only types have something against is written as they want it, where that is known, once. Answers whether there was any. */
  async fit(testFile: string, tools: Pick<ProjectTools, 'check'>): Promise<boolean> {
    await this.check(testFile, tools);
    const other = this.#drafts.filter(({ mended, table, isMended }) => mended && !table && !isMended);
    for (const draft of other) Object.assign(draft, draft.mended, { complaints: [], isMended: true });
    return other.length > 0;
  }

  /** Has the project's linter and compiler look at what was written, where that is another text than they looked at last. */
  async check(testFile: string, tools: Pick<ProjectTools, 'check'>): Promise<void> {
    const text = this.text();
    if (text === this.#checked) return;
    this.#checked = text;
    const changes = this.#changesOf(this.#drafts);
    const checked = await tools.check(testFile, text, stretchesOf(changes));
    for (const draft of this.#drafts) {
      const starts = new Set(this.#importsFor([draft]).map(({ start }) => start));
      const isOf = (one: TextChange) =>
        draft.changes.includes(one) || (starts.has(one.start) && !this.#drafts.some((other) => other.changes.includes(one)));
      draft.complaints = changes.flatMap((one, i) => (isOf(one) ? (checked[i]?.complaints ?? []) : []));
      const mended = draft.complaints.length > 0 ? mendedDraft(draft, (change) => checked[changes.indexOf(change)]) : undefined;
      if (mended) draft.mended = mended;
    }
  }

  /** Has the project's tools look at what is left, and takes back what they have something against without the rest. Answers whose tests those were, and why. */
  async finish(testFile: string, tools: Pick<ProjectTools, 'tidy' | 'check'>): Promise<Rejected[]> {
    const rejected: Rejected[] = [];
    await this.tidy(testFile, tools);
    while (this.#drafts.length > 0 && this.text() !== this.#checked) {
      await this.check(testFile, tools);
      for (const draft of this.#drafts.splice(0)) {
        const [why] = draft.complaints;
        if (why === undefined) this.#drafts.push(draft);
        else if (draft.table) this.#drafts.push(...draft.table.rows);
        else rejected.push(...draft.mutants.map((mutant) => ({ mutant, why: `of the test that was written, ${why}` })));
      }
      this.#setOff();
    }
    return rejected;
  }

  #changesOf(drafts: readonly Draft[]): TextChange[] {
    const imports = this.#importsFor(drafts).map((one) => ({ ...one, text: this.#tidied.get(keyOf(one)) ?? one.text }));
    return inOrder([...imports, ...new Set(drafts.flatMap(({ changes }) => changes))]);
  }

  /** @param from where to import from, where that is another place than it is while tests run */
  #importsFor(drafts: readonly Draft[], from?: string): TextChange[] {
    const wanted = drafts.flatMap(({ imports }) => imports.map((one) => ({ ...one, ...(from !== undefined && { from }) })));
    return this.#style ? importsOf(this.#tree.tree, this.#text, wanted, { ...this.#style, isModule: this.#isModule }) : [];
  }

  /** The whole text of a file that is not there yet, as an insertion into nothing. */
  #whole(drafts: readonly Draft[], { path }: Fresh): TextChange {
    const imports = this.#importsFor(drafts, this.#pathFrom(path));
    return { start: 0, end: 0, text: changed(this.#text, inOrder([...imports, ...drafts.flatMap(({ changes }) => changes)])) };
  }

  /** Takes what came of running a test. */
  hear(proof: Proof): void {
    const draft = this.#drafts.find(({ title }) => title === proof.title);
    if (draft) draft.proof = proof;
  }

  /** Takes back what did not pass each time or fails with no mutant; what is left is for the mutants that it fails with. Answers the others, and why. */
  settle(rounds: number): Rejected[] {
    const rejected: Rejected[] = [];
    for (const draft of this.#drafts.splice(0)) {
      const { mutants, proof, complaints } = draft;
      const passes = proof?.passed === rounds && complaints.length === 0;
      const why = complaints[0] ?? (passes ? 'it passes with the mutant as well' : `it does not pass: ${proof?.why ?? 'it could not be run'}`);
      const killed = passes ? proof.killed.map((i) => mutants[i] as ResolvedMutant) : [];
      // Tests that cannot be one with a table stay as they were.
      if (draft.table && killed.length < mutants.length) {
        this.#drafts.push(...draft.table.rows);
        continue;
      }
      for (const mutant of mutants) if (!killed.includes(mutant)) rejected.push({ mutant, why: `of the test that was written, ${why}` });
      if (killed.length > 0) this.#drafts.push({ ...draft, mutants: killed, proof: { ...proof, killed: killed.map((_, i) => i) } as Proof });
      else if (draft.kind === 'test') this.#titles.delete(draft.title);
    }
    this.#setOff();
    return rejected;
  }

  /** What is left, the file, and the changes of it that it consists of. The desk is of no use afterwards. */
  conclude(testFile: string) {
    const fresh = this.#fresh;
    const before = fresh ? '' : this.#text;
    const changesOf = (drafts: readonly Draft[]) =>
      (fresh ? (drafts.length > 0 ? [this.#whole(drafts, fresh)] : []) : this.#changesOf(drafts)).map((one) => ({
        ...one,
        range: rangeOf(before, one),
      }));
    const proposals = this.#drafts.map((draft) => ({
      kind: draft.kind,
      title: draft.title,
      ...(draft.table && { table: { pattern: draft.table.pattern, rows: draft.table.rows.length } }),
      text: draft.changes.map(({ text }) => text.trim()).join('\n'),
      mutants: draft.mutants,
      remarks: [...new Set(draft.outcomes.flatMap(remarksOn))],
      passed: draft.proof?.passed ?? 0,
      changes: changesOf([draft]),
    }));
    const changes = changesOf(this.#drafts);
    this.#tree.dispose();
    fresh?.model.dispose();
    return { proposals, testFile: fresh?.path ?? testFile, isNew: fresh !== undefined, before, changes };
  }
}

function keyOf({ start, text }: TextChange): string {
  return `${start}:${text}`;
}
