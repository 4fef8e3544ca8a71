import { shippedFile } from '../installation/index.ts';
import type { Failure, JobContext } from '../model/index.ts';
import type { LaboratoryEvent, ResolvedMutant } from '../mutation/index.ts';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import type { Difference, Exploration, Finding } from './explorer/findings.ts';
import { decidesAt, functionAt, ownersAt, usesAt } from './owners.ts';
import { textsBetween } from './patterns.ts';
import { poolAt, withTexts } from './pools.ts';
import { membersIn, takenBy } from './signatures.ts';
import type { Sighting } from './tightener/findings.ts';
import { inBatches, planFor, type Workplace } from './workplace.ts';
import { type Reach, touchesWorld } from './world.ts';

/** How much may be tried for one mutant: the same on each machine, but for what is slow to call. */
const BUDGET = { tries: 12_000, timeMs: 2000 };
/** How long an experiment may go on without a sign of life, milliseconds: what is tried may not end. */
const STALL_MS = 8000;
/** How often one is begun again that came to a bad end. */
const MOST_RESTARTS = 4;

/** What to explore, and with what. */
export interface ExploreRequest extends Workplace {
  /** That of the mutated file. */
  text: string;
  /** The mutants to tell from the original. */
  mutants: readonly AskedMutant[];
  /** Texts of test files that tell what their tests call, and what values are in them, by their paths. */
  observed: ReadonlyMap<string, string>;
  /** Functions of the mutated file that these do not use, by the same paths. */
  unused: ReadonlyMap<string, Exploration['unused']>;
  /** Whether to look at the values in tests first. */
  watches: boolean;
  /** Whether values of other kinds than tests gave are not tried. */
  isCautious: boolean;
}

/** A mutant, and the test file in whose process to look. */
export interface AskedMutant {
  mutant: ResolvedMutant;
  testFile: string;
  /** The names that the test file knows the whole mutated file, or its default export, by. */
  names: readonly string[];
}

/** What was found for one mutant, or in one place of a test: `mutants` are those that a sighting speaks of, `also` those that something was found for before. */
export type Explored =
  | { kind: 'seen'; testFile: string; mutants: readonly ResolvedMutant[]; sighting: Sighting }
  | { kind: 'difference'; testFile: string; mutants: ResolvedMutant[]; also: ResolvedMutant[]; difference: Difference; confined: boolean }
  | { kind: 'none'; testFile: string; mutant: ResolvedMutant; tries: number; reached: number; infected: number; kept?: string }
  | { kind: 'obstacle'; testFile: string; mutant: ResolvedMutant; why: string };

type Context = JobContext<Explored | { kind: 'log'; line: string }>;

/**
 * Looks for values in tests that are others with mutants on, and for calls that tell mutants from the original, in the processes of test files. What is found is
 * told as it comes; answers why it could not be done.
 */
export async function explore(request: ExploreRequest, context: Context): Promise<Failure | undefined> {
  const byFile = new Map<string, AskedMutant[]>();
  for (const one of request.mutants) byFile.set(one.testFile, [...(byFile.get(one.testFile) ?? []), one]);
  const groups: Group[] = [];
  for (const [testFile, asked] of byFile) {
    const reach = await touchesWorld([request.file, request.runs.get(testFile) ?? testFile], request.overlays);
    groups.push(new Group(testFile, asked, reach, request.within === undefined, context));
  }
  const failure = await inRounds(
    { ...request, confined: false },
    request.watches ? groups : groups.filter(({ tries }) => tries === 'freely'),
    context,
  );
  if (failure) return failure;
  const confined = groups.filter(({ tries, open }) => tries === 'confined' && open.length > 0);
  const failed = await inRounds({ ...request, watches: false, confined: true }, confined, context);
  for (const group of groups) group.giveUp();
  return failed;
}

/** Begins an experiment again that came to a bad end: what does not end is broken off then. Where that does not help, without the mutants that it came to it with. */
async function inRounds(request: ExploreRequest, groups: readonly Group[], context: Context): Promise<Failure | undefined> {
  let going = groups;
  for (let restarts = 0; going.length > 0; restarts++) {
    const isFirst = restarts === 0;
    // Values in tests are looked at once.
    const failure = await experiment({ ...request, watches: request.watches && isFirst }, going, !isFirst, context);
    if (failure) return failure;
    going = restarts < MOST_RESTARTS ? going.filter((group) => group.mayGoOn(request.confined ?? false, isFirst)) : [];
  }
  return undefined;
}

