import type { FileAudit } from '../audit/index.ts';
import { Lines, type Range } from '../model/index.ts';
import type { LaboratoryEvent } from '../mutation/index.ts';
import { whyNever } from './reasons.ts';
import type { FileTestimony, NeverMade, ReachedFunction, Testimony, TestVerdict, Thrown } from './testimony.ts';
import type { Dry, Finding, Questions, Ran } from './trial/questions.ts';
import type { WatchedText } from './watched-text.ts';

/** How long breakages are tried on the tests of one file in one trial, milliseconds. */
const BUDGET_MS = 60_000;
/** How often a trial is begun again that came to a bad end. */
const MOST_RESTARTS = 4;

/** Of a test that is written once and run many times, how many runs are tried with all mutants. */
const MOST_RUNS = 3;

/** The trial of one test file: what is asked, what was heard, and what follows. */
export class FileTrial {
  readonly file: string;
  readonly text: string;
  readonly watched: WatchedText;
  readonly #audit: FileAudit;
  #dry: Dry | undefined;
  /** What is known of the tests of the framework, by their keys. */
  readonly #noticed = new Set<string>();
  readonly #tried = new Map<string, number>();
  readonly #unsteady = new Set<string>();
  /** Keys of tests that run mutated code, also beside that of functions. */
  readonly #runsCode = new Set<string>();
  readonly #unfinished = new Set<string>();
  #skipped: string[] = [];
  #at = '';
  #lost: string | undefined;
  #restarts = 0;
  #round: 'bodies' | 'all' = 'bodies';

  constructor(file: string, text: string, watched: WatchedText, audit: FileAudit) {
    this.file = file;
    this.text = text;
    this.watched = watched;
    this.#audit = audit;
  }

  /** What is asked next. */
  get questions(): Questions {
    const suspects = this.#dry && (this.#round === 'all' ? firstRuns(this.suspects) : this.suspects).map(({ key }) => key);
    return {
      unit: this.watched.unit,
      checks: this.watched.checks.length,
      gates: this.watched.gates,
      skipped: this.#skipped,
      ...(suspects && { suspects }),
      returns: this.#round === 'bodies',
      budgetMs: BUDGET_MS,
    };
  }

