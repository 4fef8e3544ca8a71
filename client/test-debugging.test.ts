import assert from 'node:assert/strict';
import { ladderOf } from '../media/proofs/samples.ts';
import { debugCommand } from './test-debugging.ts';

describe('the command that is debugged', () => {
  const ladder = (command: string, ...tools: string[]) => ({ ...ladderOf('shop', [], { test: { commands: [command] } }), tools });
  const test = { uri: 'file:///a.test.ts', title: ['prices', "adds 1 + 1 (it's €2)"] };

  it('is the one of the project', () => {
    assert.equal(debugCommand(ladder('pnpm test', 'pnpm 9.1.0', 'vitest 3.0.0')), 'pnpm test');
    assert.equal(debugCommand({ ...ladder('go test ./...', 'go'), ecosystem: 'go' }), undefined);
  });

  it('has the test chosen where its framework can be told so', () => {
    assert.equal(debugCommand(ladder('npm test', 'npm', 'vitest 3.0.0'), test), 'npm test -- -t "prices adds 1 . 1 .it.s .2."');
    assert.equal(debugCommand(ladder('yarn test', 'yarn 4', 'mocha 11'), test), 'yarn test -g "prices adds 1 . 1 .it.s .2."');
    assert.equal(
      debugCommand(ladder('npm test', 'npm', 'node:test'), test),
      `NODE_OPTIONS="$NODE_OPTIONS "'--test-name-pattern="prices adds 1 . 1 .it.s .2."' npm test`,
    );
    assert.equal(debugCommand(ladder('npm test', 'npm', 'ava 6'), test), 'npm test');
  });
});
