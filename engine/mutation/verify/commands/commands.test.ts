import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { FrameworkName, TestPackage } from '../../../workspace/index.ts';
import { argumentsToPass, plainCommand } from './index.ts';

/** What the test script passes, the files to run alone (none: all), and the command in words; undefined where those cannot run alone. */
const CASES: [framework: FrameworkName, given: string, files: string[] | undefined, words: string | undefined][] = [
  ['vitest', '', undefined, 'vitest run --bail=1 --coverage.enabled=false --no-cache'],
  ['vitest', 'run --typecheck --config=a.ts', undefined, 'vitest run --config=a.ts --bail=1 --coverage.enabled=false --no-cache'],
  ['vitest', '--watch --coverage', ['test/a.test.ts'], 'vitest run --bail=1 --coverage.enabled=false --no-cache test/a.test.ts'],
  ['vitest', 'run --dir test', ['test/a.test.ts'], undefined],
  ['jest', '--env node --coverage --bail=3', undefined, 'jest --env node --ci --bail=1 --coverage=false --watchman=false'],
  ['jest', '', ['a.test.js', 'b.test.js'], 'jest --ci --bail=1 --coverage=false --watchman=false --runTestsByPath a.test.js b.test.js'],
  ['mocha', '--require setup test/ --watch', undefined, 'mocha --require setup test/ --bail'],
  ['mocha', '', ['test/a.js'], undefined],
];

describe('the plain test command', () => {
  after(removeWorkspaces);

  for (const [name, given, files, words] of CASES) {
    it(`${name} ${given} ${files?.join(' ') ?? ''}`.trim(), async () => {
      const command = await plainCommand(
        place(name, given),
        files?.map((file) => path.resolve('/stage', file)),
      );
      assert.equal(command?.words, words);
    });
  }

  it("runs the package's own installation on the user's Node with the script's variables", async () => {
    const at = place('mocha', 'test', { TZ: 'UTC' });
    const command = await plainCommand(at);
    assert.deepEqual(
      [command?.program, command?.args, command?.cwd],
      ['/usr/bin/node', ['--import', 'tsx', path.join(at.package.directory, 'node_modules/mocha/bin/run.js'), 'test', '--bail'], at.directory],
    );
    assert.deepEqual([command?.env['TZ'], command?.env['CI']], ['UTC', '1']);
    assert.ok(command?.env['PATH']?.startsWith(path.join(at.directory, 'node_modules', '.bin') + path.delimiter));
  });

  it('forgives Vitest a file without tests where the project does not pass otherwise', async () => {
    const added = argumentsToPass('vitest', [' FAIL  src/cases.spec.ts', 'Error: No test suite found in file /stage/src/cases.spec.ts']);
    assert.match((await plainCommand({ ...place('vitest', ''), added }))?.words ?? '', / --passWithNoTests$/);
    assert.deepEqual(argumentsToPass('vitest', ['AssertionError: expected 1 to be 2']), []);
    assert.deepEqual(argumentsToPass('jest', ['No test suite found in file']), []);
  });

  it('is none where the installation names no program', async () => {
    const at = place('mocha', '');
    assert.equal(await plainCommand({ ...at, package: { ...at.package, directory: emptyWorkspace() } }), undefined);
  });
});

function place(name: FrameworkName, given: string, env: Record<string, string> = {}) {
  const directory = emptyWorkspace({ [`node_modules/${name}/package.json`]: `{ "version": "1.0.0", "bin": { "${name}": "./bin/run.js" } }` });
  const command = { args: given.split(' ').filter(Boolean), env, nodeArgs: name === 'mocha' ? ['--import', 'tsx'] : [] };
  const node = { path: '/usr/bin/node', version: '24.0.0', evidence: { says: '' } };
  return {
    package: { directory, root: directory, framework: { name, command } } as TestPackage,
    node,
    directory: path.resolve('/stage'),
    cache: '/cache',
    added: [],
  };
}
