import { parentPort } from 'node:worker_threads';
import { Auditor } from '../auditor.ts';
import { type AuditedFile, auditFileOnDisk } from './audited-file.ts';

// A thread that looks at files: it is sent lists of paths and answers each with what was found.
const auditor = Auditor.create();
parentPort?.on('message', (files: string[]) => {
  void auditor.then(async (ready) => {
    const audited: AuditedFile[] = [];
    for (const file of files) audited.push(await auditFileOnDisk(ready, file));
    parentPort?.postMessage(audited);
  });
});
