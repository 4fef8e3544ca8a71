import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { copyFixture, removeWorkspaces, write } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'lib/shop.js';
const CONFIG = 'assay.config.json';
/** Nine functions that are run and not checked, and one with a log, a text of an error and a condition that is written twice. */
const SHOP = `/** What a thing is sent as. */
export function ship(weight) {
  console.log('shipping', weight);
  if (weight === 0) {
    return 'letter';
  }
  if (weight > 10) throw new Error('too heavy');
  return 'parcel';
}
${Array.from({ length: 8 }, (_, i) => `export const more${i} = (a) => a > ${i};\n`).join('')}`;
const TEST = `import * as shop from '../../lib/shop.js';
it('runs all', () => {
  for (const f of Object.values(shop)) f(2);
  if (shop.ship(2) !== 'parcel') throw new Error('no parcel');
});
it('refuses', () => {
  try { shop.ship(11); } catch { return; }
  throw new Error('not refused');
});
`;

describe('the few survivors that are shown', () => {
  let directory: string;
  let session: Session;
  const survivors = () => (session.diagnostics.get(session.uri(FILE)) ?? []).filter(({ code }) => code !== 'NoCoverage');
  const detail = async () => {
    const found = await session.ask('fileDetail', { uri: session.uri(FILE) });
    assert.ok(found);
    return found;
  };
  const configure = (settings: object) => session.connection.sendNotification('workspace/didChangeConfiguration', { settings: { assay: settings } });
  const changedOnDisk = () =>
    session.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uri(CONFIG), type: 2 }] });

  before(async () => {
    directory = copyFixture('mocha', { [FILE]: SHOP, 'test/unit/shop.test.js': TEST });
    session = await Session.start([directory], { commandLinks: true });
    await session.open(FILE);
    const result = await session.mutate(FILE);
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    await session.until('the best', () => survivors().length === 7);
  });
  after(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('are seven of a file and one of a line; the lens tells all', async () => {
    const lines = survivors().map(({ range }) => range.start.line);
    assert.equal(new Set(lines).size, 7);
    const { summary } = await detail();
    assert.equal(summary.shown, 7);
    assert.ok(summary.counts.Survived > 20, String(summary.counts.Survived));
    const [, lens] = await session.lenses(FILE);
    assert.match(lens ?? '', new RegExp(`${summary.counts.Survived} survived of`));
  });

  it('are none that stand in a log or in the text of an error, nor the double of another; each of those says why', async () => {
    const { mutants, summary } = await detail();
    const suppressed = mutants.filter((mutant) => mutant.suppressed);
    assert.equal(summary.suppressed, suppressed.length);
    assert.deepEqual(
      suppressed.map(({ mutator, range, status, shown, suppressed: why }) => `${range.start.line + 1} ${mutator} ${status} ${shown} ${why}`),
      [
        '3 StringLiteral Survived false logging',
        '4 BlockStatement NoCoverage false the same as when `weight === 0` is always false, line 4',
        '7 StringLiteral Survived false error text',
      ],
    );
  });

  it('say on hover how many are held back', async () => {
    const text = (await session.hover(FILE, 2, 16)) ?? '';
    assert.match(text, /1 more mutant here held back/);
    assert.doesNotMatch(text, /command:/);
    const link = /\[Not useful\]\(command:assay\.notUseful\?(\S+)\)/.exec((await session.hover(FILE, 3, 8)) ?? '')?.[1] ?? '';
    const [argument] = JSON.parse(decodeURIComponent(link)) as { uri: string; mutantId: string }[];
    assert.ok((await detail()).mutants.some(({ id, shown }) => id === argument?.mutantId && shown));
  });

  it('are all where the setting says so, the suppressed ones with why', async () => {
    const { counts } = (await detail()).summary;
    await configure({ show: 'all' });
    await session.until('all survivors', () => survivors().length === counts.Survived);
    assert.ok(survivors().some(({ message }) => message === "No test notices when 'shipping' becomes an empty string. (Suppressed: logging.)"));
    await configure({ show: 'best' });
    await session.until('the best again', () => survivors().length === 7);
  });

  it('go away when one is called not useful, and the next one comes', async () => {
    const [diagnostic] = survivors();
    assert.ok(diagnostic);
    const before = await detail();
    const action = (await session.actions(FILE, diagnostic)).find(({ title }) => title.startsWith('Not useful'));
    assert.deepEqual(action?.command, { title: 'Save', command: 'assay.save', arguments: [session.uri(CONFIG)] });
    apply(action.edit as WorkspaceEdit);
    await changedOnDisk();
    await session.until(
      'another one',
      () => !survivors().some(({ message, range }) => message === diagnostic.message && range.start.line === diagnostic.range.start.line),
    );
    const after = await detail();
    assert.deepEqual(after.summary.counts, before.summary.counts, 'the score is of all');
    assert.equal(after.summary.suppressed, before.summary.suppressed + 1);
  });

  it('can be called not useful from elsewhere, too: the entry is added to those that are there', async () => {
    const shown = (await detail()).mutants.find((mutant) => mutant.shown && mutant.status === 'Survived');
    const edit = await session.ask('notUseful', { uri: session.uri(FILE), mutantId: shown?.id ?? '' });
    assert.ok(edit);
    apply(edit);
    const { mutation } = JSON.parse(readFileSync(path.join(directory, CONFIG), 'utf8')) as {
      mutation: { notUseful: { file: string; replacement: string }[] };
    };
    assert.equal(mutation.notUseful.length, 2);
    assert.deepEqual([mutation.notUseful[1]?.file, mutation.notUseful[1]?.replacement], [FILE, shown?.replacement]);
    assert.equal(await session.ask('notUseful', { uri: session.uri(FILE), mutantId: 'gone' }), null);
  });

  it('follow the rules of the project as they stand in the editor', async () => {
    const rule = {
      mutation: {
        arid: [
          { why: 'trial', value: ['more*'] },
          { why: 'trial', call: ['throw'] },
        ],
      },
    };
    await session.open(CONFIG, JSON.stringify(rule));
    await session.until('the two that were not useful are back', () => survivors().length === 7);
    await session.change(CONFIG, '{ "mutation": ');
    await session.until('a word on the configuration', () =>
      session.notices.some(({ code, message }) => code === 'invalid-config' && message.includes(CONFIG)),
    );
  });

  it('are listed as suppressed in every export', async () => {
    const of = (format: 'json' | 'sarif' | 'markdown') => session.ask('export', { format, directory });
    const { files } = JSON.parse(await of('json')) as { files: Record<string, { mutants: { status: string; statusReason?: string }[] }> };
    assert.ok(files[FILE]?.mutants.some(({ status, statusReason }) => status === 'Survived' && statusReason === 'Suppressed (arid): logging'));
    const sarif = JSON.parse(await of('sarif')) as { runs: { results: { suppressions?: { justification: string }[] }[] }[] };
    assert.ok(sarif.runs[0]?.results.some(({ suppressions }) => suppressions?.[0]?.justification === 'error text'));
    assert.match(
      await of('markdown'),
      /3 suppressed \(1 logging, 1 duplicate, 1 error text\); they count in the score\.[\s\S]*- … and \d+ more: \d+ that teach less, 1 logging, 1 error text\n/,
    );
  });

  function apply(edit: WorkspaceEdit): void {
    const file = path.join(directory, CONFIG);
    for (const change of edit.documentChanges ?? []) {
      if ('kind' in change) {
        assert.equal(change.kind, 'create');
        assert.ok(!existsSync(file), 'it is made only where there is none');
      } else {
        const [whole] = change.edits as { range: { start: object; end: { line: number } }; newText: string }[];
        assert.deepEqual(whole?.range.start, { line: 0, character: 0 });
        write(directory, CONFIG, whole?.newText ?? '');
      }
    }
  }
});
