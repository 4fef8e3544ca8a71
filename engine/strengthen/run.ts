import { basename } from 'node:path';
import { type Failure, fail, type JobContext, ok, type Result } from '../model/index.ts';
import type { ResolvedMutant } from '../mutation/index.ts';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { readText } from '../workspace/index.ts';
import { type AskedMutant, type Explored, explore } from './explore.ts';
import { ENOUGH_INFECTIONS, type Exploration } from './explorer/findings.ts';
import { ownersAt } from './owners.ts';
import { type NewTests, prove } from './prove.ts';
import { keyOf } from './scenario.ts';
import { exportedFunctions } from './signatures.ts';
import type { StrengthenEvent, Strengthening, Unkilled } from './strengthening.ts';
import type { ProjectTools } from './tools/index.ts';
import type { Workplace } from './workplace.ts';
import { beginningOf, type Wanted, type Way, WritingDesk } from './writing/index.ts';

/** How often a new test has to pass, with the others of its file in ever another order. */
export const ROUNDS = 10;
/** How many tries that ran a mutant's code without a difference it takes to call it no change. */
const MANY_TRIES = 200;

/** Finds tests for mutants of one file: has tests that are there say more, searches calls for the other mutants, writes and proves. Used once. */
export class StrengtheningRun {
  readonly #base: Workplace;
  readonly #mutants: readonly AskedMutant[];
  readonly #tools: ProjectTools;
  readonly #text: string;
  readonly #context: JobContext<StrengthenEvent>;
  /** The names of the parameters of exported functions. */
  readonly #parameters = new Map<string, readonly string[]>();
  /** Where tests are written to that no file is there for. */
  readonly #newFile: string | undefined;
  readonly #desks = new Map<string, WritingDesk>();
  /** Mutants that something is written for. */
  readonly #noticed = new Set<ResolvedMutant>();
  readonly #left = new Map<ResolvedMutant, Unkilled>();
  /** What was written, by itself and for whom it would do as well. */
  readonly #written: { desk: WritingDesk; found: FoundDifference; imports: readonly Wanted[] }[] = [];

  /**
   * @param text that of the mutated file
   * @param newFile absolute path of the test file to make, where the mutants' test file is only one that it is to be like
   */
  constructor(
    base: Workplace,
    mutants: readonly AskedMutant[],
    tools: ProjectTools,
    text: string,
    context: JobContext<StrengthenEvent>,
    newFile?: string,
  ) {
    this.#newFile = newFile;
    this.#base = base;
    this.#mutants = mutants;
    this.#tools = tools;
    this.#text = text;
    this.#context = context;
  }

