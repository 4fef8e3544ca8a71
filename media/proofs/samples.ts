import type { Ladder, LadderStep, ProofDetail, ProofPoint, ProofSummary, Rung, ShownFailure, TestTally, Verdict } from '../../server/protocol.ts';

const RUNGS: readonly Rung[] = ['compile', 'test', 'mutation', 'load'];
/** A day of June 2026. */
export const DAY = Date.UTC(2026, 5, 12, 12);

/** Counts of tests, none where nothing else is said. */
export function countsOf(more: Partial<TestTally>): TestTally {
  return { passed: 0, failed: 0, skipped: 0, todo: 0, flaky: 0, broken: 0, ...more };
}

/** A proof of a rung. */
export function proofOf(rung: Rung, verdict: Verdict, more: Partial<ProofSummary> = {}): ProofSummary {
  const commands = { compile: 'npm run build', test: 'npm test', mutation: '', load: 'npm start' };
  return {
    ...{ id: `${rung}-1`, rung, verdict, summary: `It ${verdict}`, notes: [], at: DAY, durationMs: 4200 },
    commands:
      commands[rung] === ''
        ? []
        : [{ line: commands[rung], durationMs: 4100, ending: `exit status ${verdict === 'fails' ? 1 : 0}`, peakMemory: 312e6 }],
    tools: [{ name: 'npm', version: '11.4.2' }],
    git: { commit: '4f0c9a7be12d', branch: 'main', dirty: false },
    ...{ changedFiles: [], errors: 0, warnings: 0, counts: null, coverage: null, mutation: null, load: null, hasEvidence: true },
    ...more,
  };
}

/** A project with the given proofs, by their rungs. */
export function ladderOf(name: string, proofs: readonly ProofSummary[], more: Partial<Record<Rung, Partial<LadderStep>>> = {}): Ladder {
  return {
    ...{ id: `node:file:///${name}`, name, uri: `file:///${name}`, path: `packages/${name}`, ecosystem: 'node', language: 'typescript' },
    tools: ['npm 11.4.2', 'vitest 5.0.1'],
    steps: RUNGS.map((rung) => {
      const newest = proofs.find((one) => one.rung === rung) ?? null;
      const trend = newest ? [pointOf(newest)] : [];
      const commands = { compile: ['npm run build'], test: ['npm test'], mutation: [], load: ['npm start'] }[rung];
      return { rung, commands, choices: [], cannot: null, newest, trend, ...more[rung] };
    }),
  };
}

/** A proof in the trend. */
export function pointOf({ id, rung, at, durationMs, verdict, summary, counts, mutation, errors, warnings }: ProofSummary): ProofPoint {
  const numbers = counts ? { ...counts } : mutation ? { ...mutation } : { errors, warnings };
  return { id, rung, at, durationMs, verdict, summary, numbers };
}

/** What a proof found. */
export function detailOf(summary: ProofSummary, more: Partial<ProofDetail> = {}): ProofDetail {
  return { summary, log: `file:///evidence/${summary.id}/output.log`, environment: [], problems: [], failures: [], ...more };
}

/** A test that failed. */
export function failureOf(title: string, more: Partial<ShownFailure> = {}): ShownFailure {
  return {
    ...{ kind: 'failed', framework: 'vitest', title: title.split(' > '), message: 'AssertionError: expected 118 to be 119' },
    ...{ expected: '119', actual: '118', durationMs: 12 },
    at: { uri: 'file:///test/cart.test.ts', path: 'test/cart.test.ts', position: { line: 41, column: 4 }, isThere: true },
    ...more,
  };
}
