import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { Auditor, type TestAudit } from '../engine/audit/index.ts';
import { HotExecutor, ResultBooks } from '../engine/mutation/index.ts';
import { type FileTestimony, proveTests } from '../engine/witness/index.ts';
import { findTests, readTextNow } from '../engine/workspace/index.ts';

/**
 * Plants assertions that are never made and tests that notice nothing into the suites of public repositories (in memory), and counts which are told of, and
 * what else is told of that was not there before: `node bench/planted.ts [--each 20] DIRECTORY[:FILE,FILE…] …`, each with its dependencies installed.
 */

/** What keeps an assertion from being made: what is put around its statement. */
const NEVER: readonly (readonly [before: string, after: string])[] = [
  ["if (Number('0') > 0) { ", ' }'],
  ['for (const planted of []) { ', ' }'],
  ["try { Number('1'); } catch (planted) { ", ' }'],
  ["switch (Number('0')) { case 1: ", ' }'],
  ["while (Number('0') > 0) { ", ' }'],
  ['new Set().forEach(async () => { ', ' });'],
];

const args = process.argv.slice(2);
const at = args.indexOf('--each');
const each = at === -1 ? 20 : Number(args.splice(at, 2)[1]);
const total = { never: 0, neverFound: 0, neverMore: 0, vacuous: 0, vacuousFound: 0, vacuousMore: 0 };

/** A test, known in both runs by its place among those of its file. */
interface Planted {
  file: string;
  test: number;
  kind: 'never' | 'vacuous';
}

process.stdout.write(
  '| repository | tests | never made: planted, told, told besides | vacuous: planted, told, told besides | s: before, with |\n| --- | ---: | --- | --- | --- |\n',
);
for (const given of args) {
  const [directory = '', list] = given.split(':');
  const folder = path.resolve(directory);
  const files = list === undefined ? await findTests(folder) : list.split(',').map((file) => path.join(folder, file));
  const began = performance.now();
  const before = await prove(folder, files, new Map());
  const between = performance.now();
  const { overlays, planted } = await plant(before);
  const after = await prove(folder, files, overlays);
  const ended = performance.now();
  count(folder, before, after, planted, [between - began, ended - between]);
}
process.stdout.write(
  `| **all** | | ${total.never}, ${total.neverFound}, ${total.neverMore} | ${total.vacuous}, ${total.vacuousFound}, ${total.vacuousMore} | |\n`,
);

