import type { Certainty, Check, Finding, Flaw, TestCase } from './model.ts';
import type { RuleId } from './rules.ts';

const FLAWS: Record<Flaw, { rule: RuleId; message: string }> = {
  tautology: { rule: 'tautology', message: 'This cannot fail, whatever the code does.' },
  unawaited: { rule: 'unawaited-assertion', message: 'Nothing waits for this: the test has passed before it is known whether it holds.' },
  uncalled: { rule: 'uncalled-matcher', message: 'This checks nothing: no matcher is called.' },
  misspelt: { rule: 'uncalled-matcher', message: 'This checks nothing: there is no such assertion, and a mock takes any call.' },
  mock: { rule: 'mock-asserted', message: 'This looks only at what the test itself told its mock to give.' },
  swallowed: { rule: 'swallowed-exception', message: 'Its failure is caught and dropped: the test passes all the same.' },
  'empty-snapshot': { rule: 'empty-snapshot', message: 'This snapshot is empty: it is written by whatever comes first.' },
};

const UNCERTAIN: Record<Exclude<Certainty, 'always'>, string> = {
  loop: 'This runs only if there is something to go through, which nothing checks.',
  conditional: 'This runs only under a condition; where that does not hold, the test passes without it.',
  catch: 'This runs only if something is thrown; if nothing is, the test passes without it.',
  callback: 'This runs only if the callback is called, which nothing makes sure of.',
};

/** What is wrong with a test, by what it checks. */
export function findingsOf(test: TestCase): Finding[] {
  if (test.state === 'skipped') return [finding('skipped-test', test.head, 'This test is not run.')];
  const found: Finding[] = test.checks.flatMap((check) => findingsOfCheck(check));
  if (test.checks.length === 0) {
    found.push(
      finding('no-assertion', test.head, test.acts ? 'This test checks nothing: it fails only if something throws.' : 'This test does nothing.'),
    );
  }
  if (test.state === 'focused') found.push(finding('focused-test', test.head, 'While this test is focused, others are not run.'));
  return found;
}

/** The tests of a file that are there twice: all but the first of each. */
export function identicalTests(tests: readonly TestCase[]): Map<TestCase, TestCase> {
  const first = new Map<string, TestCase>();
  const found = new Map<TestCase, TestCase>();
  for (const test of tests) {
    if (test.body === '' || test.checks.length === 0) continue;
    const before = first.get(test.body);
    if (before) found.set(test, before);
    else first.set(test.body, test);
  }
  return found;
}

/** A finding at a place. */
export function finding(rule: RuleId, { start, end }: { start: number; end: number }, message: string): Finding {
  return { rule, start, end, message };
}

function findingsOfCheck(check: Check): Finding[] {
  if (check.via !== undefined && check.flaw !== 'unawaited') return [];
  if (check.flaw) return [finding(FLAWS[check.flaw].rule, check, FLAWS[check.flaw].message)];
  return [
    ...(check.certainty === 'always' ? [] : [finding('conditional-assertion', check, UNCERTAIN[check.certainty])]),
    ...(check.fact === 'any-error' ? [finding('broad-throws', check, 'Any error would do, also one that has another cause.')] : []),
  ];
}
