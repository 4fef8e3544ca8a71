import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyWorkspace, removeWorkspaces } from '../../../test/support/workspaces.ts';
import { biome } from './biome.ts';
import type { Tool } from './tool.ts';

const PACKAGES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const CONFIG = JSON.stringify({
  root: true,
  files: { includes: ['src/**'] },
  formatter: { indentStyle: 'space', lineWidth: 60 },
  javascript: { formatter: { quoteStyle: 'single' } },
});
const TEXT = "import { b } from './b';\nimport { a } from './a';\n\ntest('b', () => {\n  a(b);\n});\n";

async function open(files: Record<string, string>, file = 'src/a.test.ts'): Promise<Tool | undefined> {
  const directory = emptyWorkspace({ [file]: TEXT, ...files });
  symlinkSync(PACKAGES, path.join(directory, 'node_modules'), 'junction');
  return biome(path.join(directory, file), TEXT, createRequire(path.join(directory, 'package.json')));
}

describe("a project's Biome", () => {
  after(removeWorkspaces);

  it('writes a stretch as it is configured, and leaves the rest', async () => {
    const tool = await open({ 'biome.json': CONFIG });
    const added = '\ntest( "c",()=>{ var c = a(1111111111, 22222222222, 3333333333333) ; a(c) })\n';
    const start = TEXT.length;
    const tidied = await tool?.tidy?.(TEXT + added, { start, end: start + added.length });
    const whole = `\ntest('c', () => {\n  var c = a(1111111111, 22222222222, 3333333333333);\n  a(c);\n});\n`;
    assert.equal(tidied, TEXT + whole);
  });

  it('says what it has against a text, and where', async () => {
    const tool = await open({ 'biome.json': CONFIG });
    const text = `${TEXT}a ( 1 == b );\n`;
    const complaints = (await tool?.check?.(text)) ?? [];
    const at = (rule: string) => complaints.find(({ message }) => message.includes(rule))?.offset;
    assert.equal(at('noDoubleEquals'), text.indexOf('=='), JSON.stringify(complaints));
    assert.ok(at('(format)') !== undefined, JSON.stringify(complaints));
  });

  it('is not used where it is not configured, or not for the file', async () => {
    assert.equal(await open({}), undefined);
    assert.equal(await open({ 'biome.json': CONFIG }, 'spec/a.test.ts'), undefined);
    assert.equal(await open({ 'biome.json': '{ "linter": 1' }), undefined);
  });

  it('reads what its configuration extends, and that of folders above', async () => {
    const tool = await open({ 'biome.json': '{ "root": true, "extends": ["./shared.json"] }', 'shared.json': CONFIG });
    assert.match(JSON.stringify(await tool?.check?.(`${TEXT}a(1)\n`)), /\(format\)/);
  });
});
