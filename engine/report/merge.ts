import path from 'node:path';
import type { StoredTest } from '../mutation/index.ts';
import { relativePosix } from '../workspace/index.ts';
import type { ReportInput } from './model.ts';

/** Reports of several packages as one, with paths from `directory` (absolute). */
export function mergeReports(inputs: readonly ReportInput[], directory: string): ReportInput {
  const tests = new Map<number, StoredTest>();
  const files = inputs.flatMap((input) => {
    const offset = Math.max(0, ...tests.keys());
    const fromDirectory = (file: string) => relativePosix(directory, path.join(input.directory, file));
    for (const [id, test] of input.tests) tests.set(id + offset, { ...test, id: id + offset, file: test.file && fromDirectory(test.file) });
    const shift = (ids: number[]) => ids.map((id) => id + offset);
    return input.files.map((file) => ({
      ...file,
      path: fromDirectory(file.path),
      pieces: file.pieces.map((piece) => ({
        ...piece,
        mutants: piece.mutants.map((mutant) => ({ ...mutant, coveredBy: shift(mutant.coveredBy), killedBy: shift(mutant.killedBy) })),
      })),
    }));
  });
  const [first] = inputs;
  return {
    packageName: [...new Set(inputs.map(({ packageName }) => packageName))].join(', '),
    directory,
    files,
    tests,
    run: inputs.length === 1 ? first?.run : undefined,
    version: first?.version ?? '',
    ...(first?.extreme && { extreme: true }),
  };
}
