import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { oxfmt, oxlint } from '../../engine/strengthen/tools/oxc.ts';
import type { FindTool } from '../../engine/strengthen/tools/tool.ts';
import { write } from '../support/workspaces.ts';
import { project } from './project.ts';

const TEXT = "import { a } from './a';\n\ntest('é', () => {\n  a(1);\n});\n";

describe("a project's Oxc tools", () => {
  let directory: string;
  const open = (find: FindTool, file: string, text = TEXT) => {
    write(directory, file, text);
    return find(path.join(directory, file), text, createRequire(path.join(directory, 'package.json')));
  };

  before(() => {
    directory = project('mocha', ['oxlint@1', 'oxfmt@0', 'mocha@11']);
    write(directory, 'oxc/.oxfmtrc.json', '{ "singleQuote": true, "printWidth": 60, "ignorePatterns": ["left/**"] }');
    write(directory, 'oxc/.oxlintrc.json', '{ "rules": { "eqeqeq": "error", "no-var": "error" }, "ignorePatterns": ["left/**"] }');
  });

  it('Oxfmt writes a text as it is configured, and says where it is not', async () => {
    const tool = await open(oxfmt, 'oxc/a.test.ts');
    const changed = `${TEXT}\ntest( "c",()=>{ var c = a(1111111111, 22222222222, 3333333333333) ; a(c) })\n`;
    const whole = `${TEXT}\ntest('c', () => {\n  var c = a(1111111111, 22222222222, 3333333333333);\n  a(c);\n});\n`;
    assert.equal(await tool?.tidy?.(changed, { start: TEXT.length, end: changed.length }), whole);
    assert.deepEqual(await tool?.check?.(changed), [{ offset: changed.indexOf(' "c"'), message: 'It is not formatted.' }]);
    assert.deepEqual(await tool?.check?.(whole), []);
  });

  it('Oxfmt is not used where files are not written so, or left alone', async () => {
    assert.equal(await open(oxfmt, 'oxc/b.test.ts', TEXT.replaceAll("'", '"')), undefined);
    assert.equal(await open(oxfmt, 'oxc/left/a.test.ts'), undefined);
  });

  it('Oxlint says what it has against a text, and where, and mends what it can', async () => {
    const tool = await open(oxlint, 'oxc/a.test.ts');
    assert.deepEqual(await tool?.check?.(TEXT), []);
    const changed = `${TEXT}var b = a(2);\na(b == 1);\n`;
    const complaints = (await tool?.check?.(changed)) ?? [];
    const at = (rule: string) => complaints.find(({ message }) => message.endsWith(`(eslint(${rule}))`))?.offset;
    assert.deepEqual([at('eqeqeq'), at('no-var')], [changed.indexOf('=='), changed.indexOf('var')], JSON.stringify(complaints));
    assert.match((await tool?.tidy?.(changed, { start: TEXT.length, end: changed.length })) ?? '', /^(const|let) b = a\(2\);$/m);
  });

  it('Oxlint is not used on files that it is to leave alone', async () => {
    assert.equal(await open(oxlint, 'oxc/left/a.test.ts'), undefined);
  });
});