  /** Tests that noticed nothing yet. */
  get suspects(): Ran[] {
    return this.passing.filter(({ key }) => !this.#noticed.has(key) && !this.#unsteady.has(key));
  }

  /** Tests that pass as the code is. */
  get passing(): Ran[] {
    return (this.#dry?.ran ?? []).filter(({ state }) => state === 'passed');
  }

  /** Whether its tests run a function of a file (absolute path). */
  runs(file: string): boolean {
    const dry = this.#dry;
    return (dry?.ran ?? []).some(({ reached }) => reached.some((place) => dry?.breakages[place]?.file === file));
  }

  /** Absolute paths of the files whose functions its suspects run. */
  get suspectFiles(): Set<string> {
    const dry = this.#dry;
    return new Set(this.suspects.flatMap(({ reached }) => reached.flatMap((place) => dry?.breakages[place]?.file ?? [])));
  }

  /** Says that all mutants of some files are tried next, and not the removal of bodies only. */
  goOn(): void {
    this.#round = 'all';
    this.#skipped = [];
    this.#restarts = 0;
  }

  hear(event: Exclude<LaboratoryEvent, { kind: 'log' }>): void {
    if (event.kind === 'lost') {
      this.#lost = event.why;
      this.#at = event.mutant;
      return;
    }
    const finding = event.finding as Finding;
    if (finding.kind === 'noticed') this.#noticed.add(finding.key);
    else if (finding.kind === 'end') this.#end(finding);
    else if (this.#round === 'bodies') this.#dry ??= finding;
    else for (const { key, reached } of finding.ran) if (reached.length > 0) this.#runsCode.add(key);
  }

  /** Whether there is sense in beginning again after a bad end: without what it came to it with. */
  mayGoOn(): boolean {
    const isLost = this.#lost !== undefined;
    if (!isLost || this.#at === '' || this.#restarts >= MOST_RESTARTS) {
      if (isLost) for (const { key } of this.suspects) this.#unfinished.add(key);
      return false;
    }
    this.#restarts++;
    this.#skipped.push(this.#at);
    this.#lost = undefined;
    return true;
  }

  /** What follows for the tests that are written in the file. */
  testimony(functionAt: (file: string, range: Range) => string | undefined): FileTestimony {
    const { file, text } = this;
    const dry = this.#dry;
    if (!dry) return { file, text, tests: [], problem: this.#lost ?? 'its tests did not run' };
    const runs = new Map<number, Ran[]>();
    for (const ran of dry.ran) for (const test of ran.tests) runs.set(test, [...(runs.get(test) ?? []), ran]);
    const lines = new Lines(text);
    const tests = [...runs].map(([test, ran]): Testimony => {
      const { title, start, end, strength } = this.#audit.tests[test] as FileAudit['tests'][number];
      const { verdict, why } = this.#verdict(ran);
      const places = new Set(ran.flatMap(({ reached }) => reached));
      const reached = [...places].flatMap((place): ReachedFunction[] => {
        const breakage = dry.breakages[place];
        const name = breakage && functionAt(breakage.file, breakage.range);
        return breakage && name !== undefined ? [{ file: breakage.file, name, range: breakage.range }] : [];
      });
      const breakages = verdict === 'unnoticed' ? Math.max(...ran.map(({ key }) => this.#tried.get(key) ?? 0)) : 0;
      const neverMade = ran.every(({ state }) => state === 'passed') ? this.#neverMade(test, start, (at) => lines.positionAt(at).line) : [];
      const thrown = this.#thrown(test, start);
      return { place: test, title, start, end, strength, verdict, breakages, reached, neverMade, thrown, ...(why !== undefined && { why }) };
    });
    return { file, text, tests, ...(dry.error !== undefined && { problem: dry.error }) };
  }

  #end({ tried, unfinished, unsteady }: Extract<Finding, { kind: 'end' }>): void {
    this.#lost = undefined;
    for (const key of unfinished) this.#unfinished.add(key);
    // The bodies of functions are among all mutants, and were tried before.
    const again = (key: string) => (this.#round === 'all' ? (this.#dry?.ran.find((one) => one.key === key)?.reached.length ?? 0) : 0);
    for (const [key, count] of Object.entries(tried)) this.#tried.set(key, Math.max(0, count - again(key)) + (this.#tried.get(key) ?? 0));
    for (const key of unsteady) this.#unsteady.add(key);
  }

  /** Of a test that is written once and run several times, any run that notices something will do. */
  #verdict(ran: readonly Ran[]): { verdict: TestVerdict; why?: string } {
    const failing = ran.find(({ state }) => state === 'failed');
    if (failing) return { verdict: 'fails', why: failing.message ?? 'it fails' };
    if (ran.some(({ key }) => this.#noticed.has(key) && !this.#unsteady.has(key))) return { verdict: 'noticed' };
    if (ran.some(({ key }) => this.#unsteady.has(key))) return { verdict: 'undecided', why: 'it fails after other tests also without any change' };
    const runsNothing = ran.every(({ key, reached }) => reached.length === 0 && !this.#runsCode.has(key));
    if (ran.some(({ key }) => this.#unfinished.has(key))) {
      const late = runsNothing
        ? 'what it looks at may be made while its file is loaded'
        : 'not all that it runs could be broken in the time there is';
      return { verdict: 'undecided', why: this.#lost ?? late };
    }
    if (runsNothing) return { verdict: 'reaches-nothing' };
    return { verdict: 'unnoticed' };
  }

  #neverMade(test: number, start: number, lineOf: (offset: number) => number): NeverMade[] {
    const counts = { checks: this.#dry?.checks ?? [], gates: this.#dry?.gates ?? [] };
    return this.watched.checks.flatMap((check, i) => {
      if (check.test !== test || counts.checks[i] !== 0) return [];
      return [{ start: check.start - start, end: check.end - start, why: whyNever(check, counts, lineOf) }];
    });
  }

  #thrown(test: number, start: number): Thrown[] {
    return this.watched.checks.flatMap((check, i) => {
      const [message, ...others] = this.#dry?.thrown[i] ?? [];
      return check.test === test && message && others.length === 0 ? [{ start: check.start - start, end: check.end - start, message }] : [];
    });
  }
}

/** The first few runs of each test that is written in the file. */
function firstRuns(ran: readonly Ran[]): Ran[] {
  const counts = new Map<string, number>();
  return ran.filter(({ tests }) => {
    const test = tests.join();
    counts.set(test, (counts.get(test) ?? 0) + 1);
    return tests.length === 0 || (counts.get(test) ?? 0) <= MOST_RUNS;
  });
}
