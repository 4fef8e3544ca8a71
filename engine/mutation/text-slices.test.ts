import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { TextSlices } from './text-slices.ts';

const range = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
  start: { line: startLine, column: startColumn },
  end: { line: endLine, column: endColumn },
});

describe('stretches of a text', () => {
  after(removeWorkspaces);

  /** What stands there, and what is in front of it and behind it. */
  const CASES: Record<string, [place: ReturnType<typeof range>, slice: string, before: string, after: string]> = {
    'within a line': [range(1, 2, 1, 4), 'cd', 'one\nab', 'ef\nthree\nfour'],
    'over lines': [range(0, 1, 2, 2), 'ne\nabcdef\nth', 'o', 'ree\nfour'],
    nothing: [range(1, 2, 1, 2), '', 'one\nab', 'cdef\nthree\nfour'],
    'behind the end of the text': [range(9, 0, 9, 4), '', 'one\nabcdef\nthree\nfour\n', ''],
  };
  for (const [title, [place, slice, before, behind]] of Object.entries(CASES)) {
    for (const end of ['\n', '\r\n', '\r']) {
      it(`${title}, with lines that end in ${JSON.stringify(end)}`, () => {
        const slices = new TextSlices(new Map([['/f', ['one', 'abcdef', 'three', 'four'].join(end)]]));
        assert.equal(slices.slice('/f', place), slice);
        assert.deepEqual(slices.around('/f', place), [before, behind]);
      });
    }
  }

  it('has twenty lines on each side of it', () => {
    const text = Array.from({ length: 60 }, (_, i) => String(i)).join('\n');
    const [before, behind] = new TextSlices(new Map([['/f', text]])).around('/f', range(30, 0, 30, 2));
    assert.deepEqual([before.split('\n')[0], behind.split('\n').at(-1)], ['10', '50']);
  });

  it('is read from the disk once, where no unsaved text stands for the file', () => {
    const top = emptyWorkspace({ 'a.js': 'disk', 'b.js': 'disk' });
    const slices = new TextSlices(new Map([[path.join(top, 'b.js'), 'unsaved']]));
    const read = (name: string) => slices.slice(path.join(top, name), range(0, 0, 0, 9));
    assert.deepEqual([read('a.js'), read('b.js')], ['disk', 'unsaved']);
    write(top, 'a.js', 'changed');
    assert.equal(read('a.js'), 'disk');
  });
});
