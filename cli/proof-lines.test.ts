import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Problem, Proof } from '../engine/verification/index.ts';
import { proofLines } from './proof-lines.ts';

describe('the lines of a proof', () => {
  let directory = '';

  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'assay-lines-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const plain = (text: string) => text;
  const problem: Problem = { severity: 'error', message: 'is not there', tool: 'tsc' };
  const lines = (more: Partial<Proof>) =>
    proofLines(
      {
        ...{ id: 'x-compile', rung: 'compile', directory, ecosystem: 'node', verdict: 'fails', summary: '21 errors', notes: [], at: 0 },
        ...{ durationMs: 0, runs: [], tools: [], environment: {}, changedFiles: [], problems: Array.from({ length: 21 }, () => problem), lines: {} },
        ...more,
      },
      { bold: plain, dim: plain, red: plain, green: plain },
    );

  it('tell where the log is', () => {
    const folder = path.join(directory, '.assay', 'evidence', 'x-compile');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'output.log'), '');
    assert.match(lines({}).at(-1) ?? '', /log: .*\.assay\/evidence\/x-compile\/output\.log$/);
    assert.match(lines({}).at(-2) ?? '', /1 more lines in the log$/);
  });

  it('name no log that was not kept', () => {
    assert.deepEqual(lines({}).slice(-2), ['    … 1 more lines', '    The log is not kept.']);
    assert.doesNotMatch(lines({ verdict: 'holds', problems: [] }).join('\n'), /log/);
  });
});
