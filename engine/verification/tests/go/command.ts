import path from 'node:path';
import type { ProjectCommand } from '../../../detection/index.ts';
import type { Listener, Tell } from '../listener.ts';
import { GoJsonListener } from './json-listener.ts';

/** `go test` with its machine form, and what hears it; undefined for commands that run no tests or speak so already. */
export function goCommand(command: ProjectCommand, tell: Tell): { command: ProjectCommand; listener: Listener } | undefined {
  const { argv } = command;
  const at = argv.indexOf('test');
  const ours = argv.slice(0, argv.includes('-args') ? argv.indexOf('-args') : undefined);
  if (at !== 1 || ours.some((one) => /^--?(json|c|list|n)(=|$)/.test(one))) return undefined;
  const folderAt = /^--?C$/.test(argv[2] ?? '') ? 4 : /^--?C=/.test(argv[2] ?? '') ? 3 : 2;
  const cwd = path.resolve(command.cwd, folderAt === 4 ? (argv[3] ?? '') : folderAt === 3 ? (argv[2]?.split('=')[1] ?? '') : '');
  const verbose = ours.some((one) => /^--?v(=true)?$/.test(one));
  return {
    command: { ...command, argv: [...argv.slice(0, folderAt), '-json', ...argv.slice(folderAt)] },
    listener: new GoJsonListener(tell, cwd, verbose),
  };
}
