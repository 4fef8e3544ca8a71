import type { NamedTool } from '../model.ts';
import type { Tree } from '../text/tree.ts';
import { knownTool, programName } from '../tools.ts';
import type { OutsideCommand } from './outside.ts';
import type { Proposal } from './proposal.ts';

/** The managers, of those that are named, with which continuous integration installs what a folder needs; the first of each counts. */
export function installingManagers(
  tree: Tree,
  directory: string,
  outside: readonly OutsideCommand[],
  names: readonly string[],
): Proposal<NamedTool>[] {
  const found = new Map<string, Proposal<NamedTool>>();
  for (const { argv, cwd, from, file, line } of outside) {
    const name = programName(argv[0] ?? '');
    // `npm install -g` installs a tool, and not what the project needs.
    if (cwd !== directory || from !== 'ci' || found.has(name) || !names.includes(name) || argv.some((word) => /^(-g|--global)$/.test(word))) continue;
    if (knownTool(argv)?.deed !== 'install') continue;
    found.set(name, {
      value: { name },
      ground: 'CI installs with it',
      evidence: tree.at(file, line, `continuous integration installs with ${name}`),
    });
  }
  return [...found.values()];
}
