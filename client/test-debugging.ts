import type { Ladder, TestName } from '../server/protocol.ts';

/** The option of a framework that chooses tests by their full titles. */
const CHOOSING: Readonly<Record<string, string>> = { vitest: '-t', jest: '-t', mocha: '-g', 'node:test': '--test-name-pattern' };

/** The command that a terminal with VS Code's debugger in it runs: the project's own for its tests, with a test chosen where its framework can be told so. Undefined where that debugger cannot follow it. */
export function debugCommand({ ecosystem, tools, steps }: Pick<Ladder, 'ecosystem' | 'tools' | 'steps'>, test?: TestName): string | undefined {
  const command = steps.find(({ rung }) => rung === 'test')?.commands[0];
  if (ecosystem !== 'node' || command === undefined) return undefined;
  const option = tools.map((tool) => CHOOSING[tool.split(' ', 1)[0] ?? '']).find((one) => one !== undefined);
  if (!test || !option) return command;
  // All of these take a regular expression: what would have to be quoted, for it or for a shell, is any character.
  const pattern = test.title.join(' ').replace(/[^\p{L}\p{N} _-]/gu, '.');
  // Node's own runner takes options before its files; it hears them in its environment, too, where the debugger has put its own.
  if (option.startsWith('--')) return `NODE_OPTIONS="$NODE_OPTIONS "'${option}="${pattern}"' ${command}`;
  return `${command}${/^npm (test|t|run) /.test(`${command} `) ? ' --' : ''} ${option} "${pattern}"`;
}
