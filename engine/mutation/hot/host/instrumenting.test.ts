import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instrument } from './instrument.ts';
import { InstrumentingProcess, startInstrumenter } from './instrumenting.ts';

describe('the process that instruments', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-instrumenting-'));
  const sum = path.join(folder, 'sum.js');
  const broken = path.join(folder, 'broken.js');
  writeFileSync(sum, 'export const sum = (a, b) => a + b;\n');
  writeFileSync(broken, 'export const = ;\n');
  const order = { files: [{ file: sum }, { file: broken }], excludedMutations: [], overlays: new Map<string, string>(), run: '1' };

  let child = startInstrumenter();
  let instrumenter = new InstrumentingProcess(child);
  beforeEach(() => {
    instrumenter.rest();
    child = startInstrumenter();
    instrumenter = new InstrumentingProcess(child);
  });
  afterEach(() => void child.kill('SIGKILL'));
  after(() => {
    instrumenter.rest();
    rmSync(folder, { recursive: true });
  });

  it('gives mutants, texts, and what cannot be parsed', async () => {
    const { mutants, texts, broken: errors } = await instrumenter.instrument(order);
    assert.deepEqual(mutants.map(({ replacement }) => replacement).sort(), ['() => undefined', 'a - b']);
    assert.match(texts.get(sum)?.code ?? '', /a - b/);
    assert.ok(texts.get(sum)?.map);
    assert.match(errors.get(broken)?.message ?? '', /^Unexpected token \(1:13\)/);
  });

  // What is shipped is a bundle, which leaves out most of what the instrumenter and Babel would load.
  for (const [name, text] of Object.entries({
    'all.ts':
      'import a from "a";\nconst WORD = /^[a-z]+\\d?$/gu, at = new RegExp("\\\\d{2,}");\nexport default class A<T> { @b() #n?: T = -1; static async *c(o?: { d: T[] }) { do { if (!o?.d.some((e) => e && WORD.test(`${e}`))) return; } while (at); } }',
    'markup.jsx':
      'export const View = ({ all }) => <ul className="all">{all.length > 0 && all.filter(Boolean).map((one) => <li key={one}>{one ?? "none"}</li>)}</ul>;',
    'pipe.js': 'export const d = do { if (a >= 1) { 2 } else { [] } };',
    'config.cjs':
      '// Stryker disable next-line all\nmodule.exports = { a: 1 + 1 };\nmodule.exports.b = function () { switch (this.a) { case 2: return ""; default: return [1]; } };',
  })) {
    it(`makes of ${name} what StrykerJS's instrumenter makes of it by itself`, async () => {
      const file = path.join(folder, name);
      const parts = [[{ file }], [], new Map([[file, text]]), '1'] as const;
      const [mine, its] = [
        await instrumenter.instrument({ files: parts[0], excludedMutations: parts[1], overlays: parts[2], run: parts[3] }),
        await instrument(...parts),
      ];
      assert.ok(its.mutants.length > 0, String(its.broken.get(file)));
      assert.deepEqual(mine.mutants, structuredClone(its.mutants));
      assert.deepEqual(mine.texts, its.texts);
    });
  }

  it('is the one that was started before there was an order', async () => {
    let answers = 0;
    child.on('message', () => answers++);
    await instrumenter.instrument(order);
    await instrumenter.instrument(order);
    assert.equal(answers, 2);
  });

  it('is another one where an order cannot be sent, and the first does not stay', async () => {
    const ended = once(child, 'exit');
    const files = [{ file: sum, bodies: (() => {}) as never }];
    await assert.rejects(instrumenter.instrument({ ...order, files }), /could not be cloned/);
    await ended;
    assert.equal((await instrumenter.instrument(order)).mutants.length, 2);
  });

  it('takes unsaved texts for what stands in their files', async () => {
    const { mutants } = await instrumenter.instrument({ ...order, overlays: new Map([[sum, 'export const sum = (a, b) => a * b;\n']]) });
    assert.ok(mutants.some(({ replacement }) => replacement === 'a / b'));
  });

  it('says that it has ended, and is there for the next order', async () => {
    const answer = instrumenter.instrument(order);
    child.kill('SIGKILL');
    await assert.rejects(answer, /The process that instruments has ended/);
    assert.equal((await instrumenter.instrument(order)).mutants.length, 2);
  });

  it('is there for the next order where it ended while there was none', async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    assert.equal((await instrumenter.instrument(order)).mutants.length, 2);
  });

  it('ends when it is to rest, and is there for the next order', async () => {
    const ended = once(child, 'exit');
    instrumenter.rest();
    await ended;
    assert.equal((await instrumenter.instrument(order)).mutants.length, 2);
  });

  it('ends with the process that started it', async () => {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  });
});
