import assert from 'node:assert/strict';
import { ago, counted, duration, percent } from './format.ts';

/** Without the spaces that do not break. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('percent', () => {
  it('rounds, but never up to all or down to none', () => {
    assert.deepEqual([83.5, 99.6, 100, 0.2, 0].map(percent).map(plain), ['83 %', '99 %', '100 %', '1 %', '0 %']);
  });

  it('shows a dash where there is nothing to count', () => {
    assert.equal(percent(null), '–');
  });
});

describe('duration', () => {
  it('takes the unit that people would', () => {
    const shown = [0.2, 12.4, 999.7, 1400, 9960, 59_600, 125_000, 4_320_000].map(duration).map(plain);
    assert.deepEqual(shown, ['< 1 ms', '12 ms', '1.0 s', '1.4 s', '10 s', '1 min 0 s', '2 min 5 s', '1 h 12 min']);
  });
});

describe('ago', () => {
  const now = Date.UTC(2026, 5, 20, 12);

  it('says how long ago, and the date after a week', () => {
    const seconds = [5, 90, 7200, 86_400, 8 * 86_400];
    assert.deepEqual(
      seconds.map((each) => ago(now - each * 1000, now)),
      ['just now', '1 minute ago', '2 hours ago', '1 day ago', 'Jun 12, 2026'],
    );
  });

  it('takes a clock that is behind for now', () => {
    assert.equal(ago(now + 5000, now), 'just now');
  });
});

describe('counted', () => {
  it('agrees with its number', () => {
    assert.deepEqual([counted(1, 'file'), counted(0, 'file'), counted(1200, 'file')], ['1 file', '0 files', '1,200 files']);
  });
});
