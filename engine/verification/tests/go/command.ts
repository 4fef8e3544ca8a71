import type { ProjectCommand } from '../../../detection/index.ts';
import { goTestFolder } from '../../go-modules.ts';
import type { Listener, Tell } from '../listener.ts';
import { GoJsonListener } from './json-listener.ts';

/** `go test` with its machine form, and what hears it; undefined for commands that run no tests or speak so already. */
export function goCommand(command: ProjectCommand, tell: Tell): { command: ProjectCommand; listener: Listener } | undefined {
  const { argv } = command;
  const at = argv.indexOf('test');
  const ours = argv.slice(0, argv.includes('-args') ? argv.indexOf('-args') : undefined);
  if (at !== 1 || ours.some((one) => /^--?(json|c|list|n)(=|$)/.test(one))) return undefined;
  const { folder, at: begin } = goTestFolder(command);
  const verbose = ours.some((one) => /^--?v(=true)?$/.test(one));
  return {
    command: { ...command, argv: [...argv.slice(0, begin), '-json', ...argv.slice(begin)] },
    listener: new GoJsonListener(tell, folder, verbose),
  };
}
