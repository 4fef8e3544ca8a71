import assert from 'node:assert/strict';
import { pointOf } from './samples.ts';
import { courseOf, lineThrough, MEASURES, type Measure } from './trend.ts';

const [strength, weak, findings, tests] = MEASURES as [Measure, Measure, Measure, Measure];

describe('courseOf', () => {
  it('begins with the second audit', () => {
    assert.equal(courseOf(strength, []), undefined);
    assert.equal(courseOf(strength, [pointOf(1)]), undefined);
    assert.equal(courseOf(strength, [pointOf(1), pointOf(2, { strength: null })]), undefined, 'one value is none to compare with');
  });

  it('says in a sentence what the line shows', () => {
    const course = courseOf(strength, [pointOf(1, { strength: 52.14 }), pointOf(2, { strength: 70 }), pointOf(3, { strength: 61.2 })]);
    assert.match(
      course?.sentence ?? '',
      /^Mean strength over 3 audits since Jun 1, 2026, .+: from 52\.1 to 61\.2, up 9\.1; lowest 52\.1, highest 70\.0\.$/,
    );
    assert.deepEqual([course?.now, course?.change], ['61.2', 'up 9.1']);
  });

  it('knows of each number whether more is better', () => {
    const better = pointOf(1, { strength: 50, findings: 9, tests: 30, bands: { 'execution only': 5, weak: 9, behaviour: 0, comprehensive: 0 } });
    const tones = [strength, weak, findings, tests].map((measure) => courseOf(measure, [better, pointOf(2)])?.tone);
    assert.deepEqual(tones, ['well', 'well', 'well', 'neither']);
    assert.deepEqual(
      [strength, weak, findings].map((measure) => courseOf(measure, [pointOf(1), { ...better, at: pointOf(2).at }])?.tone),
      ['ill', 'ill', 'ill'],
    );
  });

  it('calls unchanged what reads the same', () => {
    const course = courseOf(strength, [pointOf(1, { strength: 60.01 }), pointOf(2, { strength: 60.04 })]);
    assert.deepEqual([course?.change, course?.tone], ['unchanged', 'neither']);
  });

  it('draws small changes small, and large ones over the whole height', () => {
    const heights = (...values: (number | null)[]) =>
      courseOf(
        strength,
        values.map((value, day) => pointOf(day + 1, { strength: value })),
      )?.heights;
    assert.deepEqual(heights(60, 60), [0.5, 0.5]);
    assert.deepEqual(heights(59, 61), [0.4, 0.6]);
    assert.deepEqual(heights(20, null, 60), [0, null, 1]);
  });
});

describe('lineThrough', () => {
  it('goes from left to right, upwards for more, and is broken where nothing is known', () => {
    assert.equal(lineThrough([0, 0.5, 1], 200, 32), 'M0 32L100 16L200 0');
    assert.equal(lineThrough([0, null, 1, 1], 300, 30), 'M0 30M200 0L300 0');
    assert.equal(lineThrough([0.5], 200, 32), 'M0 16');
  });
});
