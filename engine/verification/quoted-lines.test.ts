import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { QuotedLine } from './model.ts';
import { quoteLines, TextOfNow } from './quoted-lines.ts';

const TEXT = ['it(() => {', '  expect(a).toBe(1);', '});', 'it(() => {', '  expect(a).toBe(1);', '  expect(b).toBe(2);', '});'].join('\n');

function quote(text: string, line: number): QuotedLine {
  const lines = text.split('\n');
  const [before, own = '', after] = [lines[line - 1], lines[line], lines[line + 1]];
  return { text: own, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

describe('a line that was quoted', () => {
  const find = (line: number, now: string) => new TextOfNow(now).find(quote(TEXT, line), line);

  it('is found where it was, and where lines above it have come or gone', () => {
    assert.equal(find(5, TEXT), 5);
    assert.equal(find(5, `// one\n// two\n${TEXT}`), 7);
    assert.equal(find(5, TEXT.split('\n').slice(3).join('\n')), 2);
    assert.equal(find(1, TEXT.replaceAll('\n', '\r\n')), 1);
  });

  it('is told from another one that says the same', () => {
    assert.equal(find(4, `\n\n\n${TEXT}`), 7);
    assert.equal(find(1, `\n\n\n${TEXT}`), 4);
  });

  it('is not found when it is gone, however much of it is left', () => {
    assert.equal(find(5, TEXT.replace('toBe(2)', 'toBe(3)')), undefined);
  });

  it('needs a neighbour where it says nothing by itself', () => {
    assert.equal(find(6, TEXT), 6);
    assert.equal(new TextOfNow('one\n});\ntwo').find(quote(TEXT, 2), 2), undefined);
  });
});

describe('the lines that a proof speaks of', () => {
  it('are quoted from files that were not written meanwhile', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'test-quoted-'));
    const [old, fresh] = [path.join(folder, 'old.ts'), path.join(folder, 'fresh.ts')];
    for (const file of [old, fresh]) writeFileSync(file, 'const one = 1;\nconst two: string = 2;\n');
    utimesSync(old, 1, 1);
    const problems = [old, fresh, path.join(folder, 'gone.ts')].map((file) => ({
      tool: 'tsc',
      severity: 'error' as const,
      message: 'no',
      file,
      range: { start: { line: 1, column: 6 }, end: { line: 1, column: 9 } },
    }));
    try {
      const lines = await quoteLines({ at: Date.now() - 60_000, problems });
      assert.deepEqual(lines, { [old]: { 1: { before: 'const one = 1;', text: 'const two: string = 2;', after: '' } } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
