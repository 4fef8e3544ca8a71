/**
 * What recording test runs costs, and whether it counts what the tools themselves say: `node bench/recording.ts [--pairs 3] 'DIRECTORY:COMMAND' …`.
 * Each command runs with and without recording in turns, in a copy of the directory.
 */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TestCounts } from '../engine/verification/model.ts';
import { countTests } from '../engine/verification/tests/index.ts';
import { machine } from './support/machine.ts';
import { median, table } from './support/numbers.ts';
import { temporaryFolder } from './support/temporary.ts';
import { runPlainly, runRecorded } from './support/test-cases/recorded-run.ts';

const at = process.argv.indexOf('--pairs');
const pairs = at < 0 ? 3 : Number(process.argv[at + 1]);
const subjects = process.argv.slice(2).filter((one, i, all) => one !== '--pairs' && all[i - 1] !== '--pairs');
const rows: string[][] = [];
console.error(machine());

for (const subject of subjects) {
  const [directory = '', words = ''] = subject.split(/:(.*)/s);
  const cwd = path.join(temporaryFolder(), path.basename(directory));
  cpSync(directory, cwd, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('/.git') });
  const command = { argv: words.split(' '), env: {}, cwd };
  // The first run fills caches.
  const first = await runPlainly(command);
  const said = ownCounts(first.lines.map(([, line]) => stripVTControlCharacters(line)));
  const [bare, recorded]: [number[], number[]] = [[], []];
  let counts: TestCounts | undefined;
  for (let i = 0; i < pairs; i++) {
    const both = [
      async () => bare.push((await runPlainly(command)).ms),
      async () => {
        const went = await runRecorded(command);
        recorded.push(went.ms);
        counts = countTests(went.report);
      },
    ];
    for (const one of i % 2 === 0 ? both : both.reverse()) await one();
  }
  const differences = recorded.map((ms, i) => ms - (bare[i] as number));
  const more = median(differences);
  const row = [
    path.basename(directory),
    `\`${words}\``,
    shown(said),
    counts ? shown({ ...counts, skipped: counts.skipped + counts.todo }) : '',
    (median(bare) / 1000).toFixed(2),
    `${more.toFixed(0)} ms`,
    `${((100 * more) / median(bare)).toFixed(1)} %`,
  ];
  rows.push(row);
  console.error(row.join(' | '));
}
console.log(table(['project', 'command', 'what it says', 'recorded', 'bare, s', 'more, median of pairs', ''], rows));

interface Summed {
  passed: number;
  failed: number;
  skipped: number;
}

function shown({ passed, failed, skipped }: Summed): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** What tools say in their last lines, all of them together. */
function ownCounts(lines: readonly string[]): Summed {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const add = (text: string, passed: RegExp, failed: RegExp, ...skipped: RegExp[]) => {
    const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
    sum.passed += number(passed);
    sum.failed += number(failed);
    for (const pattern of skipped) sum.skipped += number(pattern);
  };
  for (const line of lines) {
    // Vitest and Jest; pytest.
    if (/^\s*Tests:? +\d/.test(line)) add(line, /(\d+) passed/, /(\d+) failed/, /(\d+) skipped/, /(\d+) todo/);
    if (/^=+ .*\d (passed|failed).* in [\d.]+s/.test(line)) add(line, /(\d+) passed/, /(\d+) failed/, /(\d+) skipped/, /(\d+) xfailed/);
    // Mocha.
    const [, count, how] = /^\s+(\d+) (passing|failing|pending)\b/.exec(line) ?? [];
    if (how !== undefined) sum[how === 'passing' ? 'passed' : how === 'failing' ? 'failed' : 'skipped'] += Number(count);
    // node:test.
    const [, kind, n] = /^(?:#|ℹ) (pass|fail|cancelled|skipped|todo) (\d+)$/.exec(line) ?? [];
    if (kind !== undefined) sum[kind === 'pass' ? 'passed' : kind === 'fail' || kind === 'cancelled' ? 'failed' : 'skipped'] += Number(n);
    // go with -v, and cargo.
    const [, ended] = /^\s*--- (PASS|FAIL|SKIP): /.exec(line) ?? [];
    if (ended !== undefined) sum[ended === 'PASS' ? 'passed' : ended === 'FAIL' ? 'failed' : 'skipped'] += 1;
    if (line.startsWith('test result: ')) add(line, /(\d+) passed/, /(\d+) failed/, /(\d+) ignored/);
  }
  return sum;
}
