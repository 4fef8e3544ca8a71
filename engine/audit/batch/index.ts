import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { shippedFile } from '../../installation/index.ts';
import type { JobContext } from '../../model/index.ts';
import { Auditor } from '../auditor.ts';
import { type AuditedFile, auditWholeFile, type Unsaved } from './audited-file.ts';

/** From so many files more than one thread pays: each loads the grammars. */
const WORTH_THREADS = 60;
/** How many files a thread is given at once. */
const SHARE = 16;
/** Where a thread has its new objects, from the beginning, in MiB: V8 begins with one and clears it away again and again until it has grown. */
const NURSERY = 16;

/** Looks at files (absolute paths) as they are on the disk, but for texts that are not saved; answers them in their order. Stops early when it is cancelled. */
export async function auditFiles(
  files: readonly string[],
  { signal, report }: JobContext<{ done: number }>,
  unsaved: Unsaved = new Map(),
): Promise<AuditedFile[]> {
  const found = new Map<string, AuditedFile>();
  let next = 0;
  const take = () => {
    if (signal.aborted) return [];
    next += SHARE;
    return files.slice(next - SHARE, next);
  };
  const put = (audited: readonly AuditedFile[]) => {
    for (const one of audited) found.set(one.file, one);
    report({ done: found.size });
  };
  if (files.length < WORTH_THREADS) {
    const auditor = await Auditor.create((file) => unsaved.get(file));
    for (let share = take(); share.length > 0; share = take()) {
      for (const file of share) put([await auditWholeFile(auditor, file, unsaved)]);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } else {
    setFlagsFromString(`--min-semi-space-size=${NURSERY}`);
    const threads = Math.min(8, availableParallelism());
    await Promise.all(Array.from({ length: threads }, () => inThread(take, put, unsaved)));
  }
  return files.flatMap((file) => found.get(file) ?? []);
}

/** Has a thread look at shares of the files until there are no more. */
async function inThread(take: () => string[], put: (audited: AuditedFile[]) => void, unsaved: Unsaved): Promise<void> {
  const worker = new Worker(shippedFile('dist', 'audit', 'worker.js'), { workerData: unsaved });
  try {
    await new Promise<void>((resolve, reject) => {
      const give = () => {
        const share = take();
        if (share.length === 0) resolve();
        else worker.postMessage(share);
      };
      worker.on('message', (audited: AuditedFile[]) => {
        put(audited);
        give();
      });
      worker.on('error', reject);
      give();
    });
  } finally {
    await worker.terminate();
  }
}
