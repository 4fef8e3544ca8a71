import { describe, type Removals, removals } from '../engine/mutation/index.ts';
import type { PseudoTested } from './protocol.ts';
import type { JudgedFile, Workspace } from './workspace.ts';

/** What is known of functions without their body: in some files, or in all of the open folders. */
export async function findRemovals(workspace: Workspace, uris?: readonly string[]): Promise<Removals<JudgedFile>> {
  const all = new Set(uris ?? (await workspace.judgedFiles()).map(({ uri }) => uri));
  const files = await Promise.all([...all].map((uri) => workspace.judged(uri)));
  return removals(files.filter((file) => file !== undefined));
}

/** The functions that tests run and that none would miss, the worst first. */
export async function pseudoTested(workspace: Workspace): Promise<PseudoTested[]> {
  return (await findRemovals(workspace)).pseudoTested.map(({ file, mutant }) => ({
    uri: file.uri,
    title: mutant.removes.title.replaceAll('`', ''),
    at: mutant.removes.at,
    sentence: describe(mutant),
    tests: mutant.coveredBy.length,
    testsMs: mutant.coveredBy.reduce((sum, id) => sum + (file.book.tests().get(id)?.durationMs ?? 0), 0),
  }));
}
