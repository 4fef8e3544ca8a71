import assert from 'node:assert/strict';
import { emptyDocument } from './empty-document.ts';

describe('what a browser-like environment holds', () => {
  it('is emptied', () => {
    const emptied: string[] = [];
    const holder = (name: string) => ({ replaceChildren: () => emptied.push(name), clear: () => emptied.push(name) });
    emptyDocument({
      document: { head: holder('head'), body: holder('body') },
      localStorage: holder('local'),
      sessionStorage: holder('session'),
    } as never);
    assert.deepEqual(emptied, ['head', 'body', 'local', 'session']);
  });

  it('may be missing in part, or all of it', () => {
    assert.doesNotThrow(() => emptyDocument({}));
    assert.doesNotThrow(() => emptyDocument({ document: {} } as never));
  });

  it('is left alone where there is no document: Node has storage of its own', () => {
    let cleared = 0;
    emptyDocument({ localStorage: { clear: () => cleared++ } } as never);
    assert.equal(cleared, 0);
  });
});
