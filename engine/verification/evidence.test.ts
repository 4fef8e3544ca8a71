import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import type { Ecosystem } from '../detection/index.ts';
import { Store } from '../store/index.ts';
import { EvidenceShelf, readCoverage } from './evidence.ts';
import { ProofLog } from './log.ts';
import type { Proof, Rung } from './model.ts';
import { Redactor } from './redact.ts';

const DAY = 86_400_000;

describe('the evidence of proofs', () => {
  let directory: string;
  let store: Store;
  let shelf: EvidenceShelf;
  beforeEach(() => {
    directory = emptyWorkspace();
    store = Store.open(directory);
    shelf = new EvidenceShelf(directory, store);
  });
  afterEach(() => {
    store.close();
    removeWorkspaces();
  });

  const keep = async (rung: Rung, at: number, logBytes = 10, ecosystem: Ecosystem = 'node'): Promise<Proof> => {
    const { id, folder } = await shelf.begin(rung, at);
    const proof: Proof = {
      ...{ id, rung, directory, ecosystem, verdict: 'holds', summary: 'It holds', notes: [], at, durationMs: 5, runs: [], tools: [] },
      ...{ environment: {}, changedFiles: [], problems: [{ tool: 'tsc', severity: 'warning', message: 'm' }], lines: {} },
    };
    writeFileSync(path.join(folder, 'output.log'), 'x'.repeat(logBytes));
    assert.deepEqual(await shelf.keep(proof), []);
    for (const name of ['output.log', 'proof.json']) utimesSync(path.join(folder, name), at / 1000, at / 1000);
    return proof;
  };

  it('a proof is read as it was kept, also by another process', async () => {
    const proof = await keep('compile', Date.now());
    const other = new EvidenceShelf(directory, Store.open(directory));
    assert.deepEqual(await other.read(proof.id), proof);
    assert.deepEqual(
      other.points('node', 'compile').map(({ id, numbers }) => ({ id, numbers })),
      [{ id: proof.id, numbers: { errors: 0, warnings: 1 } }],
    );
  });

  it('of load the trend has users, throughput and p95', async () => {
    const { id, ...proof } = await keep('load', 1000);
    const load = { url: 'http://localhost/', generator: 'k6', users: 8, throughput: 26, p95: 322, limits: { p95: 500, errorRate: 0.01 } };
    await shelf.keep({ ...proof, id, load: { ...load, isHighest: false, levels: [] } });
    assert.deepEqual(
      shelf.points('node', 'load').map(({ numbers }) => numbers),
      [{ users: 8, throughput: 26, p95: 322 }],
    );
  });

  it('what only some tests came to has evidence, and no place in the trend', async () => {
    const { id } = await shelf.begin('test', 1000);
    const whole = await keep('test', 2000);
    assert.deepEqual(await shelf.keep({ ...whole, id, partial: true }), []);
    assert.equal((await shelf.read(id))?.partial, true);
    assert.deepEqual(
      shelf.points('node', 'test').map((one) => one.id),
      [whole.id],
    );
  });

  it('two that begin at the same time have folders of their own', async () => {
    const [a, b] = [await keep('test', 1000), await keep('test', 1000)];
    assert.notEqual(a.id, b.id);
  });

  it('what is old goes, and stays in the trend; the newest of a rung stays however old it is', async () => {
    const now = 100 * DAY;
    const [compiled, old, young] = [await keep('compile', now - 50 * DAY), await keep('test', now - 40 * DAY), await keep('test', now - DAY)];
    await shelf.trim({ days: 30, bytes: 1e9 }, now);
    assert.deepEqual(await Promise.all([compiled, old, young].map(async ({ id }) => (await shelf.read(id)) !== undefined)), [true, false, true]);
    assert.equal(shelf.points('node', 'test').length, 2);
  });

  it('the oldest go where all are too large', async () => {
    const now = 100 * DAY;
    const kept = [];
    for (const day of [4, 3, 2, 1]) kept.push(await keep('test', now - day * DAY, 1000));
    await shelf.trim({ days: 30, bytes: 3000 }, now);
    assert.deepEqual(
      kept.map(({ id }) => existsSync(shelf.logOf(id))),
      [false, false, true, true],
    );
  });

  it('two projects in one directory have proofs of their own', async () => {
    const now = 100 * DAY;
    const [node, python] = [await keep('test', now - 50 * DAY), await keep('test', now - 40 * DAY, 10, 'python')];
    await shelf.trim({ days: 30, bytes: 1e9 }, now);
    assert.deepEqual(
      (['node', 'python'] as const).map((one) => shelf.points(one, 'test').map(({ id }) => id)),
      [[node.id], [python.id]],
    );
    assert.ok((await shelf.read(node.id)) && (await shelf.read(python.id)), 'each is the newest of its project');
  });

  it('what is not of a proof stays, and so does what is in the making', async () => {
    const now = Date.now();
    const begun = await shelf.begin('test', now - 3 * DAY);
    const [left, old] = [await shelf.begin('load', now - 90 * DAY), await shelf.begin('load', now - 80 * DAY)];
    write(old.folder, 'output.log', 'x');
    for (const place of [left.folder, path.join(old.folder, 'output.log')]) utimesSync(place, 0, 0);
    for (const file of ['notes.txt', 'mine/notes.txt', '2020-01-01/notes.txt']) {
      write(directory, `.assay/evidence/${file}`, 'x');
      utimesSync(path.join(directory, '.assay/evidence', file), 0, 0);
    }
    await shelf.trim({ days: 30, bytes: 0 }, now);
    assert.deepEqual(readdirSync(path.join(directory, '.assay/evidence')).sort(), [begun.id, '2020-01-01', 'mine', 'notes.txt'].sort());
  });

  for (const name of ['.assay', '.assay/evidence']) {
    it(`where ${name} is a link, nothing is written to what it leads to or removed from it`, async () => {
      const elsewhere = emptyWorkspace({
        '2020-01-01T00-00-00-000Z-test/proof.json': '{}',
        'evidence/2020-01-01T00-00-00-000Z-test/proof.json': '{}',
      });
      const before = readdirSync(elsewhere, { recursive: true });
      const linked = emptyWorkspace();
      if (name !== '.assay') mkdirSync(path.join(linked, '.assay'));
      symlinkSync(elsewhere, path.join(linked, name), 'junction');
      const other = new EvidenceShelf(linked, store);
      const { id, folder } = await other.begin('test', 1000);
      assert.ok(!folder.startsWith(linked));
      const [said] = await other.keep({ id, rung: 'test', problems: [] } as unknown as Proof);
      assert.match(said ?? '', /^The proof could not be kept: .* is a symbolic link/);
      await other.trim({ days: 0, bytes: 0 }, Date.now());
      assert.deepEqual(readdirSync(elsewhere, { recursive: true }), before);
    });
  }

  it('where nothing can be kept, a proof has a place all the same, and it is said', async () => {
    writeFileSync(path.join(directory, '.assay', 'evidence'), 'a file where the folder should be');
    const { id, folder } = await shelf.begin('test', 1000);
    assert.ok(existsSync(folder) && !folder.startsWith(directory));
    const [said] = await shelf.keep({ id, rung: 'test', problems: [] } as unknown as Proof);
    assert.match(said ?? '', /^The proof could not be kept: /);
  });

  it('a proof that is damaged, foreign or of another version is none', async () => {
    const { id, ...proof } = await keep('test', 1000);
    const full = {
      ...proof,
      id,
      runs: [{ command: { argv: ['x'], env: {}, cwd: '/p' }, startedAt: 1, durationMs: 1, code: null, peakMemory: 0 }],
      tests: {
        tests: [{ framework: 'x', title: ['a'], state: 'passed' }],
        flaky: [],
        broken: [],
        running: [],
        counts: { passed: 1 },
        source: 'reporter',
      },
      mutation: { score: null },
      lines: { '/p/a': { 3: { text: 'x' } } },
    };
    const read = (value: unknown) => {
      writeFileSync(path.join(directory, '.assay', 'evidence', id, 'proof.json'), JSON.stringify(value));
      return shelf.read(id);
    };
    assert.deepEqual(await read(full), full);
    const broken: unknown[] = [null, [], 'text', { ...full, id: 'other' }, { ...full, lines: { '/p/a': null } }, { ...full, tests: {} }];
    for (const name of Object.keys(full)) broken.push({ ...full, [name]: true });
    for (const name of Object.keys(proof)) broken.push({ ...full, [name]: undefined });
    for (const one of broken) assert.equal(await read(one), undefined, JSON.stringify(one));
  });

  it('coverage that is none is nothing', async () => {
    const { id } = await keep('test', 1000);
    for (const [value, expected] of [
      [[{ file: '/a', counts: {}, statements: [], branches: [], functions: [] }], 1],
      [[{ file: '/a' }], 0],
      [{}, 0],
    ] as const) {
      writeFileSync(path.join(directory, '.assay', 'evidence', id, 'coverage.json'), JSON.stringify(value));
      assert.equal((await readCoverage(directory, id)).length, expected);
    }
  });

  it('no other file can be asked for', async () => {
    assert.equal(await shelf.read('../../x'), undefined);
  });
});

