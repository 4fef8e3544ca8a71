import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { write } from '../support/workspaces.ts';
import { project } from './project.ts';

const FILES = {
  'package.json': '{ "type": "module", "scripts": { "test": "vitest run" } }',
  'vitest.config.js': "export default { test: { environment: 'jsdom' } };\n",
  'src/label.ts': `export function label(element: HTMLElement): string {
  return element.dataset['kind'] === 'short' ? (element.textContent ?? '').slice(0, 3) : 'long';
}
export function mount(count: number): string {
  document.body.innerHTML = count > 2 ? '<p>many</p>' : '<p>few</p>';
  return document.body.innerHTML;
}
`,
  'test/label.test.ts': `import { expect, it } from 'vitest';
import { label, mount } from '../src/label.ts';

it('labels', () => {
  const element = document.createElement('p');
  element.textContent = 'text';
  element.dataset['kind'] = 'short';
  expect(label(element)).toBeTruthy();
});
it('mounts', () => {
  expect(mount(1)).toBe('<p>few</p>');
});
`,
};

describe('code that needs a document', () => {
  it('gets tests where the framework has one', async () => {
    const directory = project('vitest', ['vitest@3', 'vite@6', 'jsdom@26']);
    for (const [name, text] of Object.entries(FILES)) write(directory, name, text);
    const { status, err } = await assay(directory, ['strengthen', 'src/label.ts', '--write']);
    assert.equal(status, 0, err);
    const text = readFileSync(path.join(directory, 'test/label.test.ts'), 'utf8');
    assert.match(text, /expect\(label\(element\)\)\.toBe\('tex'\);/, text + err);
    assert.match(text, /expect\(mount\(3\)\)\.toBe\('<p>many<\/p>'\);/, text + err);
  });
});
