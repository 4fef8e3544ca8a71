import { below, type Tree } from '../text/tree.ts';
import { justRecipes, taskfileTasks } from './just.ts';
import { type Included, makeTargets } from './makefile.ts';
import type { Task } from './task.ts';

const READERS: readonly [name: RegExp, read: (text: string, file: string, included: Included) => Task[]][] = [
  [/^(GNUmakefile|makefile)$/i, makeTargets],
  [/\.mk$/, makeTargets],
  [/^\.?justfile$/i, justRecipes],
  [/^Taskfile(\.dist)?\.ya?ml$/i, taskfileTasks],
];

/** The tasks that the files of a folder declare for any language: Makefiles, justfiles, Taskfiles. */
export function folderTasks(tree: Tree, directory: string): Task[] {
  return READERS.flatMap(([pattern, read]) =>
    tree
      .files(directory)
      .filter((name) => pattern.test(name))
      .flatMap((name) => {
        const file = below(directory, name);
        const text = tree.text(file);
        return text === undefined ? [] : read(text, file, (other) => includedText(tree, below(directory, other)));
      }),
  );
}

function includedText(tree: Tree, file: string): ReturnType<Included> {
  const text = tree.text(file);
  return text === undefined ? undefined : { text, file };
}
