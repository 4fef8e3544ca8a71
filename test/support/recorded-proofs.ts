import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Store } from '../../engine/store/index.ts';
import { EvidenceShelf, type Proof, type Rung } from '../../engine/verification/index.ts';
import { quoteLines } from '../../engine/verification/quoted-lines.ts';

/** Keeps a proof as a run of a while ago would have, with the lines that it speaks of as they are now. Answers it. */
export async function recordProof(directory: string, rung: Rung, more: Partial<Proof> = {}, log = 'what it said\n'): Promise<Proof> {
  const store = Store.open(directory);
  const shelf = new EvidenceShelf(directory, store);
  const at = more.at ?? Date.now();
  const { id, folder } = await shelf.begin(rung, at);
  const proof: Proof = {
    ...{ id, rung, directory, ecosystem: 'node', verdict: 'fails', summary: 'It does not', notes: [], at, durationMs: 1234 },
    ...{ runs: [], tools: [], environment: {}, changedFiles: [], problems: [] },
    ...more,
    lines: {},
  };
  const quoted = { ...proof, lines: await quoteLines({ ...proof, at: Date.now() + 1000 }) };
  writeFileSync(path.join(folder, 'output.log'), log);
  await shelf.keep(quoted);
  store.close();
  return quoted;
}