  async do(): Promise<Result<Strengthening>> {
    for (const testFile of new Set(this.#mutants.map((one) => one.testFile))) await this.#open(testFile);
    const askable = this.#mutants.filter(({ testFile }) => this.#desks.get(testFile)?.canAssert ?? true);
    for (const { mutant, testFile } of this.#mutants) {
      const why = `${basename(testFile)} asserts in no way that is known`;
      if (!askable.some((one) => one.mutant === mutant)) this.#lose({ mutant, kind: 'obstacle', tries: 0, reached: 0, why });
    }
    this.#looking();
    const failure = (await this.#look(askable, true)) ?? (await this.#prove()) ?? (await this.#share()) ?? (await this.#again());
    if (failure) return fail(failure);
    const hasTables = [...this.#desks.values()].filter((desk) => desk.tabulate(this.#parameters)).length > 0;
    const failed = hasTables ? await this.#prove() : undefined;
    if (failed) return fail(failed);
    for (const [testFile, desk] of this.#desks) {
      for (const { mutant, why } of await desk.fitting.finish(testFile, this.#tools))
        this.#lose({ mutant, kind: 'not-proved', tries: 0, reached: 0, why });
    }
    const result: Strengthening = {
      proposals: [],
      edits: [],
      unkilled: [...this.#left.values()].filter(({ mutant }) => !this.#noticed.has(mutant)),
      asked: this.#mutants.length,
    };
    for (const [testFile, desk] of this.#desks) {
      const { proposals, ...edit } = desk.conclude(testFile);
      result.proposals.push(...proposals.map((one) => ({ ...one, testFile: edit.testFile })));
      if (edit.changes.length > 0) result.edits.push(edit);
    }
    return ok(result);
  }

  async #open(testFile: string): Promise<void> {
    const language = languageOf(testFile);
    const text = this.#base.overlays.get(testFile) ?? (await readText(testFile));
    if (!language || text === undefined) return;
    const tree = await SyntaxTree.parse(language, text);
    const desk = this.#newFile ? await freshDesk(tree, this.#newFile, this.#base.file) : new WritingDesk(tree);
    if (desk) this.#desks.set(testFile, desk);
    // What the project checks its tests with is loaded while others look.
    void this.#tools.open(testFile, text);
  }

  /**
   * Has tests say the values in them that are others with mutants on; searches calls on which the other mutants differ, and writes tests of them.
   *
   * @param isFirst whether it was not tried before: then tests are looked at, and values of all kinds are tried
   */
  async #look(mutants: readonly AskedMutant[], isFirst: boolean): Promise<Failure | undefined> {
    const explored: Explored[] = [];
    const { signal, report } = this.#context;
    const { unused, ways } = await this.#unused(mutants);
    const observed = new Map([...this.#desks].map(([testFile, desk]) => [testFile, desk.observed(ways.get(testFile) ?? new Map())]));
    const failure = await explore(
      { ...this.#base, text: this.#text, mutants, observed, unused, watches: isFirst, isCautious: !isFirst },
      {
        signal,
        report: (event) => {
          if (event.kind === 'log') return report(event);
          explored.push(event);
          if (event.kind === 'seen') for (const { mutant } of event.sighting.others) this.#noticed.add(event.mutants[mutant] as ResolvedMutant);
          else if (event.kind === 'difference') for (const mutant of event.mutants) this.#noticed.add(mutant);
          else if (!this.#left.has(event.mutant)) this.#left.set(event.mutant, unkilled(event));
          this.#looking();
        },
      },
    );
    if (failure) return failure;
    this.#tighten(explored.filter((one) => one.kind === 'seen'));
    for (const found of merged(explored)) {
      const { testFile, difference, mutants: told, confined } = found;
      const desk = this.#desks.get(testFile);
      const imports = difference.unused.flatMap(({ name, way }) => {
        const { from, isDefault = false } = ways.get(testFile)?.get(name)?.[way] ?? {};
        return from === undefined ? [] : [{ name, from, isDefault }];
      });
      const why = desk ? desk.write(difference, told, imports, confined) : 'its test file cannot be read';
      if (desk && why === undefined) this.#written.push({ desk, found, imports });
      if (why === undefined) continue;
      for (const mutant of told) this.#lose({ mutant, kind: 'not-written', tries: difference.tries, reached: 0, why });
    }
    return undefined;
  }

  /** The exported functions by which mutants can be run and that the test file does not use, and how it may come to them. */
  async #unused(mutants: readonly AskedMutant[]) {
    const language = languageOf(this.#base.file);
    const unused = new Map<string, Exploration['unused']>();
    const ways = new Map<string, Map<string, Way[]>>();
    if (!language) return { unused, ways };
    const tree = await SyntaxTree.parse(language, this.#text);
    const exported = exportedFunctions(tree.tree, calledAfter(this.#base.file));
    for (const { name, parameters } of exported) this.#parameters.set(name, parameters);
    for (const [testFile, desk] of this.#desks) {
      const here = mutants.filter((one) => one.testFile === testFile);
      const owners = new Set(
        here.flatMap(({ mutant }) => ownersAt(tree.tree, mutant.range).find((owner) => exported.some(({ name }) => name === owner)) ?? []),
      );
      const wanted = exported.filter(({ name, isDefault }) => isDefault || owners.has(name));
      const its = desk.waysTo(wanted, this.#base.file, testFile);
      ways.set(testFile, its);
      const made = exported.flatMap(({ name, kind, argumentLists }) => {
        const paths = its.get(name)?.map((way) => way.path);
        return paths ? [{ name, kind, paths, argumentLists }] : [];
      });
      unused.set(testFile, made);
    }
    tree.dispose();
    return { unused, ways };
  }

  #tighten(seen: readonly Extract<Explored, { kind: 'seen' }>[]): void {
    for (const [testFile, desk] of this.#desks) {
      const here = seen.filter((one) => one.testFile === testFile);
      const mutants = here[0]?.mutants ?? [];
      const sightings = here.map(({ sighting }) => sighting);
      const written = desk.tighten(sightings, mutants);
      for (const place of new Set(sightings.flatMap(({ others }) => others.map(({ mutant }) => mutant)))) {
        const mutant = mutants[place] as ResolvedMutant;
        const why = 'the test in which something else comes with it cannot say so';
        if (!written.has(mutant)) this.#lose({ mutant, kind: 'not-written', tries: 0, reached: 0, why });
      }
    }
  }

  /** Runs what was written, with and without mutants, and has the project's tools look at it. What does not stand this is taken back. */
  async #prove(): Promise<Failure | undefined> {
    for (const [testFile, desk] of this.#desks) {
      await desk.fitting.tidy(testFile, this.#tools);
      if (await desk.fitting.fit(testFile, this.#tools)) await desk.fitting.tidy(testFile, this.#tools);
    }
    const files: NewTests[] = [...this.#desks].flatMap(([testFile, desk]) => {
      const tests = desk.unproved.map(({ kind, title, mutants, table }) => ({
        title,
        mutants,
        isNew: kind === 'test',
        ...(table && { table: { pattern: table.pattern, rows: table.rows.length } }),
      }));
      return tests.length > 0 ? [{ testFile, text: desk.fitting.text(), tests, confined: desk.confined }] : [];
    });
    const tests = files.reduce((sum, one) => sum + one.tests.length, 0);
    if (tests === 0) return undefined;
    let done = 0;
    const { signal, report } = this.#context;
    report({ kind: 'proving', tests, done });
    const checking = Promise.all(files.map(({ testFile }) => this.#desks.get(testFile)?.fitting.check(testFile, this.#tools)));
    const failure = await prove(
      { ...this.#base, files, rounds: ROUNDS },
      {
        signal,
        report: (event) => {
          if ('kind' in event) return report(event);
          report({ kind: 'proving', tests, done: ++done });
          this.#desks.get(event.testFile)?.hear(event.proof);
        },
      },
    );
    await checking;
    if (failure) return failure;
    for (const { testFile } of files) {
      for (const { mutant, why } of this.#desks.get(testFile)?.settle(ROUNDS) ?? []) {
        this.#lose({ mutant, kind: 'not-proved', tries: 0, reached: 0, why });
      }
    }
    return undefined;
  }

  /** The mutants whose tests could not be written, or did not stand. */
  #lost(): Set<ResolvedMutant> {
    const lost = [...this.#left.values()].filter(
      ({ mutant, kind }) => !this.#noticed.has(mutant) && (kind === 'not-proved' || kind === 'not-written'),
    );
    return new Set(lost.map(({ mutant }) => mutant));
  }

  /** Has tests of others that stood the proof stand it for lost mutants, too, on which what they call differs. */
  async #share(): Promise<Failure | undefined> {
    const lost = this.#lost();
    for (const { desk, found, imports } of this.#written) {
      const also = found.also.filter((mutant) => lost.has(mutant));
      if (also.length === 0 || !desk.holds(found.difference)) continue;
      desk.write(found.difference, also, imports, found.confined);
      for (const mutant of also) {
        this.#noticed.add(mutant);
        this.#left.delete(mutant);
        lost.delete(mutant);
      }
    }
    return this.#prove();
  }

  /** Once more for the mutants whose tests did not stand: with no values of other kinds than tests gave, which types may forbid. */
  async #again(): Promise<Failure | undefined> {
    const lost = this.#lost();
    const mutants = this.#mutants.filter(({ mutant }) => lost.has(mutant));
    if (mutants.length === 0) return undefined;
    const before = new Map([...this.#left]);
    const failure = (await this.#look(mutants, false)) ?? (await this.#prove());
    for (const mutant of lost) {
      const why = before.get(mutant);
      // Why the first one did not stand says more than that there is no second.
      if (this.#noticed.has(mutant)) this.#left.delete(mutant);
      else if (why) this.#left.set(mutant, why);
    }
    return failure;
  }

  #lose(one: Unkilled): void {
    this.#noticed.delete(one.mutant);
    this.#left.set(one.mutant, one);
  }

  #looking(): void {
    const found = this.#noticed.size;
    this.#context.report({ kind: 'looking', mutants: this.#mutants.length, done: Math.min(this.#mutants.length, found + this.#left.size), found });
  }
}

/** What the only thing that a file exports may be called by, for example `parseUrl` of `parse-url.js`. */
function calledAfter(file: string): string {
  const [first = '', ...others] = basename(file)
    .replace(/\.\w+$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const name = first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{L}/u.test(name) && name !== 'index' ? name : 'subject';
}

/** A desk for a file that is to be like another one. */
async function freshDesk(model: SyntaxTree, path: string, file: string): Promise<WritingDesk | undefined> {
  const language = languageOf(path);
  const skeleton = beginningOf(model, basename(file).replace(/\.\w+$/, ''));
  if (skeleton && language) return new WritingDesk(await SyntaxTree.parse(language, skeleton.text), { path, model, file, skeleton });
  model.dispose();
  return undefined;
}

type FoundDifference = Extract<Explored, { kind: 'difference' }>;

/** One test tells all mutants that differ on the same calls. */
function merged(explored: readonly Explored[]): FoundDifference[] {
  const byCalls = new Map<string, FoundDifference>();
  for (const one of explored) {
    if (one.kind !== 'difference') continue;
    const key = one.testFile + keyOf(one.difference.scenario);
    const same = byCalls.get(key);
    const both = (other: FoundDifference, of: 'mutants' | 'also') => [...new Set([...other[of], ...one[of]])];
    byCalls.set(key, same ? { ...same, mutants: both(same, 'mutants'), also: both(same, 'also') } : one);
  }
  return [...byCalls.values()];
}

function unkilled(one: Extract<Explored, { kind: 'none' | 'obstacle' }>): Unkilled {
  const { mutant } = one;
  if (one.kind === 'obstacle') return { mutant, kind: 'obstacle', tries: 0, reached: 0, why: one.why };
  const { tries, reached, infected, kept } = one;
  if (kept !== undefined) {
    const why = `its code calls ${kept}, which is kept from it where values are tried that nobody chose`;
    return { mutant, kind: 'obstacle', tries, reached, why };
  }
  if (tries === 0) return { mutant, kind: 'obstacle', tries, reached, why: 'no call of its tests can be made again so that it comes to the same' };
  if (reached === 0) return { mutant, kind: 'not-reached', tries, reached, why: `none of ${tries} calls like those of the tests runs its code` };
  const why = `${reached} of ${tries} calls ran its code, and none came to anything else`;
  return { mutant, kind: reached >= MANY_TRIES && infected >= ENOUGH_INFECTIONS ? 'equivalent' : 'same', tries, reached, why };
}
