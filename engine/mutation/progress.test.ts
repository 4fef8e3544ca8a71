import assert from 'node:assert/strict';
import type { MutantStatus, TestCase, Verdict } from './model.ts';
import type { RunEvent } from './mutate.ts';
import { ProgressTracker } from './progress.ts';

const verdict = (status: MutantStatus, more: Partial<Verdict> = {}): RunEvent => ({
  kind: 'verdict',
  verdict: { id: '1', status, ...more } as Verdict,
});
const tests = (count: number): RunEvent => ({ kind: 'tests', tests: Array.from({ length: count }, (): TestCase => ({ name: 'a', durationMs: 1 })) });

/** What happens in a run, in order, and what a person then reads; undefined where nothing changes. */
const RUN: [event: RunEvent, text: string | undefined][] = [
  [{ kind: 'started', node: '24.0.0', files: [], extreme: false }, 'preparing'],
  [{ kind: 'phase', phase: 'instrumenting' }, 'instrumenting'],
  [{ kind: 'log', line: 'INFO' }, undefined],
  [{ kind: 'skipped', file: '/a.ts', failure: { code: 'syntax-error', message: '', action: '' } }, undefined],
  [{ kind: 'phase', phase: 'dry-run' }, 'running the tests once'],
  [tests(12), '12 tests pass'],
  [{ kind: 'planned', mutants: 3 }, '12 tests pass'],
  [{ kind: 'phase', phase: 'mutants' }, '0 of 3 mutants · 0 survived'],
  [verdict('Killed'), '1 of 3 mutants · 0 survived'],
  [{ kind: 'stored' }, undefined],
  [verdict('Survived', { id: '2', provisional: true }), '1 of 3 mutants · 0 survived · 1 being confirmed'],
  [verdict('Survived', { id: '2' }), '2 of 3 mutants · 1 survived'],
  [verdict('Survived', { id: '3', provisional: true }), '2 of 3 mutants · 1 survived · 1 being confirmed'],
  [{ kind: 'executor', name: 'StrykerJS', because: 'it stopped' }, undefined],
  [{ kind: 'planned', mutants: 3 }, '2 of 3 mutants · 1 survived · 1 being confirmed'],
  [verdict('NoCoverage'), '1 of 3 mutants · 0 survived'],
  [{ kind: 'started', node: '24.0.0', files: [], extreme: true }, 'preparing'],
  [tests(1), '1 test passes'],
  [{ kind: 'planned', mutants: 2 }, '1 test passes'],
  [verdict('Survived'), '1 of 2 functions · 1 would not be missed'],
  [{ kind: 'started', node: '24.0.0', files: [], extreme: false }, 'preparing'],
  [{ kind: 'phase', phase: 'mutants' }, '0 of 0 mutants · 0 survived'],
];

describe('the progress of a run', () => {
  it('is preparing before anything happens', () => {
    assert.deepEqual(new ProgressTracker().progress, { phase: 'preparing', judged: 0, planned: 0, survived: 0, text: 'preparing' });
  });

  it('follows what happens, and begins anew with the next package', () => {
    const tracker = new ProgressTracker();
    const read = RUN.map(([event]) => (tracker.take(event) ? tracker.progress.text : undefined));
    assert.deepEqual(
      read,
      RUN.map(([, text]) => text),
    );
    assert.deepEqual({ ...tracker.progress, text: '' }, { phase: 'mutants', judged: 0, planned: 0, survived: 0, text: '' });
  });
});
