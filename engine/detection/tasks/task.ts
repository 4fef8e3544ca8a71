/** Who runs tasks that have a name: a package.json's scripts (`node`), Makefiles, tox environments… */
export type TaskRunner = 'node' | 'make' | 'just' | 'task' | 'tox' | 'nox' | 'hatch' | 'poe' | 'pdm' | 'cargo';

/** A command, or several, that a project gave a name. */
export interface Task {
  runner: TaskRunner;
  name: string;
  /** Lines of shell. */
  script: string;
  /** Tasks of the same runner that run before it. */
  needs: readonly string[];
  /** Where it stands: a path relative to the workspace, and the one-based line. */
  file: string;
  line: number;
}

/** The tasks of a project, by runner and name; the first of a name counts. */
export class Tasks {
  readonly #byKey = new Map<string, Task>();
  readonly #remembered = new Map<unknown, unknown>();

  constructor(tasks: readonly Task[]) {
    for (const task of tasks) {
      const key = `${task.runner}:${task.name}`;
      if (!this.#byKey.has(key)) this.#byKey.set(key, task);
    }
  }

  find(runner: TaskRunner, name: string): Task | undefined {
    return this.#byKey.get(`${runner}:${name}`);
  }

  /** What was found out of these tasks before, by a key, or what `find` does now. */
  remember<T>(key: unknown, find: () => T): T {
    if (!this.#remembered.has(key)) this.#remembered.set(key, find());
    return this.#remembered.get(key) as T;
  }

  of(runner: TaskRunner): Task[] {
    return [...this.#byKey.values()].filter((task) => task.runner === runner);
  }
}
