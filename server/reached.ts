import type { CodeLens } from 'vscode-languageserver';
import type { ReachedBy } from '../engine/witness/index.ts';
import { toPath, toUri } from './convert.ts';
import { commands, type ReachingTest } from './protocol.ts';
import type { Witnesses } from './witnesses.ts';

/** A lens over each function of a source that tests ran: how many, and how much they check. */
export function reachedLenses(uri: string, witnesses: Witnesses): CodeLens[] {
  const file = toPath(uri);
  return (file === undefined ? [] : witnesses.reachedIn(file)).map((reached) => {
    const at = { line: reached.line, character: 0 };
    const tests = reached.tests
      .toSorted((a, b) => b.strength - a.strength)
      .map(
        (test): ReachingTest => ({
          uri: toUri(test.file),
          title: test.title,
          line: test.line,
          strength: test.strength,
          canFail: test.verdict !== 'unnoticed',
        }),
      );
    return {
      range: { start: at, end: at },
      command: {
        title: titleOf(reached),
        tooltip: 'List the tests that ran it',
        command: commands.showReachingTests,
        arguments: [reached.name, tests],
      },
    };
  });
}

/** For example `run by 5 tests · mean strength 62 · none of them can fail`. */
function titleOf({ tests }: ReachedBy): string {
  const mean = Math.round(tests.reduce((sum, { strength }) => sum + strength, 0) / tests.length);
  const idle = tests.filter(({ verdict }) => verdict === 'unnoticed').length;
  const which = tests.length === 1 ? 'it cannot' : idle === tests.length ? 'none of them can' : `${idle} cannot`;
  return `run by ${tests.length} ${tests.length === 1 ? 'test' : 'tests'} · mean strength ${mean}${idle > 0 ? ` · ${which} fail` : ''}`;
}
