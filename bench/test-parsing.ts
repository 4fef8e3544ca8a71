/**
 * What is recorded of test runs beside each tool's own machine report, on test files by what is hard in them: `node bench/test-parsing.ts [TOOL …]`.
 * With `--record`, what was heard is kept as data of the tests in `engine/verification/tests/recorded/`.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestReport } from '../engine/verification/model.ts';
import type { recordTests } from '../engine/verification/tests/index.ts';
import { project } from '../test/matrix/project.ts';
import { machine } from './support/machine.ts';
import { table } from './support/numbers.ts';
import { ROOT, temporaryFolder } from './support/temporary.ts';
import { GO, RUST } from './support/test-cases/compiled.ts';
import { JAVASCRIPT, NOT_LOADING } from './support/test-cases/javascript.ts';
import { goJson, jestJson, junit, libtestJson, mochaJson, nodeTap, type Told } from './support/test-cases/machine-reports.ts';
import { PYTEST, UNITTEST } from './support/test-cases/python.ts';
import { runPlainly, runRecorded } from './support/test-cases/recorded-run.ts';

interface Compared {
  tool: string;
  cases: number;
  own: Told[];
  ours: TestReport;
}

const chosen = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const keeps = process.argv.includes('--record');
const kept = path.join(ROOT, 'engine', 'verification', 'tests', 'recorded');
const rows: string[][] = [];

const FRAMEWORKS: readonly { framework: 'vitest' | 'jest' | 'mocha'; packages: readonly string[] }[] = [
  { framework: 'vitest', packages: ['vitest@2', 'vite@5'] },
  { framework: 'vitest', packages: ['vitest@3', 'vite@6'] },
  { framework: 'vitest', packages: ['vitest@4', 'vite@7'] },
  { framework: 'vitest', packages: ['vitest@5'] },
  { framework: 'jest', packages: ['jest@29'] },
  { framework: 'jest', packages: ['jest@30'] },
  { framework: 'mocha', packages: ['mocha@10'] },
  { framework: 'mocha', packages: ['mocha@11'] },
  { framework: 'mocha', packages: ['mocha@12'] },
];
const PRELUDES = {
  vitest: "import { describe, it, beforeAll, beforeEach } from 'vitest'; import assert from 'node:assert/strict';",
  jest: "const assert = require('node:assert/strict');",
  mocha: "const assert = require('node:assert/strict'); const beforeAll = before;",
  'node:test': "import { describe, it, before as beforeAll, beforeEach } from 'node:test'; import assert from 'node:assert/strict';",
};
const OWN_REPORTS = {
  vitest: ['run', '--reporter=json', '--outputFile=own.json', '--config=own.config.mjs'],
  jest: ['--json', '--outputFile=own.json', '--testLocationInResults'],
  mocha: ['--reporter=json', '--reporter-option=output=own.json'],
};

for (const { framework, packages } of FRAMEWORKS) {
  const tool = packages[0] as string;
  if (!wanted(tool)) continue;
  const cases = Object.keys(JAVASCRIPT).filter((name) => framework !== 'mocha' || !NOT_LOADING.has(name));
  const folder = javascript(framework, cases, framework === 'vitest' ? 'mjs' : 'cjs');
  symlinkSync(path.join(project(framework, packages), 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const program = ['node', path.join('node_modules', framework, framework === 'vitest' ? 'vitest.mjs' : `bin/${framework}.js`)];
  await runPlainly({ argv: [...program, ...OWN_REPORTS[framework]], env: {}, cwd: folder });
  const own = (framework === 'mocha' ? mochaJson : jestJson)(path.join(folder, 'own.json'));
  await compare(tool, cases.length, own, { argv: [...program, ...(framework === 'vitest' ? ['run'] : [])], env: {}, cwd: folder });
}

if (wanted('node:test')) {
  const folder = javascript('node:test', Object.keys(JAVASCRIPT), 'mjs');
  await runPlainly({ argv: ['node', '--test', '--test-reporter=tap', '--test-reporter-destination=own.tap'], env: {}, cwd: folder });
  const own = nodeTap(path.join(folder, 'own.tap'));
  await compare(`node:test ${process.versions.node}`, Object.keys(JAVASCRIPT).length, own, { argv: ['node', '--test'], env: {}, cwd: folder });
}

if (wanted('pytest')) {
  const folder = temporaryFolder(Object.fromEntries(Object.entries(PYTEST).map(([name, text]) => [`test_${name}.py`, text])));
  const argv = ['python3', '-m', 'pytest', '--continue-on-collection-errors'];
  await runPlainly({ argv: [...argv, '--junitxml=own.xml', '-o', 'junit_family=xunit1'], env: {}, cwd: folder });
  const own = junit(path.join(folder, 'own.xml'), 'pytest');
  await compare('pytest', Object.keys(PYTEST).length, own, { argv, env: {}, cwd: folder });
  await compare('pytest with xdist', Object.keys(PYTEST).length, own, { argv: [...argv, '-n', '2'], env: {}, cwd: folder });
}

if (wanted('unittest')) {
  const folder = temporaryFolder(Object.fromEntries(Object.entries(UNITTEST).map(([name, text]) => [`case_${name}.py`, text])));
  const modules = Object.keys(UNITTEST).map((name) => `case_${name}`);
  const script = path.join(ROOT, 'bench/support/test-cases/unittest-report.py');
  const { lines } = await runPlainly({ argv: ['python3', script, ...modules], env: { PYTHONPATH: folder }, cwd: folder });
  const own = JSON.parse(lines.findLast(([stream, line]) => stream === 'stdout' && line.startsWith('[{'))?.[1] ?? '[]') as Told[];
  await compare('unittest -v', modules.length, own, { argv: ['python3', '-m', 'unittest', '-v', ...modules], env: {}, cwd: folder });
  await compare('unittest', modules.length, own, { argv: ['python3', '-m', 'unittest', ...modules], env: {}, cwd: folder });
}

if (wanted('go')) {
  const files = Object.entries(GO).map(([name, text]): [string, string] => [`${name}/a_test.go`, text]);
  const folder = temporaryFolder({ 'go.mod': 'module example.com/cases\n\ngo 1.21\n', 'none/a.go': 'package none\n', ...Object.fromEntries(files) });
  const plain = await runPlainly({ argv: ['go', 'test', '-json', './...'], env: {}, cwd: folder });
  const own = goJson(plain.lines.filter(([stream]) => stream === 'stdout').map(([, line]) => line));
  await compare('go test', files.length, own, { argv: ['go', 'test', './...'], env: {}, cwd: folder });
  writeFileSync(path.join(folder, 'Makefile'), 'test:\n\tgo test ./...\nsaid:\n\tgo test -v ./... | cat\n');
  await compare('go test, by make', files.length, own, { argv: ['make', 'test'], env: {}, cwd: folder });
  await compare('go test -v, by what it says', files.length, own, { argv: ['make', 'said'], env: {}, cwd: folder });
}

if (wanted('cargo') || wanted('nextest')) {
  const crates = Object.entries(RUST).flatMap(([name, { lib, it }]): [string, string][] => [
    [`${name}/Cargo.toml`, `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n`],
    [`${name}/src/lib.rs`, lib],
    ...(it === undefined ? [] : [[`${name}/tests/it.rs`, it] as [string, string]]),
  ]);
  const manifest = `[workspace]\nresolver = "2"\nmembers = ${JSON.stringify(Object.keys(RUST))}\n`;
  const folder = temporaryFolder({ 'Cargo.toml': manifest, ...Object.fromEntries(crates) });
  const argv = ['cargo', 'test', '--workspace', '--offline'];
  if (wanted('cargo')) {
    const machineForm = ['--no-fail-fast', '--', '-Zunstable-options', '--format', 'json'];
    const plain = await runPlainly({ argv: [...argv, ...machineForm], env: { RUSTC_BOOTSTRAP: '1' }, cwd: folder });
    await compare('cargo test', Object.keys(RUST).length, libtestJson(plain.lines.map(([, line]) => line)), { argv, env: {}, cwd: folder });
  }
  if (wanted('nextest')) {
    writeFileSync(path.join(folder, 'own.toml'), '[profile.default.junit]\npath = "own.xml"\n');
    const nextest = ['cargo', 'nextest', 'run', '--offline'];
    await runPlainly({ argv: [...nextest, '--no-fail-fast', `--tool-config-file=bench:${folder}/own.toml`], env: {}, cwd: folder });
    const own = junit(path.join(folder, 'target/nextest/default/own.xml'), 'nextest');
    await compare('nextest', Object.keys(RUST).length, own, { argv: nextest, env: {}, cwd: folder });
    writeFileSync(path.join(folder, 'Makefile'), 'test:\n\tcargo nextest run --offline --no-fail-fast\n');
    await compare('nextest, by what it says', Object.keys(RUST).length, own, { argv: ['make', 'test'], env: {}, cwd: folder });
  }
}

console.log(`${machine()}; \`node bench/test-parsing.ts\`\n`);
console.log(table(['tool', 'files', 'tests', 'counts', 'names and states', 'lines', 'did not load'], rows));

function wanted(tool: string): boolean {
  return chosen.length === 0 || chosen.some((one) => tool.startsWith(one));
}

function javascript(framework: keyof typeof PRELUDES, cases: readonly string[], extension: string): string {
  const file = (name: string) => `test/${name.replaceAll(' ', '-')}.test.${extension}`;
  const files = cases.map((name): [string, string] => [file(name), `${PRELUDES[framework]}\n${JAVASCRIPT[name]}`]);
  const config = JSON.stringify({ jest: { testMatch: ['**/*.test.cjs'] }, mocha: { spec: 'test/*.test.cjs' } });
  // Vitest 2 has no option for it.
  const own = 'export default { test: { includeTaskLocation: true } };\n';
  return temporaryFolder({ 'package.json': config, 'own.config.mjs': own, ...Object.fromEntries(files) });
}

async function compare(tool: string, cases: number, own: Told[], command: Parameters<typeof runRecorded>[0]): Promise<void> {
  const recorded = await runRecorded(command);
  judge({ tool, cases, own, ours: recorded.report });
  if (keeps) keep(tool, command, recorded, own);
}

function judge({ tool, cases, own, ours }: Compared): void {
  const named = (one: Told) => `${one.state} ${one.title}`;
  const told = ours.tests.map(
    ({ title, state, position }): Told => ({ title: title.join(' '), state, ...(position && { line: position.line + 1 }) }),
  );
  const count = (all: readonly Told[], state: string) => all.filter((one) => one.state === state).length;
  const states = ['passed', 'failed', 'skipped', 'todo'] as const;
  const counted = states.every((state) => count(own, state) === count(told, state) + (ours.unnamed?.[state] ?? 0));
  const left = own.map(named);
  const strange = told.map(named).filter((one) => !removeFrom(left, one));
  const lines = own.filter((one) => one.line !== undefined);
  const places = told.map((one) => `${named(one)} ${one.line}`);
  const right = lines.filter((one) => removeFrom(places, `${named(one)} ${one.line}`)).length;
  const part = (n: number, of: number) => (of === 0 ? 'none told' : `${n} of ${of}`);
  rows.push([
    tool,
    String(cases),
    String(own.length),
    counted ? 'equal' : '**differ**',
    part(own.length - left.length, own.length),
    part(right, lines.length),
    String(ours.broken.length),
  ]);
  for (const one of left) console.error(`${tool}: not heard: ${JSON.stringify(one)}`);
  for (const one of strange) console.error(`${tool}: heard besides: ${JSON.stringify(one)}`);
  for (const one of lines) {
    const mine = told.find((other) => named(other) === named(one));
    if (mine && !told.some((other) => named(other) === named(one) && other.line === one.line))
      console.error(`${tool}: line ${mine.line} of ${named(one)}: its own is ${one.line}`);
  }
}

function removeFrom(list: string[], one: string): boolean {
  const at = list.indexOf(one);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** What was heard, so that it can be heard again without the tool: the lines of the command, and the events of our reporters. */
function keep(
  tool: string,
  command: Parameters<typeof recordTests>[0],
  recorded: Awaited<ReturnType<typeof runRecorded>>,
  own: readonly Told[],
): void {
  const events = readdirSync(recorded.events).flatMap((name) => readFileSync(path.join(recorded.events, name), 'utf8').trim().split('\n'));
  const anonymous = (text: string) => text.replaceAll(command.cwd, '/project').replaceAll(ROOT.replace(/\/$/, ''), '/assay');
  const { argv } = command;
  const data = {
    tool,
    argv: argv.map(anonymous),
    own,
    broken: recorded.report.broken.length,
    events: events.map(anonymous),
    lines: events.length > 0 ? [] : recorded.lines.map(([stream, line]) => [stream, anonymous(line)]),
  };
  mkdirSync(kept, { recursive: true });
  const name = `${tool.replace(/ [\d.]+$/, '').replace(/[^\w@]+/g, '-')}.json`;
  rmSync(path.join(kept, name), { force: true });
  writeFileSync(path.join(kept, name), `${JSON.stringify(data, null, 1)}\n`);
}
