import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestState } from '../../../engine/verification/model.ts';

/** A test as a tool's own machine report tells it. */
export interface Told {
  /** Suites and test, joined by spaces. */
  title: string;
  state: TestState;
  /** One-based, where the report has it. */
  line?: number;
}

/** The JSON that Vitest and Jest write alike. */
export function jestJson(file: string): Told[] {
  interface Assertion {
    ancestorTitles: string[];
    title: string;
    status: string;
    location?: { line: number } | null;
  }
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as { testResults: { assertionResults: Assertion[] }[] };
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status, location }) => ({
      title: [...ancestorTitles, title].join(' '),
      state: status === 'passed' || status === 'failed' || status === 'todo' ? status : 'skipped',
      ...(location && { line: location.line }),
    })),
  );
}

/** The JSON of Mocha's reporter. */
export function mochaJson(file: string): Told[] {
  type Listed = { fullTitle: string }[];
  const report = JSON.parse(readFileSync(file, 'utf8')) as { passes: Listed; failures: Listed; pending: Listed };
  const told = (list: Listed, state: TestState) => list.map(({ fullTitle }) => ({ title: fullTitle, state }));
  return [...told(report.passes, 'passed'), ...told(report.failures, 'failed'), ...told(report.pending, 'skipped')];
}

/** The TAP of node:test; files that stand for themselves are no tests. */
export function nodeTap(file: string): Told[] {
  const told: Told[] = [];
  const names: string[] = [];
  let ended: Told | undefined;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, indent = '', name] = /^( *)# Subtest: (.*)$/.exec(line) ?? [];
    const depth = indent.length / 4;
    if (name !== undefined) names.splice(depth, names.length, plain(name));
    const [, at, not, rest = ''] = /^( *)(not )?ok \d+ - (.*)$/.exec(line) ?? [];
    if (at !== undefined) {
      const title = names.slice(0, at.length / 4 + 1).join(' ');
      const mark = / # (SKIP|TODO)/.exec(rest)?.[1];
      ended = { title, state: mark === 'SKIP' ? 'skipped' : mark === 'TODO' ? 'todo' : not ? 'failed' : 'passed' };
    }
    const place = /^\s+location: '.*:(\d+):\d+'$/.exec(line)?.[1];
    if (ended && place) ended.line = Number(place);
    if (/^\s+type: 'suite'$/.test(line) || (ended && /\.test\.m?js$/.test(ended.title))) ended = undefined;
    if (/^\s+\.\.\.$/.test(line) && ended) {
      told.push(ended);
      ended = undefined;
    }
  }
  return told;
}

function plain(name: string): string {
  return name.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
}

/** A JUnit report: of pytest (family xunit1, which tells lines) or of nextest. A test that is told twice (of its call and its teardown) is one. */
export function junit(file: string, of: 'pytest' | 'nextest'): Told[] {
  const told = new Map<string, Told>();
  for (const [, attributes = '', body = ''] of readFileSync(file, 'utf8').matchAll(/<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const of1 = (name: string) => xml(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
    const [name, owner, line] = [of1('name'), of1('classname'), of1('line')];
    if (/message="collection failure"/.test(body)) continue;
    const state = /<(failure|error)\b/.test(body) ? 'failed' : /<skipped\b/.test(body) ? 'skipped' : 'passed';
    const module = path.basename(of1('file'), '.py');
    const suites = of === 'nextest' ? name.split('::').slice(0, -1) : owner.split('.').filter((part) => part && part !== module);
    const own = of === 'nextest' ? (name.split('::').at(-1) ?? '') : owner ? name : `${name}.py`;
    const before = told.get(`${owner} ${name}`);
    told.set(`${owner} ${name}`, {
      title: [...suites, own].join(' '),
      state: before?.state === 'failed' ? 'failed' : state,
      ...(line && owner && { line: Number(line) + 1 }),
    });
  }
  return [...told.values()];
}

function xml(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) =>
    name ? (named[name] ?? '') : String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10)),
  );
}

/** What `go test -json` says. */
export function goJson(lines: readonly string[]): Told[] {
  const states: Record<string, TestState> = { pass: 'passed', fail: 'failed', skip: 'skipped' };
  return lines.flatMap((line) => {
    const event = (line.startsWith('{') ? JSON.parse(line) : {}) as { Action?: string; Test?: string };
    const state = states[event.Action ?? ''];
    return event.Test !== undefined && state ? [{ title: event.Test.replaceAll('/', ' '), state }] : [];
  });
}

/** What libtest says with `--format json`. */
export function libtestJson(lines: readonly string[]): Told[] {
  const states: Record<string, TestState> = { ok: 'passed', failed: 'failed', ignored: 'skipped' };
  return lines.flatMap((line) => {
    const event = (line.startsWith('{ "type": "test"') || line.startsWith('{"type":"test"') ? JSON.parse(line) : {}) as {
      event?: string;
      name?: string;
    };
    const state = states[event.event ?? ''];
    const [, file, item = '', at] = /^(\S+\.rs) - (.*)\(line (\d+)\)/.exec(event.name ?? '') ?? [];
    const title = file === undefined ? (event.name ?? '').replace(/ - should panic$/, '').replaceAll('::', ' ') : `${item.trim() || file} line ${at}`;
    return state ? [{ title, state }] : [];
  });
}
