import type { ProjectCommand } from '../../../detection/index.ts';
import type { Listener, Tell } from '../listener.ts';
import { CargoListener } from './listener.ts';
import { NextestListener } from './nextest-listener.ts';

/** `cargo test` or `cargo nextest run` that goes on after the first crate whose tests fail, and what hears it; undefined for other commands. */
export function cargoCommand(command: ProjectCommand, tell: Tell): { command: ProjectCommand; listener: Listener } | undefined {
  const { argv, cwd } = command;
  const at = argv[1]?.startsWith('+') ? 2 : 1;
  const nextest = argv[at] === 'nextest' && /^(run|r)$/.test(argv[at + 1] ?? '');
  if (!nextest && argv[at] !== 'test' && argv[at] !== 't') return undefined;
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const own = argv.slice(0, end);
  const added = [
    ...(own.some((one) => /^--(no-run|no-fail-fast|fail-fast|max-fail)/.test(one)) ? [] : ['--no-fail-fast']),
    ...(nextest && !own.some((one) => one.startsWith('--message-format')) ? ['--message-format', 'libtest-json'] : []),
  ];
  const heard = { ...command, argv: [...own, ...added, ...argv.slice(end)] };
  return nextest
    ? { command: { ...heard, env: { ...command.env, NEXTEST_EXPERIMENTAL_LIBTEST_JSON: '1' } }, listener: new NextestListener(tell, cwd, true) }
    : { command: heard, listener: new CargoListener(tell, cwd) };
}
