import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { detectionText } from '../../test/support/detection-text.ts';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { detect, detectIn } from './detect.ts';
import { Tree } from './text/tree.ts';

const CASES = fileURLToPath(new URL('../../fixtures/detection/', import.meta.url));
const WORKSPACES = fileURLToPath(new URL('../../fixtures/ladder/', import.meta.url));
const ROOT = path.resolve('/workspace');

describe('detect', () => {
  after(removeWorkspaces);

  for (const name of readdirSync(CASES)) {
    it(`says of ${path.basename(name, '.txt')} what is expected`, () => {
      const { expected, files } = readCase(readFileSync(path.join(CASES, name), 'utf8'));
      assert.equal(detectionText(detectIn(Tree.of(ROOT, files))), expected);
    });
  }

  it('says soon of a script that has the same word again and again', () => {
    const scripts = { generate: `node ${'build-'.repeat(100_000)}` };
    assert.equal(detectIn(Tree.of(ROOT, { 'package.json': JSON.stringify({ name: 'a', scripts }) })).projects.length, 1);
  }).timeout(5000);

  for (const { name } of readdirSync(WORKSPACES, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    it(`says of the workspace ${name} what is expected`, async () => {
      const golden = path.join(WORKSPACES, `${name}.txt`);
      // In a copy: above it there is nothing that would say how it is built.
      const directory = path.join(emptyWorkspace(), name);
      cpSync(path.join(WORKSPACES, name), directory, { recursive: true, filter: (file) => !file.endsWith('node_modules') });
      const text = detectionText(await detect(directory));
      if (process.env['UPDATE_FIXTURES']) writeFileSync(golden, text);
      assert.equal(text, readFileSync(golden, 'utf8'));
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