async function prove(folder: string, files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<FileTestimony[]> {
  const laboratory = new HotExecutor();
  const books = new ResultBooks();
  const node = { own: { path: process.execPath, version: process.versions.node } };
  const { files: proven, failures } = await proveTests(
    { paths: files, folders: [folder], overlays, node, dryRunMinutes: 15, laboratory, books },
    { signal: new AbortController().signal, report: () => {} },
  );
  await laboratory.end();
  books.close();
  for (const { message } of failures) process.stderr.write(`${message}\n`);
  return proven;
}

/** Texts with something planted in every third test or so, of those that noticed something before. */
async function plant(before: readonly FileTestimony[]): Promise<{ overlays: Map<string, string>; planted: Planted[] }> {
  const auditor = await Auditor.create();
  const overlays = new Map<string, string>();
  const planted: Planted[] = [];
  const counts = { never: 0, vacuous: 0 };
  for (const { file, tests: seen } of before) {
    const text = readTextNow(file) ?? '';
    const edits: { at: number; text: string }[] = [];
    const around = ({ start, end }: { start: number; end: number }, [head, tail]: readonly [string, string]) =>
      edits.push({ at: start, text: head }, { at: end, text: tail });
    let end = -1;
    for (const [place, test] of (auditor.audit(file, text)?.tests ?? []).entries()) {
      const known = seen.find((one) => one.start === test.start);
      if (place % 3 !== 0 || test.start < end || known?.verdict !== 'noticed' || known.neverMade.length > 0 || !test.code) continue;
      // A plan counts its assertions, and what a hook makes may fail outside of the test's own text.
      if (text.slice(test.start, test.end).includes('.plan(')) continue;
      const statement = plainStatement(test, text);
      const isNever = counts.never <= counts.vacuous;
      if (counts[isNever ? 'never' : 'vacuous'] >= each) continue;
      if (isNever && statement) around(statement, NEVER[counts.never % NEVER.length] as readonly [string, string]);
      else if (!isNever && !/\b(before|after)(Each)?\(|\.(before|after)Each\(/.test(text) && isWrappable(test, text))
        around({ start: test.code.start + 1, end: test.code.end - 1 }, [' try {', '} catch {} ']);
      else continue;
      end = test.end;
      counts[isNever ? 'never' : 'vacuous']++;
      planted.push({ file, test: place, kind: isNever ? 'never' : 'vacuous' });
    }
    if (edits.length > 0) overlays.set(file, edited(text, edits));
  }
  return { overlays, planted };
}

/** The statement of an assertion that is surely made, on lines of its own. */
function plainStatement({ checks }: TestAudit, text: string): { start: number; end: number } | undefined {
  for (const { start, end, certainty, via, fact, flaw } of checks) {
    if (certainty !== 'always' || via !== undefined || flaw !== undefined || fact === 'types') continue;
    const head = /(?:^|[;{}])[^\S\n]*(await )?$/.exec(text.slice(0, start).split('\n').at(-1) ?? '');
    const tail = /^[^\S\n]*(;|(?=\n|\}))/.exec(text.slice(end));
    if (head && tail) return { start: start - (head[1]?.length ?? 0), end: end + tail[0].length };
  }
  return undefined;
}

/** Whether all that its body throws can be dropped, and nothing else makes it fail. */
function isWrappable({ code, start }: TestAudit, text: string): boolean {
  const head = code ? text.slice(start, code.start) : '';
  const body = code ? text.slice(code.start, code.end) : '';
  const hasParameters = !/(\(\s*\)|=>)\s*(=>\s*)?$/.test(head.trimEnd()) || /\(\s*\w[^)]*\)\s*=>\s*$/.test(head) || /\(\s*\w[^)]*\)\s*$/.test(head);
  return body.startsWith('{') && !hasParameters && !/assertions\(|\bdone\b|\.soft\(|\breturn\b|\.poll\(|setTimeout/.test(body);
}

function edited(text: string, edits: { at: number; text: string }[]): string {
  let result = text;
  for (const edit of edits.sort((a, b) => b.at - a.at)) result = result.slice(0, edit.at) + edit.text + result.slice(edit.at);
  return result;
}

function count(folder: string, before: readonly FileTestimony[], after: readonly FileTestimony[], planted: readonly Planted[], ms: number[]): void {
  const here = { never: 0, neverFound: 0, neverMore: 0, vacuous: 0, vacuousFound: 0, vacuousMore: 0 };
  let tests = 0;
  for (const { file, tests: seen, problem } of after) {
    if (problem !== undefined) process.stderr.write(`${file}: ${problem}\n`);
    const old = before.find((one) => one.file === file)?.tests ?? [];
    tests += seen.length;
    for (const test of seen) {
      const what = planted.find((one) => one.file === file && one.test === test.place);
      const was = old.find((one) => one.place === test.place);
      const told = { never: test.neverMade.length > 0, vacuous: test.verdict === 'unnoticed' };
      for (const kind of ['never', 'vacuous'] as const) {
        const wasTold = kind === 'never' ? (was?.neverMade.length ?? 0) > 0 : was?.verdict === 'unnoticed';
        if (what?.kind === kind) {
          here[kind]++;
          if (told[kind]) here[`${kind}Found`]++;
          else process.stderr.write(`missed ${kind} (${test.verdict}, ${test.why ?? ''}): ${file}: ${test.title.join(' > ')}\n`);
        } else if (told[kind] && !wasTold && !(kind === 'vacuous' && what?.kind === 'never')) {
          here[`${kind}More`]++;
          process.stderr.write(`besides ${kind}: ${file}: ${test.title.join(' > ')}: ${test.neverMade.map(({ why }) => why).join('; ')}\n`);
        }
      }
    }
  }
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += here[key];
  const s = ms.map((one) => (one / 1000).toFixed(1)).join(', ');
  process.stdout.write(
    `| ${path.basename(folder)} | ${tests} | ${here.never}, ${here.neverFound}, ${here.neverMore} | ${here.vacuous}, ${here.vacuousFound}, ${here.vacuousMore} | ${s} |\n`,
  );
}
