import type { ToldTest } from '../events.ts';
import { beginRun, failureOf, tell } from './tell.ts';

interface Task {
  id: string;
  name: string;
  type: 'test' | 'custom' | 'suite';
  mode: string;
  location?: { line: number; column: number };
  suite?: Task;
  file: File;
  tasks?: Task[];
  result?: { state?: string; duration?: number; errors?: readonly unknown[] };
}

interface File extends Task {
  filepath: string;
  tasks: Task[];
}

/** Tells what tests do in Vitest 2, whose reporters are told of tasks. */
export class VitestTaskReporter {
  readonly #run: string;
  readonly #vitest: { state: { idMap: Map<string, Task> } };

  constructor(vitest: { version: string }) {
    this.#run = beginRun('vitest', vitest.version);
    this.#vitest = vitest as unknown as { state: { idMap: Map<string, Task> } };
  }

  onTaskUpdate(packs: readonly (readonly [id: string, ...unknown[]])[]): void {
    for (const [id] of packs) {
      const task = this.#vitest.state.idMap.get(id);
      if (task?.type !== 'test' || task.result?.state === undefined) continue;
      if (task.result.state === 'run') tell({ type: 'begin', run: this.#run, file: task.file.filepath, title: titleOf(task) });
      else tell({ type: 'test', run: this.#run, test: toldTest(task) });
    }
  }

  onFinished(files: readonly File[], unhandled: readonly unknown[]): void {
    for (const file of files) {
      tell({ type: 'file', run: this.#run, file: file.filepath, tests: testsIn(file).map(toldTest) });
      for (const suite of suitesIn(file)) for (const error of suite.result?.errors ?? []) this.#tellBroken(error, file.filepath);
    }
    for (const error of unhandled) this.#tellBroken(error);
    tell({ type: 'end', run: this.#run });
  }

  #tellBroken(error: unknown, file?: string): void {
    const { message, stack } = failureOf(error);
    tell({ type: 'broken', run: this.#run, ...(file !== undefined && { file }), message, ...(stack !== undefined && { stack }) });
  }
}

function testsIn(task: Task): Task[] {
  return (task.tasks ?? []).flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
}

function suitesIn(task: Task): Task[] {
  return [task, ...(task.tasks ?? []).flatMap((child) => (child.type === 'suite' ? suitesIn(child) : []))];
}

function toldTest(task: Task): ToldTest {
  const { state, duration, errors = [] } = task.result ?? {};
  return {
    key: task.id,
    file: task.file.filepath,
    title: titleOf(task),
    ...(task.location && { place: [task.location.line, task.location.column] }),
    state: state === 'pass' ? 'passed' : state === 'fail' ? 'failed' : task.mode === 'todo' ? 'todo' : 'skipped',
    ...(duration !== undefined && { ms: duration }),
    ...(state === 'fail' && { failure: failureOf(errors[0]) }),
  };
}

/** Suites that stand in a file have it as theirs, which is no part of a title. */
function titleOf(task: Task): string[] {
  const title = [task.name];
  for (let at = task.suite; at && at !== (task.file as Task); at = at.suite) title.unshift(at.name);
  return title;
}
