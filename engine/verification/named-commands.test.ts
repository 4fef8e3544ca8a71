import assert from 'node:assert/strict';
import { commandOf } from './named-commands.ts';

/** A line, and what is run for it: variables, then words. */
const CASES: Record<string, string> = {
  make: '{} make',
  'npm run  build ': '{} npm|run|build',
  'TZ=UTC A= npm test': '{"TZ":"UTC","A":""} npm|test',
  'make a && make b': '{} sh|-c|make a && make b',
  'pytest -k "not slow"': '{} sh|-c|pytest -k "not slow"',
  'echo $HOME': '{} sh|-c|echo $HOME',
};

describe('a command as a person types it', () => {
  for (const [line, expected] of Object.entries(CASES)) {
    it(line, () => {
      const { argv, env } = commandOf(line, '/p', 'linux');
      assert.equal(`${JSON.stringify(env)} ${argv.join('|')}`, expected);
    });
  }

  it("is Windows' own interpreter's there, with its paths", () => {
    assert.deepEqual(commandOf('.\\gradlew test && echo "done"', 'C:\\p', 'win32').argv, ['cmd', '/d', '/s', '/c', '.\\gradlew test && echo "done"']);
  });
});
