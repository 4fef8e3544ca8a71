import type { Certainty, Check, Finding, Fix, Flaw, TestCase } from './model.ts';
import { isAboutAfter, wantsFailure, wantsNoFailure } from './reading/index.ts';
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
  // What is wrong with it would still be when it is run again.
  const isSkipped = test.state === 'skipped';
  const isEmpty = test.body !== '' && !test.acts && test.checks.length === 0;
  const skipped = isSkipped && !test.isToldAround ? [toldWhere(!isEmpty, finding('skipped-test', test.head, 'This test is not run.'))] : [];
  const found: Finding[] = [...skipped, ...test.checks.flatMap((check) => findingsOfCheck(check, test)), ...uncertain(test)];
  if (!(isSkipped && test.body === '') && !test.mayCheckUnseen && test.checks.every(({ flaw }) => flaw === 'uncalled' || flaw === 'misspelt')) {
    const message = test.acts ? 'This test checks nothing: it fails only if something throws.' : 'This test does nothing.';
    found.push(toldWhere(isPlainlyIdle(test), finding('no-assertion', test.head, message)));
  }
  for (const place of test.dropped)
    found.push(
      toldWhere(
        test.checks.length === 0 && place.isPlain && !wantsNoFailure(test.title.at(-1) ?? ''),
        finding('swallowed-exception', place, DROPPED),
      ),
    );
  if (test.state === 'focused') found.push(finding('focused-test', test.head, 'While this test is focused, others are not run.', test.unfocus));
  return found;
}

/** The tests of a file that are there twice: all but the first of each. */
export function identicalTests(tests: readonly TestCase[]): Map<TestCase, TestCase> {
  const first = new Map<string, TestCase>();
  const found = new Map<TestCase, TestCase>();
  for (const test of tests) {
    // Of comments, which are left out here, a test may be about them.
    if (test.body === '' || !test.acts || test.state === 'skipped' || /comment/i.test(test.title.at(-1) ?? '')) continue;
    const before = first.get(test.body);
    if (before) found.set(test, before);
    else first.set(test.body, test);
  }
  return found;
}

/** A finding at a place that is told. */
export function finding(rule: RuleId, { start, end }: { start: number; end: number }, message: string, fix?: Fix): Finding {
  return { rule, start, end, message, ...(fix && { fixes: [fix] }) };
}

/** A finding as it is where its shape is one that is told, else as a hint. */
function toldWhere(isPlain: boolean | undefined, found: Finding): Finding {
  return isPlain ? found : { ...found, severity: 'hint' };
}

/** One finding for each thing that may keep assertions from running, at the first of them. */
function uncertain({ checks, title }: TestCase): Finding[] {
  const groups = new Map<number, Check[]>();
  for (const check of checks) {
    if (check.certainty === 'always' || check.isDoubted || isSaid(check) || (check.via !== undefined && check.guard === undefined)) continue;
    const guard = check.guard ?? check.start;
    groups.set(guard, [...(groups.get(guard) ?? []), check]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || first.certainty === 'always') return [];
    const more = others.length === 0 ? '' : ` So ${others.length === 1 ? 'does one more' : `do ${others.length} more`}.`;
    return [
      toldWhere(first.isPlain && !DENIES.test(title.at(-1) ?? ''), finding('conditional-assertion', first, `${UNCERTAIN[first.certainty]}${more}`)),
    ];
  });
}

/** Whether what is wrong with an assertion says already that it may not count. What handles an error may not run even if something waited for it. */
function isSaid({ flaw, certainty }: Check): boolean {
  return flaw !== undefined && flaw !== 'swallowed' && !(flaw === 'unawaited' && certainty === 'catch');
}

/** Whether a test that checks nothing was to: assertions of it are never made, or it comes to a value that nobody looks at. One that says that it only wants nothing to fail is meant so. */
function isPlainlyIdle({ checks, isIdle, state, title }: TestCase): boolean {
  if (state === 'skipped') return false;
  const own = title.at(-1) ?? '';
  return (checks.some(isPlainlyFlawed) && !DENIES.test(own)) || (isIdle === true && own !== '' && !wantsNoFailure(own));
}

/** Flaws that are told whatever their shape. */
const TOLD = /^(misspelt|empty-snapshot)$/;
/** What is held to be true where it only says that the test got there. */
const REACHED = /^(true|True|!0|1|['"`].*|assert!\(true.*)$/s;

function isPlainlyFlawed({ flaw, isPlain }: Check): boolean {
  return flaw !== undefined && (TOLD.test(flaw) || isPlain === true);
}

/** Whether what cannot fail is more than a mark that the test got there. */
function isPlainTautology({ subject, fact, isPlain }: Check, { title }: TestCase): boolean {
  if (subject === 'pass') return false;
  if (REACHED.test(subject) && /^(truth|boolean|value)$/.test(fact)) return false;
  // Where an operator is tested, things are held against themselves; and what is held against a constant of a type, for the type's sake.
  return isPlain !== false && !/\b(typ(e|es|ed|ing|ings)|itself|identity|reflexive)\b/i.test(title.at(-1) ?? '');
}

function findingsOfCheck(check: Check, test: TestCase): Finding[] {
  if (check.flaw) {
    // What a helper does wrong is said where the helper is written.
    if (check.via !== undefined && !check.isHelperLost) return [];
    const isPlain = check.flaw === 'tautology' ? isPlainTautology(check, test) : isPlainlyFlawed(check);
    const found = [toldWhere(isPlain, finding(FLAWS[check.flaw].rule, check, FLAWS[check.flaw].message, check.fix))];
    if (/^(unawaited|swallowed)$/.test(check.flaw) && check.fact === 'any-error' && check.via === undefined) found.push(broad(check, test));
    return found;
  }
  if (check.via !== undefined || check.fact !== 'any-error') return [];
  return [broad(check, test)];
}

function broad(check: Check, { title }: TestCase): Finding {
  const own = title.at(-1) ?? '';
  const isMeant = check.isAnyMeant || title.some((one) => OF_TYPES.test(one)) || isAboutAfter(own) || (check.isOnTheWay && !wantsFailure(own));
  return toldWhere(!isMeant, finding('broad-throws', check, BROAD));
}

/** What suites and tests are called in which the compiler is to refuse something, and what happens when it runs is another matter. */
const OF_TYPES = /\b(typescript|types|typings?|type[- ](tests?|safety|checks?))\b/i;
/** What a title says of a test in which nothing is to be thrown. */
const DENIES = /(\bnot?|n't|without|never)[\s_]+(be[\s_]+)?(fail|throw|crash|error|raise|reject)/i;
const DROPPED = 'Whatever is thrown here is dropped: the test passes whether or not this works.';
const BROAD = 'Any error would do, also one that has another cause.';
