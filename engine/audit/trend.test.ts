import assert from 'node:assert/strict';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { Store } from '../store/index.ts';
import { type AuditPoint, AuditTrend, pointOf } from './trend.ts';

const HOUR = 3_600_000;
const BANDS = { 'execution only': 1, weak: 2, behaviour: 3, comprehensive: 4 };

function pointAt(at: number, more: Partial<AuditPoint> = {}): AuditPoint {
  return { at, tests: 10, strength: 61.25, bands: BANDS, findings: 3, falsePositives: null, ...more };
}

describe('AuditTrend', () => {
  let store: Store;
  let directory: string;
  beforeEach(() => {
    directory = emptyWorkspace();
    store = Store.open(directory);
  });
  afterEach(() => {
    store.close();
    removeWorkspaces();
  });

  it('keeps points as they were, oldest first, over a restart', () => {
    const points = [pointAt(1, { strength: null, falsePositives: 2 }), pointAt(2)];
    for (const point of points) new AuditTrend(store).record(point);
    store.close();
    store = Store.open(directory);
    assert.deepEqual(new AuditTrend(store).points(), points);
  });

  it('takes the same numbers again only after an hour', () => {
    const trend = new AuditTrend(store);
    trend.record(pointAt(0));
    assert.deepEqual(trend.record(pointAt(HOUR - 1)), [pointAt(0)]);
    assert.deepEqual(trend.record(pointAt(HOUR)), [pointAt(0), pointAt(HOUR)]);
  });

  it('takes other numbers at once, whichever they are', () => {
    const trend = new AuditTrend(store);
    const changes: Partial<AuditPoint>[] = [
      {},
      { tests: 11 },
      { strength: 61 },
      { bands: { ...BANDS, weak: 3 } },
      { findings: 4 },
      { falsePositives: 0 },
    ];
    for (const [at, change] of changes.entries()) trend.record(pointAt(at, change));
    assert.equal(trend.points().length, changes.length);
  });

  it('tells the last two hundred', () => {
    const trend = new AuditTrend(store);
    for (let at = 0; at < 203; at++) trend.record(pointAt(at, { tests: at }));
    const { length, 0: first } = trend.points();
    assert.deepEqual([length, first?.at], [200, 3]);
  });

  it('says so where it cannot store a point, and still tells it', () => {
    store.run('DROP TABLE audit');
    store.run('CREATE TABLE audit (at INTEGER PRIMARY KEY)');
    assert.deepEqual(new AuditTrend(store).record(pointAt(5)), [pointAt(5)]);
    assert.deepEqual(
      store.notices.map(({ code }) => code),
      ['store-unwritable'],
    );
  });
});

describe('pointOf', () => {
  it('sums up the findings', () => {
    const summary = { files: 2, tests: 10, skipped: 1, strength: 50, bands: BANDS, hints: 3, findings: { tautology: 2, 'no-assertion': 3 } };
    assert.deepEqual(pointOf(summary, 7, null), { at: 7, tests: 10, strength: 50, bands: BANDS, findings: 5, falsePositives: null });
  });
});
