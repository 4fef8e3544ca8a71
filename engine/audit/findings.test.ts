import assert from 'node:assert/strict';
import { findingsOf, identicalTests } from './findings.ts';
import type { Check, TestCase } from './model.ts';

const check = (more: Partial<Check> = {}): Check => ({ fact: 'value', subject: 'f()', details: 1, certainty: 'always', start: 10, end: 20, ...more });
const test = (checks: Check[], more: Partial<TestCase> = {}): TestCase => ({
  title: ['is tested'],
  start: 0,
  end: 30,
  head: { start: 0, end: 5 },
  state: 'run',
  isToldAround: false,
  rows: 1,
  acts: true,
  checks,
  dropped: [],
  body: 'f()',
  ...more,
});
const BROAD = 'broad-throws 10: Any error would do, also one that has another cause.';

const CASES: Record<string, [TestCase, string[]]> = {
  nothing: [test([check()]), []],
  'no assertion': [test([]), ['hint no-assertion 0: This test checks nothing: it fails only if something throws.']],
  'a value that nobody looks at': [test([], { isIdle: true }), ['no-assertion 0: This test checks nothing: it fails only if something throws.']],
  'a value that nobody looks at, on purpose': [
    test([], { isIdle: true, title: ['does not throw'] }),
    ['hint no-assertion 0: This test checks nothing: it fails only if something throws.'],
  ],
  'nothing that runs': [test([], { acts: false, isIdle: true }), ['no-assertion 0: This test does nothing.']],
  'a mark that the test got there': [
    test([check({ flaw: 'tautology', fact: 'truth', subject: 'true', isPlain: true }), check()]),
    ['hint tautology 10: This cannot fail, whatever the code does.'],
  ],
  'a mark, and nothing else': [
    test([check({ flaw: 'tautology', fact: 'truth', subject: 'true', isPlain: true })]),
    ['hint tautology 10: This cannot fail, whatever the code does.'],
  ],
  'what cannot fail': [test([check({ flaw: 'tautology' })]), ['tautology 10: This cannot fail, whatever the code does.']],
  'what is never made': [
    test([check({ flaw: 'uncalled', isPlain: true })]),
    [
      'uncalled-matcher 10: This checks nothing: no matcher is called.',
      'no-assertion 0: This test checks nothing: it fails only if something throws.',
    ],
  ],
  'a misspelt assertion beside another': [
    test([check({ flaw: 'misspelt' }), check()]),
    ['uncalled-matcher 10: This checks nothing: there is no such assertion, and a mock takes any call.'],
  ],
  'a mock that was told': [
    test([check({ flaw: 'mock', isPlain: true })]),
    ['mock-asserted 10: This looks only at what the test itself told its mock to give.'],
  ],
  'an empty snapshot': [
    test([check({ flaw: 'empty-snapshot' })]),
    ['empty-snapshot 10: This snapshot is empty: it is written by whatever comes first.'],
  ],
  'any error': [test([check({ fact: 'any-error' })]), [BROAD]],
  'any error that is meant': [test([check({ fact: 'any-error', isAnyMeant: true })]), [`hint ${BROAD}`]],
  'any error on the way': [test([check({ fact: 'any-error', isOnTheWay: true })], { title: ['sends again when it fails'] }), [`hint ${BROAD}`]],
  'any error that the title speaks of': [test([check({ fact: 'any-error', isOnTheWay: true })], { title: ['rejects bad names'] }), [BROAD]],
  'any error of what is gone': [test([check({ fact: 'any-error' })], { title: ['removes children'] }), [`hint ${BROAD}`]],
  'any error in a suite about types': [test([check({ fact: 'any-error' })], { title: ['Typescript Types', 'fails'] }), [`hint ${BROAD}`]],
  'any error that nothing waits for': [
    test([check({ fact: 'any-error', flaw: 'unawaited', isPlain: true })]),
    ['unawaited-assertion 10: Nothing waits for this: the test has passed before it is known whether it holds.', BROAD],
  ],
  'any error in a helper': [test([check({ fact: 'any-error', via: 'helper' })]), []],
  'any error in a helper that nothing waits for': [
    test([check({ fact: 'any-error', via: 'helper', flaw: 'unawaited', isHelperLost: true, isPlain: true })]),
    ['unawaited-assertion 10: Nothing waits for this: the test has passed before it is known whether it holds.'],
  ],
  'what a helper does wrong itself': [test([check({ via: 'helper', flaw: 'tautology' })]), []],
  'a loop': [
    test([check({ certainty: 'loop', guard: 8 }), check({ certainty: 'loop', guard: 8, start: 12 })]),
    ['hint conditional-assertion 10: This runs only if there is something to go through, which nothing checks. So does one more.'],
  ],
  'a condition with three': [
    test([8, 8, 8].map((guard, i) => check({ certainty: 'conditional', guard, start: 10 + i }))),
    ['hint conditional-assertion 10: This runs only under a condition; where that does not hold, the test passes without it. So do 2 more.'],
  ],
  'two callbacks': [
    test([check({ certainty: 'callback', guard: 8 }), check({ certainty: 'callback', guard: 18, start: 22 })]),
    [10, 22].map((at) => `hint conditional-assertion ${at}: This runs only if the callback is called, which nothing makes sure of.`),
  ],
  'a catch': [
    test([check({ certainty: 'catch', guard: 8, isPlain: true })]),
    ['conditional-assertion 10: This runs only if something is thrown; if nothing is, the test passes without it.'],
  ],
  'a condition in a helper': [test([check({ certainty: 'conditional', via: 'helper' })]), []],
  'a helper under a condition': [
    test([check({ certainty: 'conditional', via: 'helper', guard: 8 })]),
    ['hint conditional-assertion 10: This runs only under a condition; where that does not hold, the test passes without it.'],
  ],
  'what cannot fail under a condition': [
    test([check({ certainty: 'conditional', guard: 8, flaw: 'tautology' })]),
    ['tautology 10: This cannot fail, whatever the code does.'],
  ],
  'what is dropped': [
    test([], { dropped: [{ start: 7, end: 9, isPlain: true }], mayCheckUnseen: true }),
    ['swallowed-exception 7: Whatever is thrown here is dropped: the test passes whether or not this works.'],
  ],
  'a focused test': [test([check()], { state: 'focused' }), ['focused-test 0: While this test is focused, others are not run.']],
  'a skipped test': [test([check()], { state: 'skipped' }), ['skipped-test 0: This test is not run.']],
  'a skipped test that only has a title': [test([], { state: 'skipped', acts: false, body: '' }), ['skipped-test 0: This test is not run.']],
  'a skipped test with nothing in it': [
    test([], { state: 'skipped', acts: false, mayCheckUnseen: true }),
    ['hint skipped-test 0: This test is not run.'],
  ],
  'a test in a skipped suite': [test([check()], { state: 'skipped', isToldAround: true }), []],
  'what is wrong with a skipped test besides': [
    test([check({ flaw: 'uncalled', isPlain: true }), check({ flaw: 'tautology', start: 12 })], { state: 'skipped' }),
    [
      'skipped-test 0: This test is not run.',
      'uncalled-matcher 10: This checks nothing: no matcher is called.',
      'tautology 12: This cannot fail, whatever the code does.',
    ],
  ],
  'what handles an error and is not waited for': [
    test([check({ flaw: 'unawaited', certainty: 'catch', guard: 8, isPlain: true })]),
    [
      'unawaited-assertion 10: Nothing waits for this: the test has passed before it is known whether it holds.',
      'conditional-assertion 10: This runs only if something is thrown; if nothing is, the test passes without it.',
    ],
  ],
  'any error whose lack is dropped': [
    test([check({ fact: 'any-error', flaw: 'swallowed', isPlain: true })]),
    ['swallowed-exception 10: Its failure is caught and dropped: the test passes all the same.', BROAD],
  ],
};

describe('what is wrong with a test', () => {
  for (const [name, [of, expected]] of Object.entries(CASES)) {
    it(`is told of ${name}`, () =>
      assert.deepEqual(
        findingsOf(of).map(({ rule, start, message, severity }) => `${severity === 'hint' ? 'hint ' : ''}${rule} ${start}: ${message}`),
        expected,
      ));
  }

  it('keeps what sets it right', () => {
    const fix = { title: 'Remove this assertion', edits: [] };
    assert.deepEqual(findingsOf(test([check({ flaw: 'tautology', fix })]))[0]?.fixes, [fix]);
    assert.equal(findingsOf(test([check({ flaw: 'tautology' })]))[0]?.fixes, undefined);
  });

  it('says of all but the first that they are there twice, where they are run', () => {
    const [first, second, third] = [test([check()]), test([check()]), test([check()])];
    const others = [
      test([check()], { body: 'g()' }),
      test([check()], { state: 'skipped' }),
      test([], { body: '' }),
      test([], { acts: false }),
      test([check()], { title: ['leaves comments out'] }),
    ];
    assert.deepEqual(
      [...identicalTests([first, ...others, second, third])],
      [
        [second, first],
        [third, first],
      ],
    );
  });
});
