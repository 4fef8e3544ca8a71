import type { BaseRunner } from './vitest-types.ts';

/** Modules that Vitest itself consists of, which it keeps too (its `resetModules`). */
const KEPT = [/\/vitest\/dist\//, /\/vite-node\/dist\//, /vitest-virtual-\w+\/dist/, /@vitest\/dist/];

/**
 * Makes Vitest load all modules anew, as it does between two files of one worker (its `resetModules`). What Node loaded from node_modules stays.
 * The snapshots of the file are read anew too.
 */
export function resetModules(runner: BaseRunner, file: string): void {
  const { evaluatedModules, moduleCache } = runner.workerState;
  (runner.moduleRunner ?? runner.__vitest_executor)?.mocker?.reset();
  evaluatedModules?.idToModuleMap.forEach((module, id) => {
    if (KEPT.some((kept) => kept.test(id))) return;
    module.promise = undefined;
    module.exports = undefined;
    module.evaluated = false;
    module.importers.clear();
  });
  moduleCache?.forEach((module, id) => {
    if (!KEPT.some((kept) => kept.test(id))) moduleCache.invalidateModule(module);
  });
  const snapshots = runner.snapshotClient;
  snapshots.snapshotStateMap?.delete(file);
  snapshots.filepath = undefined;
  // Vitest 2 would save what another file left.
  snapshots.snapshotState = undefined;
}