async function experiment(request: ExploreRequest, groups: readonly Group[], isHasty: boolean, context: Context): Promise<Failure | undefined> {
  const { file, text, observed, unused, watches, isCautious, confined = false } = request;
  const language = languageOf(file);
  if (!language) return undefined;
  const tree = await SyntaxTree.parse(language, text);
  const members = membersIn(tree.tree);
  const taken = takenBy(tree.tree);
  const known = new Map(
    groups.flatMap(({ open }) =>
      open.map(({ mutant }) => [mutant, { owners: ownersAt(tree.tree, mutant.range), uses: mutant.static ? usesAt(tree.tree, mutant.range) : [] }]),
    ),
  );
  const ofMutant = (mutant: ResolvedMutant) => known.get(mutant) ?? { owners: [], uses: [] };
  const each = groups.map((group) => {
    const { testFile, open } = group;
    const asked = new Set(open.flatMap(({ mutant }) => ofMutant(mutant).owners));
    const input: Exploration = {
      mutants: open.map(({ mutant, names }) => {
        const { range, mutator, original, replacement, static: isStatic, status } = mutant;
        const { owners, uses } = ofMutant(mutant);
        return {
          range,
          mutator,
          replacement,
          isStatic,
          uses: uses.map(({ at }) => at),
          isRun: status === 'Survived',
          owners: [...owners, ...names],
          within: functionAt(tree.tree, range),
          decides: decidesAt(tree.tree, range),
          pool: withTexts(poolAt(tree.tree, range), mutator === 'Regex' ? textsBetween(original, replacement) : []),
        };
      }),
      unused: unused.get(testFile) ?? [],
      taken,
      members: members.map((one) => ({ ...one, isAsked: asked.has(one.name) })),
      budget: BUDGET,
      isCautious,
      isConfined: confined,
      isHasty,
      watches,
      ...(request.within && { only: request.within.names }),
      tries: group.triesIn(confined),
    };
    return { testFile, input };
  });
  tree.dispose();
  for (const group of groups) group.begin(confined);
  for (const batch of inBatches(request, each)) {
    const outcome = await request.laboratory.experiment(
      planFor(
        request,
        [...known].flatMap(([{ range }, { uses }]) => [range, ...uses.map(({ statement }) => statement)]),
        batch.flatMap(({ item: { testFile } }) => {
          const own = observed.get(testFile);
          return own === undefined ? [] : [[testFile, own] as const];
        }),
      ),
      {
        script: shippedFile('dist', 'hot', 'explorer.js'),
        each: batch.map(({ item, runs }) => ({ testFile: runs, input: item.input })),
        stallMs: STALL_MS,
        totalMs: request.dryRunMinutes * 60_000,
        isFollowed: true,
      },
      {
        signal: context.signal,
        report: (event) => {
          if (event.kind === 'log') return context.report(event);
          const of = batch.find(({ runs }) => runs === event.testFile)?.item.testFile;
          groups.find(({ testFile }) => testFile === of)?.hear(event);
        },
      },
    );
    if (outcome.status === 'failed') return outcome.failure;
  }
  return undefined;
}

/** The mutants that are looked at in one test file. */
class Group {
  readonly testFile: string;
  /** Those that nothing was found out of. */
  open: AskedMutant[];
  /** Whether calls are tried in it, and where. */
  readonly tries: 'freely' | 'confined' | 'never';
  readonly #reach: Reach | undefined;
  readonly #context: Context;
  /** Why what is open stays so. */
  #why: string | undefined;
  /** Those that the experiment that runs was asked for, the one that it is at, and whether it came to a bad end. */
  #asked: readonly AskedMutant[] = [];
  #at: AskedMutant | undefined;
  #lost = false;
  #confined = false;

  /**
   * @param reach how its code reaches outside, if it does
   * @param searches whether calls may be tried at all
   */
  constructor(testFile: string, asked: AskedMutant[], reach: Reach | undefined, searches: boolean, context: Context) {
    this.testFile = testFile;
    this.open = asked;
    this.tries = !searches ? 'never' : reach === undefined ? 'freely' : reach.confinable ? 'confined' : 'never';
    this.#reach = reach;
    if (!searches) this.#why = 'no value that the tests look at is another one with it';
    else if (this.tries === 'never') this.#why = `${reach?.why}, and such code is not tried with values that nobody chose`;
    this.#context = context;
  }

  /** Whether calls are tried in processes that can change nothing outside, or in those that can. */
  triesIn(confined: boolean): boolean {
    return this.tries === (confined ? 'confined' : 'freely');
  }

  /** @param confined whether its process can change nothing outside */
  begin(confined: boolean): void {
    this.#confined = confined;
    this.#asked = [...this.open];
    this.#at = undefined;
    this.#lost = false;
  }

  hear(event: Exclude<LaboratoryEvent, { kind: 'log' }>): void {
    if (event.kind === 'lost') {
      this.#lost = true;
      this.#why ??= event.why;
      return;
    }
    const { testFile } = this;
    const { report } = this.#context;
    const finding = event.finding as Finding;
    const asked = (index: number) => (this.#asked[index] as AskedMutant).mutant;
    if (finding.kind === 'unusable')
      this.#why = this.#confined ? `${this.#reach?.why}, and where it can change nothing, ${finding.why}` : finding.why;
    else if (finding.kind === 'begins') this.#at = this.#asked[finding.mutant];
    else if (finding.kind === 'seen') {
      for (const { mutant } of finding.others) this.#close(asked(mutant));
      report({ kind: 'seen', testFile, mutants: this.#asked.map(({ mutant }) => mutant), sighting: finding });
    } else if (finding.kind === 'none') {
      const mutant = asked(finding.mutant);
      this.#close(mutant);
      report({ ...finding, testFile, mutant });
    } else {
      const mutants = finding.kills.map(asked);
      for (const one of mutants) this.#close(one);
      const also = finding.also.map(asked);
      report({ kind: 'difference', testFile, mutants, also, difference: finding, confined: this.tries === 'confined' });
    }
  }

  /**
   * Whether there is sense in going on in such processes after an experiment came to a bad end.
   *
   * @param isFirst whether its mutant may be looked at again, where that was not tried yet
   */
  mayGoOn(confined: boolean, isFirst: boolean): boolean {
    if (!this.#lost || !this.triesIn(confined) || !this.#at) return false;
    if (isFirst) return true;
    const { mutant } = this.#at;
    this.#context.report({ kind: 'obstacle', testFile: this.testFile, mutant, why: this.#why ?? 'the experiment ended with it' });
    this.#close(mutant);
    return true;
  }

  /** Says of all that is open why it stays so. */
  giveUp(): void {
    for (const { mutant } of this.open) {
      this.#context.report({ kind: 'obstacle', testFile: this.testFile, mutant, why: this.#why ?? 'the experiment ended before' });
    }
    this.open = [];
  }

  #close(mutant: ResolvedMutant): void {
    this.open = this.open.filter((one) => one.mutant !== mutant);
  }
}
