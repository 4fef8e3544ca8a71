import assert from 'node:assert/strict';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyWorkspace, removeWorkspaces } from '../../../test/support/workspaces.ts';
import { findPackage } from '../../workspace/index.ts';
import type { MutantStatus, Verdict } from '../model.ts';
import type { Check } from './check.ts';
import { type VerifyOutcome, verify } from './verify.ts';

const INSTALLED = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const SOURCE = `exports.half = (n) => {
  if (n < 0) return 0;
  return n / 2;
};
exports.unused = () => 'never' + 'run';
`;
const TEST = `const assert = require('node:assert');
const { half } = require('../lib/half.js');
it('halves', () => assert.equal(half(4), 2));
`;

describe('verifying verdicts', function () {
  this.timeout(60_000);
  after(removeWorkspaces);

  it('bears out verdicts that are right, and leaves nothing behind', async () => {
    const { directory, outcome } = await verified(TEST, [
      ['Killed', 'n / 2', 'n * 2'],
      ['Survived', 'n < 0', 'n <= 0'],
      ['NoCoverage', "'run'", '""'],
    ]);
    assert.deepEqual(results(outcome), ['right', 'right', 'right']);
    assert.deepEqual(
      outcome.checks.map(({ runs }) => runs.map((run) => [run.command, run.outcome])),
      [[['mocha --bail', 'failed']], [['mocha --bail', 'passed']], [['mocha --bail', 'passed']]],
    );
    assert.equal(readFileSync(path.join(directory, 'lib/half.js'), 'utf8'), SOURCE);
    assert.deepEqual(runFolders(), []);
  });

  it('finds a verdict wrong that the command contradicts twice, and shows what it said', async () => {
    const { outcome } = await verified(TEST, [
      ['Survived', 'n / 2', 'n * 2'],
      ['Killed', 'n < 0', 'n <= 0'],
    ]);
    assert.deepEqual(results(outcome), ['wrong', 'wrong']);
    assert.deepEqual(
      outcome.checks.map(({ runs }) => runs.map((run) => run.outcome)),
      [
        ['failed', 'failed'],
        ['passed', 'passed'],
      ],
    );
    assert.match(outcome.checks[0]?.runs[1]?.tail.join('\n') ?? '', /8 == 2/);
  });

  it('says that a mutant could not be applied where the text has changed or is no program with it', async () => {
    const { outcome } = await verified(TEST, [
      ['Killed', 'n / 2', 'n * 2', 'n / 3'],
      ['Killed', 'n / 2', 'n */ 2'],
    ]);
    assert.deepEqual(
      outcome.checks.map(({ result, why }) => [result, why]),
      [
        ['not-applied', 'the file has changed since'],
        ['not-applied', 'the text with it is no program'],
      ],
    );
  });

  it('is inconclusive where the command says the one thing, then the other', async () => {
    const count = path.join(emptyWorkspace(), 'count');
    const flaky = `const { appendFileSync, readFileSync } = require('node:fs');
${TEST}
it('fails the second time', () => { appendFileSync(${JSON.stringify(count)}, '.'); assert.notEqual(readFileSync(${JSON.stringify(count)}).length, 2); });
`;
    const { outcome } = await verified(flaky, [['Survived', 'n < 0', 'n <= 0']]);
    assert.deepEqual(results(outcome), ['inconclusive']);
  });

  it('is inconclusive where the command comes to fail without the mutant too', async () => {
    const count = path.join(emptyWorkspace(), 'count');
    const failing = `const { appendFileSync, readFileSync } = require('node:fs');
${TEST}
it('passes once', () => { appendFileSync(${JSON.stringify(count)}, '.'); assert.equal(readFileSync(${JSON.stringify(count)}).length, 1); });
`;
    const { outcome } = await verified(failing, [['Survived', 'n < 0', 'n <= 0']]);
    assert.deepEqual(
      outcome.checks.map(({ result, why }) => [result, why]),
      [['inconclusive', 'then the tests did not pass without the mutant either']],
    );
  });

  it('trusts no failure in a copy in which the tests came to fail without a mutant too', async () => {
    const spoiling = `const { existsSync, writeFileSync } = require('node:fs');
${TEST}
it('spoils', () => { if (half(-2) !== 0) writeFileSync('spoilt', ''); assert.ok(!existsSync('spoilt')); });
`;
    const { outcome } = await verified(spoiling, [
      ['Killed', 'n < 0', 'false'],
      ['Killed', 'n < 0', 'n <= 0'],
    ]);
    assert.deepEqual(results(outcome), ['inconclusive', 'inconclusive']);
  });

  it('fails where the command does not pass without a mutant', async () => {
    const { outcome } = await verified(TEST.replace('half(4), 2', 'half(4), 3'), [['Killed', 'n / 2', 'n * 2']]);
    assert.deepEqual([outcome.status, outcome.failure?.code, outcome.checks], ['failed', 'tests-failed', []]);
    assert.match(outcome.failure?.message ?? '', /`mocha --bail` fails in a copy of half without any mutant/);
    assert.match(outcome.failure?.detail ?? '', /2 == 3/);
  });

  it('stops when it is cancelled', async () => {
    const cancel = new AbortController();
    const { outcome } = await verified(TEST, [['Killed', 'n / 2', 'n * 2']], cancel);
    assert.deepEqual([outcome.status, outcome.checks], ['cancelled', []]);
    assert.deepEqual(runFolders(), []);
  });
});

type Falsifiable = [status: MutantStatus, original: string, replacement: string, said?: string];

/** Verifies verdicts on a package with one test file; `cancel` is aborted when the command without a mutant begins. */
async function verified(test: string, verdicts: Falsifiable[], cancel?: AbortController): Promise<{ directory: string; outcome: VerifyOutcome }> {
  const directory = emptyWorkspace({
    'package.json': '{ "name": "half", "scripts": { "test": "mocha" } }',
    'lib/half.js': SOURCE,
    'test/half.js': test,
  });
  symlinkSync(INSTALLED, path.join(directory, 'node_modules'), 'junction');
  const pkg = await findPackage(path.join(directory, 'lib'), directory);
  assert.ok(pkg.ok);
  const outcome = await verify(
    {
      package: pkg.value,
      verdicts: verdicts.map((one, i) => verdict(path.join(directory, 'lib/half.js'), one, i)),
      tests: [],
      node: { own: { path: process.execPath, version: process.versions.node } },
      concurrency: 1,
      dryRunMinutes: 1,
    },
    { signal: cancel?.signal ?? new AbortController().signal, report: () => setTimeout(() => cancel?.abort(), 50) },
  );
  return { directory, outcome };
}

function verdict(file: string, [status, original, replacement, said]: Falsifiable, i: number): Verdict {
  const before = SOURCE.slice(0, SOURCE.indexOf(original)).split('\n');
  const start = { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
  const range = { start, end: { ...start, column: start.column + original.length } };
  return { id: String(i), file, range, mutator: 'Any', original: said ?? original, replacement, static: false, status, coveredBy: [], killedBy: [] };
}

function results({ checks }: { checks: Check[] }): string[] {
  return checks.map(({ result }) => result);
}

function runFolders(): string[] {
  return readdirSync(os.tmpdir()).filter((name) => name.startsWith(`assay-${process.pid}-`));
}
