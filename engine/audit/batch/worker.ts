import { parentPort, workerData } from 'node:worker_threads';
import { Auditor } from '../auditor.ts';
import { type AuditedFile, auditWholeFile, type Unsaved } from './audited-file.ts';

// A thread that looks at files: it is sent lists of paths and answers each with what was found. Its data are the texts that are not saved.
const unsaved = workerData as Unsaved;
const auditor = Auditor.create((file) => unsaved.get(file));
parentPort?.on('message', (files: string[]) => {
  void auditor.then(async (ready) => {
    const audited: AuditedFile[] = [];
    for (const file of files) audited.push(await auditWholeFile(ready, file, unsaved));
    parentPort?.postMessage(audited);
  });
});
