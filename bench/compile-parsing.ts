/** Reads every recorded output of `engine/verification/compile/samples/` and prints, tool by tool, how much of what its machine form says was found: `node bench/compile-parsing.ts`. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareSample } from './compile/compare.ts';
import type { Sample } from './compile/sample.ts';

const samples = fileURLToPath(new URL('../engine/verification/compile/samples/', import.meta.url));

interface Row {
  outputs: number;
  /** Outputs whose expectation is the tool's own machine form. */
  machine: number;
  problems: number;
  /** Outputs with as many errors and as many warnings as expected. */
  counts: number;
  /** Problems with severity, code, message, file, line and column as expected. */
  exact: number;
}

const rows = new Map<string, Row>();
const off: string[] = [];
for (const name of globSync('**/*.json', { cwd: samples }).sort()) {
  const sample: Sample = JSON.parse(readFileSync(path.join(samples, name), 'utf8'));
  const { found, missed, invented, misread } = compareSample(sample);
  for (const row of [rowOf(sample.tool), rowOf('**all**')]) {
    row.outputs++;
    if (sample.oracle.kind !== 'hand') row.machine++;
    row.problems += found + missed.length;
    if (missed.length + invented.length === 0) row.counts++;
    row.exact += found - misread.length;
  }
  if (missed.length + invented.length + misread.length > 0) off.push(name);
}

console.log('| tool | outputs | expected by the tool itself | problems | counts equal | wholly equal |\n| --- | ---: | ---: | ---: | ---: | ---: |');
for (const [tool, { outputs, machine, problems, counts, exact }] of [...rows].sort(
  ([a], [b]) => Number(a.startsWith('*')) - Number(b.startsWith('*')),
)) {
  console.log(`| ${tool} | ${outputs} | ${machine} | ${problems} | ${counts} of ${outputs} | ${exact} of ${problems} |`);
}
for (const name of off) console.log(`not equal: ${name}`);

function rowOf(tool: string): Row {
  const row = rows.get(tool) ?? { outputs: 0, machine: 0, problems: 0, counts: 0, exact: 0 };
  rows.set(tool, row);
  return row;
}
