import type { Tree } from '../text/tree.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import { githubCommands } from './github.ts';
import { otherCommands } from './others.ts';

/** The commands that continuous integration runs, whichever service it is. */
export function ciCommands(tree: Tree): OutsideCommand[] {
  return [...githubCommands(tree), ...otherCommands(tree)];
}
