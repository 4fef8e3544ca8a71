import assert from 'node:assert/strict';
import { judge } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

const NAMES = '{ help, wasSaid, choose, chosenOne }';
const CODE = `const said = [];
let chosen = null;
const help = (flag) => {
  if (flag === '--help' || flag === '-h') said.push(1);
};
const wasSaid = () => said.includes(1);
const choose = (name) => {
  chosen = name + '!';
};
const chosenOne = () => chosen;
`;

/** Of these, the second passes whatever comes of the short flag, for the first one ran before it; the last one fails where the third does another thing. */
const TESTS = `const ok = (is) => { if (!is) throw new Error('not so'); };
test('long flag', () => { help('--help'); ok(wasSaid()); });
test('short flag', () => { help('-h'); ok(wasSaid()); });
test('chooses', () => { choose('one'); });
test('has chosen', () => { ok(chosenOne() === 'one!'); });
`;

const MODULE = { type: 'module', code: `${CODE}export ${NAMES};\n`, tests: `import ${NAMES} from '../src/state.js';\n${TESTS}` };
const COMMON = { type: 'commonjs', code: `${CODE}module.exports = ${NAMES};\n`, tests: `const ${NAMES} = require('../src/state.js');\n${TESTS}` };

/** The files of the framework's project, and where its tests have `test` from. */
const FRAMEWORKS: Record<string, [files: typeof MODULE, test: string, command: string]> = {
  vitest: [MODULE, "import { test } from 'vitest';", 'vitest run'],
  jest: [COMMON, '', 'jest'],
  mocha: [MODULE, 'const test = it;', 'mocha test/state.test.js'],
  'node-test': [MODULE, "import { test } from 'node:test';", 'node --test'],
};

describe('tests that need others of their file before them', () => {
  after(removeWorkspaces);

  for (const [framework, [{ type, code, tests }, test, command]] of Object.entries(FRAMEWORKS)) {
    it(`show what the framework itself shows: ${framework}`, async () => {
      const directory = copyFixture(framework, {
        'package.json': JSON.stringify({ name: 'order', type, scripts: { test: command } }),
        'src/state.js': code,
        'test/state.test.js': `${test}\n${tests}`,
      });
      const { statuses, said } = await judge(directory, 'src/state.js', '--verify', '100');
      assert.match(said, /: (\d+) right, 0 wrong/);
      const status = (place: string) => Object.entries(statuses).find(([mutant]) => mutant.startsWith(`src/state.js:${place}`))?.[1];
      const found = { short: status('4:37-4:41 StringLiteral'), chosen: status('8:19-8:22 StringLiteral') };
      assert.deepEqual(found, { short: 'Survived', chosen: 'Killed' });
    });
  }
});
