import assert from 'node:assert/strict';
import { judge } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

const CODE = `import { options } from './node_modules/dep/index.js';
const shared = () => ({ ...options, ...globalThis.options, ...Array.options });
export function render(text) {
  const { commit } = shared();
  if (commit) commit(text);
  return text;
}
export function check(n) {
  if (n > 10 && shared().strict) throw new Error('too much');
  return n;
}
`;
const HEAD = "import { check, render } from '../src/page.js';\nconst ok = (is) => { if (!is) throw new Error('not so'); };\n";
const TESTS = `test('renders', () => ok(render('a') === 'a'));
test('checks', () => { let failed = false; try { check(11); } catch { failed = true; } ok(failed); });
`;
/** Neither in a process of its own. */
const LAST = "test('renders', () => ok(render('a') === 'a'));\ntest('checks', () => ok(check(5) === 5));\n";

const FRAMEWORKS = {
  vitest: ["import { test } from 'vitest';\n", 'vitest run'],
  'node-test': ["import { test } from 'node:test';\n", 'node --test'],
};
/** How a test file has both, and leaves them to those that run after it in the same process. */
const LEFT = {
  'a module of node_modules that changes another': "import '../src/node_modules/dep/all.js';\n",
  'a global name': 'globalThis.options = { commit() {}, strict: true };\n',
  'something of the standard': 'Array.options = { commit() {}, strict: true };\n',
};

describe('what test files leave behind in their process', () => {
  after(removeWorkspaces);

  for (const [framework, [test, command]] of Object.entries(FRAMEWORKS)) {
    for (const [title, leaving] of Object.entries(LEFT)) {
      it(`does not show in the next one: ${title}, ${framework}`, async () => {
        const directory = copyFixture(framework, {
          'package.json': JSON.stringify({ name: 'page', type: 'module', scripts: { test: command } }),
          'src/node_modules/dep/package.json': '{ "name": "dep", "type": "module" }',
          'src/node_modules/dep/index.js': 'export const options = {};\n',
          'src/node_modules/dep/all.js': "import { options } from './index.js';\nObject.assign(options, { commit() {}, strict: true });\n",
          'src/page.js': CODE,
          ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`test/${name}.test.js`, test + leaving + HEAD + TESTS])),
          'test/z.test.js': test + HEAD + LAST,
        });
        const { statuses } = await judge(directory, 'src/page.js', '--concurrency', '1');
        assert.equal(statuses['src/page.js:5:7-5:13 ConditionalExpression true'], 'Killed');
        assert.equal(statuses['src/page.js:9:7-9:13 ConditionalExpression true'], 'Survived');
      });
    }
  }
});