describe('the log of a proof', () => {
  let directory: string;
  beforeEach(() => {
    directory = emptyWorkspace();
  });
  afterEach(removeWorkspaces);

  it('keeps lines without their secrets', async () => {
    const file = path.join(directory, 'output.log');
    const log = new ProofLog(file, new Redactor({ TOKEN: 'secret-value' }));
    for (const line of ['one', 'with secret-value', 'three']) log.line(line);
    assert.deepEqual(await log.close(), []);
    assert.equal(readFileSync(file, 'utf8'), 'one\nwith •••\nthree\n');
  });

  it('keeps the beginning and the end of what is too long, and says how much is missing', async () => {
    const file = path.join(directory, 'output.log');
    const log = new ProofLog(file, new Redactor(), { head: 20, tail: 20 });
    for (let n = 100; n < 200; n++) log.line(`line ${n}`);
    assert.deepEqual(await log.close(), ['The log was cut: 95 lines in its middle are left out.']);
    assert.equal(readFileSync(file, 'utf8'), 'line 100\nline 101\nline 102\n\n[95 lines are left out here]\n\nline 198\nline 199\n');
  });

  it('says why where it cannot be written', async () => {
    const log = new ProofLog(path.join(directory, 'no', 'output.log'), new Redactor());
    log.line('x');
    assert.match((await log.close()).join(), /^The log could not be written: ENOENT/);
  });
});
