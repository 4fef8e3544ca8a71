import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { detectionText } from '../../test/support/detection-text.ts';
import { detectIn } from './detect.ts';
import { Tree } from './text/tree.ts';

const CASES = fileURLToPath(new URL('../../fixtures/detection/', import.meta.url));
const ROOT = path.resolve('/workspace');

describe('detect', () => {
  for (const name of readdirSync(CASES)) {
    it(`says of ${path.basename(name, '.txt')} what is expected`, () => {
      const { expected, files } = readCase(readFileSync(path.join(CASES, name), 'utf8'));
      assert.equal(detectionText(detectIn(Tree.of(ROOT, files))), expected);
    });
  }
});

/** A case is a text: what is expected behind `== expected`, and each file of the workspace behind its path. */
function readCase(text: string): { expected: string; files: Record<string, string> } {
  const blocks = text.split(/^== (.+)\n/m).slice(1);
  const files: Record<string, string> = {};
  for (let i = 0; i < blocks.length; i += 2) files[blocks[i] as string] = blocks[i + 1] ?? '';
  const { expected = '', ...rest } = files;
  return { expected, files: rest };
}
