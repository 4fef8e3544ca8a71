import type { ProjectCommand } from '../model.ts';
import { startsOwnTests } from '../tasks/aliases.ts';
import type { Tasks } from '../tasks/task.ts';
import type { Tree } from '../text/tree.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import type { Proposal } from '../weighing/proposal.ts';

/** Tests that a program of the workspace runs which an alias of Cargo starts (`cargo xtask test`), as far as somebody is told to run them so. */
export function ownProgramProposals(
  tree: Tree,
  directory: string,
  tasks: Tasks,
  outside: readonly OutsideCommand[],
  command: (argv: readonly string[]) => ProjectCommand,
): Proposal<ProjectCommand>[] {
  return outside
    .filter(({ cwd, argv }) => cwd === directory && startsOwnTests(argv, tasks))
    .flatMap(({ argv }) => {
      const alias = tasks.find('cargo', argv[1] ?? '');
      if (!alias) return [];
      const evidence = tree.at(alias.file, alias.line, `the alias "${alias.name}" starts a program of the workspace`);
      return [{ value: command(argv.slice(0, 3)), ground: 'target that runs tests its own way' as const, evidence }];
    });
}
