import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Auditor, BANDS, type FileAudit, type Finding, isTold, type TestAudit } from '../engine/audit/index.ts';
import { Lines } from '../engine/model/index.ts';
import { findTestFiles } from '../engine/workspace/index.ts';
import { byRule, disagreements, figures, type Looked, readLabels, toldAlone } from './support/labels.ts';

/**
 * What bench/README.md says of the test audit:
 *   labels CHECKOUTS               findings and bands beside labels made by hand, with what is only hinted at and without it; CHECKOUTS holds a folder
 *                                  owner+name for each repository, and what is not there is left out
 *   speed DIRECTORY…               files a second, in one thread
 *   keystroke FILE                 one character typed in the middle of a test file, 300 times
 */
const [mode, ...args] = process.argv.slice(2);
const auditor = await Auditor.create();
if (mode === 'labels') await labels(args[0] as string);
else if (mode === 'speed') await speed(args);
else if (mode === 'keystroke') keystroke(args[0] as string);
else throw new Error('labels, speed or keystroke?');

async function labels(checkouts: string): Promise<void> {
  const sets = new Map<string, Looked[]>();
  for (const [name, all] of readLabels(fileURLToPath(new URL('audit/', import.meta.url)))) {
    const looked: Looked[] = [];
    const there = all.filter(({ repo }) => existsSync(path.join(checkouts, repo.replace('/', '+'))));
    for (const label of there) {
      const test = (await auditOf(path.join(checkouts, label.repo.replace('/', '+'), label.path))).testAt(label.line);
      const skipped = test?.state === 'skipped' ? ['skipped-test'] : [];
      const rules = (findings: readonly Finding[] = []) => new Set([...findings.map(({ rule }) => rule), ...skipped]);
      looked.push({
        label,
        found: rules(test?.findings),
        told: rules(test?.findings.filter(isTold)),
        band: test && ['0-20', '21-50', '51-80', '81-100'][BANDS.findIndex(({ most }) => test.strength <= most)],
      });
    }
    process.stdout.write(`${there.length} of ${all.length} are there; ${disagreements(name, looked)}\n`);
    const set = `set ${/-(\d)\.jsonl$/.exec(name)?.[1] ?? '1'}`;
    sets.set(set, [...(sets.get(set) ?? []), ...looked]);
  }
  for (const [set, looked] of [...sets].sort(([a], [b]) => a.localeCompare(b))) {
    process.stdout.write(`${set}: ${figures(looked)}\n  told alone: ${figures(toldAlone(looked))}\n`);
    for (const sample of ['random', 'pattern'] as const) {
      const drawn = looked.filter(({ label }) => label.sample === sample);
      if (drawn.length > 0) process.stdout.write(`  ${sample}: ${figures(drawn)}\n`);
    }
    process.stdout.write(`\n${byRule(looked)}\n`);
  }
}

async function speed(directories: readonly string[]): Promise<void> {
  const files = (await Promise.all(directories.map(findTestFiles))).flat();
  let units = 0;
  let tests = 0;
  const start = performance.now();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    await auditor.prepare(file);
    tests += auditor.audit(file, text)?.tests.length ?? 0;
    units += text.length;
  }
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(
    `${files.length} files, ${(units / 1e6).toFixed(1)} MB, ${tests} tests: ${seconds.toFixed(2)} s, ${(files.length / seconds).toFixed(0)} files/s, ${(units / 1e6 / seconds).toFixed(2)} MB/s in one thread\n`,
  );
}

function keystroke(file: string): void {
  let text = readFileSync(file, 'utf8');
  const place = text.indexOf('\n', text.length / 2);
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    text = `${text.slice(0, place + i)}x${text.slice(place + i)}`;
    const start = performance.now();
    auditor.auditAgain(file, text);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(
    `${text.split('\n').length} lines: median ${times[150]?.toFixed(1)} ms, 95th percentile ${times[285]?.toFixed(1)} ms, worst ${times.at(-1)?.toFixed(1)} ms\n`,
  );
}

async function auditOf(file: string): Promise<{ audit: FileAudit; testAt(line: number): TestAudit | undefined }> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  await auditor.prepare(file);
  const audit = auditor.audit(file, text) ?? { tests: [], findings: [] };
  const lines = new Lines(text);
  const lineOf = ({ start }: TestAudit) => lines.positionAt(start).line + 1;
  return {
    audit,
    testAt: (line) => audit.tests.find((test) => lineOf(test) === line) ?? audit.tests.find((test) => Math.abs(lineOf(test) - line) === 1),
  };
}
