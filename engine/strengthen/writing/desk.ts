import type { ResolvedMutant } from '../../mutation/index.ts';
import type { SyntaxTree } from '../../syntax/index.ts';
import type { Difference } from '../explorer/findings.ts';
import type { Proof } from '../prover/experiment.ts';
import type { Sighting } from '../tightener/findings.ts';
import { bindingsIn, namesAround } from './bindings.ts';
import { inOrder, rangeOf } from './changes.ts';
import type { Draft, Rejected } from './draft.ts';
import { Fitting } from './fitting.ts';
import { observedText } from './observed-text.ts';
import { placed } from './place.ts';
import { type Export, type Wanted, type Way, waysTo } from './reaching.ts';
import { remarksOn } from './remarks.ts';
import { type Fresh, Sheet } from './sheet.ts';
import type { Site } from './sites.ts';
import { titlesIn } from './style.ts';
import { usesTables, withTables } from './table.ts';
import { writeTest } from './test-text.ts';
import { tightened } from './tightened.ts';

/** Writes tests for one test file. */
export class WritingDesk {
  readonly #sheet: Sheet;
  readonly #titles: Set<string>;
  readonly #taken: Set<string>;
  /** Those of them that are names of its own. */
  readonly #declared: Set<string>;
  readonly #drafts: Draft[] = [];
  /** Has what was written fit the project. */
  readonly fitting: Fitting;

  /** The desk disposes of the tree. `fresh` says of a file that is not there what it is like; the tree is that of its beginning then. */
  constructor(tree: SyntaxTree, fresh?: Fresh) {
    this.#sheet = new Sheet(tree, fresh);
    this.fitting = new Fitting(this.#sheet, this.#drafts);
    this.#titles = new Set(titlesIn(tree.tree));
    const imported = bindingsIn(tree.tree).map(({ name }) => name);
    const required = bindingsIn(tree.tree).flatMap(({ name, kind }) => (kind === 'require' ? [name] : []));
    const declared = namesAround(tree.tree);
    this.#taken = new Set([...imported, ...declared]);
    this.#declared = new Set(declared.filter((name) => !required.includes(name)));
  }

  /** Whether it is known how its tests assert. */
  get canAssert(): boolean {
    return this.#sheet.style !== undefined;
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
    const { tree, text, sites, isModule, fresh } = this.#sheet;
    const observed = observedText(tree.tree, text, sites, ways, isModule);
    if (!fresh) return observed;
    // No framework runs a file, or a suite, without tests.
    const { offset, testName } = fresh.skeleton.place;
    return `${observed.slice(0, offset)} ${testName}('nothing yet', () => {}); ${observed.slice(offset)}`;
  }

  /** The ways by which it may come to functions of a file. */
  waysTo(exports: readonly Export[], file: string, testFile: string): Map<string, Way[]> {
    const { fresh, tree } = this.#sheet;
    if (fresh) return new Map(exports.map(({ name, isDefault }) => [name, [{ path: name, from: this.#sheet.pathFrom(testFile), isDefault }]]));
    const ways = exports.map((one): [string, Way[]] => [one.name, this.#declared.has(one.name) ? [] : waysTo(tree.tree, one, file, testFile)]);
    return new Map(ways.filter(([, its]) => its.length > 0));
  }

  /**
   * Has tests say what is seen in them, where it is another thing with mutants. Answers the mutants that are noticed by it.
   *
   * @param mutants those that sightings speak of by their places
   */
  tighten(sightings: readonly Sighting[], mutants: readonly ResolvedMutant[]): Set<ResolvedMutant> {
    const noticed = new Set<ResolvedMutant>();
    const { sites, style, text } = this.#sheet;
    const order: Site['kind'][] = ['assertion', 'call', 'declaration'];
    const rank = (one: Sighting) => order.indexOf(sites[one.site]?.kind ?? 'declaration');
    // What stands there already comes first, and what notices most.
    for (const { site, test, outcome, others } of [...sightings].sort((a, b) => rank(a) - rank(b) || b.others.length - a.others.length)) {
      const open = others.filter(({ mutant }) => !noticed.has(mutants[mutant] as ResolvedMutant));
      for (const { mutant, mutated } of open) {
        const change = style && sites[site] && tightened(sites[site], outcome, mutated, style, text.slice(sites[site].start));
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

  /**
   * Writes a test for a difference. Answers why it cannot be written.
   *
   * @param imports names that the file has to import for it, and from where
   * @param confined whether what it calls was only tried where it can change nothing
   */
  write(difference: Difference, mutants: readonly ResolvedMutant[], imports: readonly Wanted[] = [], confined = false): string | undefined {
    const { style } = this.#sheet;
    if (!style) return 'its test file asserts in no way that is known';
    const place = this.#sheet.placeFor(difference.test);
    if (!place) return 'its test file has no test to stand beside';
    const written = writeTest(difference, style, place, this.#taken, this.#titles);
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
      changes: [{ start: place.offset, end: place.offset, text: placed(written.text, place, style.lineEnd) }],
      imports,
      mutants: [...mutants],
      outcomes: [difference.outcome],
      complaints: [],
      confined,
      body,
      fact: difference,
    });
    this.#sheet.setOff(this.#drafts);
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
    const { style, model } = this.#sheet;
    if (!style || !usesTables(model.tree)) return false;
    const written = withTables(this.#drafts, (test) => this.#sheet.placeFor(test), style, this.#taken, parameters);
    this.#drafts.splice(0, this.#drafts.length, ...written);
    this.#sheet.setOff(this.#drafts);
    return this.unproved.length > 0;
  }

  /** Whether the file must only be run where it can change nothing. */
  get confined(): boolean {
    return this.#drafts.some(({ confined }) => confined);
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
    this.#sheet.setOff(this.#drafts);
    return rejected;
  }

  /** What is left, the file, and the changes of it that it consists of. The desk is of no use afterwards. */
  conclude(testFile: string) {
    const { fresh, text, tree } = this.#sheet;
    const before = fresh ? '' : text;
    const changesOf = (drafts: readonly Draft[]) =>
      (fresh ? (drafts.length > 0 ? [this.#sheet.whole(drafts, fresh)] : []) : this.fitting.changesOf(drafts)).map((one) => ({
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
    tree.dispose();
    fresh?.model.dispose();
    return { proposals, testFile: fresh?.path ?? testFile, isNew: fresh !== undefined, before, changes };
  }
}
