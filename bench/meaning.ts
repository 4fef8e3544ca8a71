import { BANDS, bandOf, type Fact, strengthOf } from '../engine/audit/index.ts';
import { type Agreement, agreement, fitted, seenFacts } from './meaning/fit.ts';
import { byRepository, type MeasuredTest, measuredTests } from './meaning/measured.ts';
import { median, spearman } from './meaning/ranks.ts';

/** Of fewer tests that were made weaker in the same way nothing is said. */
const FEWEST_ALIKE = 10;

/**
 * What a strength means: how it agrees with the share of the mutants a test runs that it notices alone, of what bench/kills.ts wrote. CHECKOUTS holds a folder
 * for each repository.
 *   measure CHECKOUTS KILLS…       the agreement, beside that of the number of assertions and of what only a run can tell
 *   fit CHECKOUTS KILLS…           weights for engine/audit/facts.ts, and how well such weights do on a repository that they were not fitted on
 */
const [mode, checkouts = '', ...files] = process.argv.slice(2);
const all = await measuredTests(checkouts, files);
const tests = all.filter(({ kills }) => !kills.isWeakened);
if (mode === 'measure') measure();
else if (mode === 'fit') refit();
else throw new Error('measure or fit?');

function measure(): void {
  order();
  beyond();
  pairs();
}

/** In which order the strengths put tests. */
function order(): void {
  const said: Record<string, (one: MeasuredTest) => number> = {
    strength: ({ test }) => test.strength,
    assertions: ({ test }) => test.checks.length,
    'few mutants run': ({ kills }) => -kills.reached,
    'its mutants': killability(tests),
  };
  write('| repository | tests |', ...Object.keys(said).map((name) => ` ${name} |`), ' median share by band |');
  write('| --- | ---: |', ...Object.keys(said).map(() => ' ---: |'), ' --- |');
  for (const [repository, its] of byRepository(tests, 1)) {
    const shares = its.map(({ share }) => share);
    write(`| ${repository} | ${its.length} |`, ...Object.values(said).map((of) => ` ${two(spearman(its.map(of), shares))} |`), ` ${medians(its)} |`);
  }
  const agreements = Object.values(said).map((of) => agreement(tests, tests.map(of)));
  write(`| all in one | ${tests.length} |`, ...agreements.map(({ pooled }) => ` ${two(pooled)} |`), ` ${medians(tests)} |`);
  write('| mean within repositories | |', ...agreements.map(({ within }) => ` ${two(within)} |`), ' |');
}

/** Whether strengths say what the mutants that a test runs do not say: how much more than could be expected of them it notices. */
function beyond(): void {
  const expected = killability(tests);
  const excess = tests.map((one) => one.share - expected(one));
  const strength = agreement(
    tests,
    tests.map(({ test }) => test.strength),
    excess,
  );
  const assertions = agreement(
    tests,
    tests.map(({ test }) => test.checks.length),
    excess,
  );
  write(`beyond what its mutants lead one to expect: strength ${told(strength)}; assertions ${told(assertions)}`);
}

/** What becomes of tests whose assertions were made weaker, and of nothing else in them. */
function pairs(): void {
  const key = ({ repository, kills }: MeasuredTest) => `${repository} ${kills.file} ${kills.test}`;
  const originals = new Map(tests.map((one) => [key(one), one]));
  const weak = all.flatMap((after) => {
    const before = after.kills.isWeakened ? originals.get(key(after)) : undefined;
    return before && before.test.strength > after.test.strength ? [{ before, after }] : [];
  });
  if (weak.length === 0) return;
  const less = weak.filter(({ before, after }) => after.share < before.share).length;
  const more = weak.filter(({ before, after }) => after.share > before.share).length;
  write(
    `${weak.length} tests of ${new Set(weak.map(({ before }) => before.repository)).size} repositories made weaker: ${less} notice less, ${more} more; `,
    `median share ${two(median(weak.map(({ before }) => before.share)))} before, ${two(median(weak.map(({ after }) => after.share)))} after`,
  );
  const both = weak.flatMap(({ before, after }) => [before, after]);
  write(
    `both in one order: ${told(
      agreement(
        both,
        both.map(({ test }) => test.strength),
      ),
    )}; by band: ${medians(both)}`,
  );
  for (const [facts, its] of Map.groupBy(weak, ({ after }) => [...new Set(after.test.checks.map(({ fact }) => fact))].sort().join(' and '))) {
    if (its.length < FEWEST_ALIKE) continue;
    write(
      `  ${facts}: ${its.length}, ${two(median(its.map(({ before }) => before.share)))} before, ${two(median(its.map(({ after }) => after.share)))} after`,
    );
  }
}

function refit(): void {
  const seen = seenFacts(tests);
  const weights = fitted(tests);
  write(`${tests.length} tests of ${byRepository(tests, 1).size} repositories`);
  write(
    `as they are now: ${told(
      agreement(
        tests,
        tests.map(({ test }) => test.strength),
      ),
    )}`,
  );
  write(
    `fitted: ${told(
      agreement(
        tests,
        tests.map(({ test }) => strengthOf(test, weights)),
      ),
    )}`,
  );
  for (const [fact, weight] of Object.entries(weights.facts)) write(`${fact}: ${two(weight)} (${seen.get(fact as Fact) ?? 'too few'} tests)`);
  write(`perRow: ${two(weights.perRow)}, perDetail: ${two(weights.perDetail)}`);
  const without = new Map([...byRepository(tests, 1).keys()].map((left) => [left, fitted(tests.filter(({ repository }) => repository !== left))]));
  write(
    `on repositories that were left out: ${told(
      agreement(
        tests,
        tests.map(({ test, repository }) => strengthOf(test, without.get(repository))),
      ),
    )}`,
  );
}

/**
 * What can be told of a test by which mutants it runs: the mean, over them, of the share of other tests that notice each. It knows how hard each mutant is to
 * notice and nothing of what the test asserts.
 */
function killability(all: readonly MeasuredTest[]): (one: MeasuredTest) => number {
  const counts = new Map<string, { noticed: number; all: number }>();
  const keyOf = ({ repository }: MeasuredTest, id: string) => `${repository} ${id}`;
  const each = (one: MeasuredTest, tell: (key: string, noticed: number) => void) => {
    for (const id of one.kills.noticed) tell(keyOf(one, id), 1);
    for (const id of one.kills.unnoticed) tell(keyOf(one, id), 0);
  };
  for (const one of all) {
    each(one, (key, noticed) => {
      const count = counts.get(key) ?? { noticed: 0, all: 0 };
      counts.set(key, { noticed: count.noticed + noticed, all: count.all + 1 });
    });
  }
  return (one) => {
    let [sum, known] = [0, 0];
    each(one, (key, noticed) => {
      const count = counts.get(key);
      if (!count || count.all < 2) return;
      sum += (count.noticed - noticed) / (count.all - 1);
      known++;
    });
    return known === 0 ? 0.5 : sum / known;
  };
}

function medians(its: readonly MeasuredTest[]): string {
  return BANDS.flatMap(({ name }) => {
    const shares = its.filter(({ test }) => bandOf(test.strength) === name).map(({ share }) => share);
    return shares.length === 0 ? [] : `${name} ${two(median(shares))} (${shares.length})`;
  }).join(', ');
}

function told({ pooled, within }: Agreement): string {
  return `${two(pooled)} all in one, ${two(within)} within repositories`;
}

function two(number: number): string {
  return number.toFixed(2);
}

function write(...parts: string[]): void {
  process.stdout.write(`${parts.join('')}\n`);
}
