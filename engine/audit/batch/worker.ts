import { parentPort } from 'node:worker_threads';
import { Auditor } from '../auditor.ts';
import { auditFileOnDisk } from './audited-file.ts';

// A thread that looks at files: it is sent lists of paths and answers each with what was found.
const auditor = Auditor.create();
parentPort?.on('message', (files: string[]) => {
  void auditor.then((ready) => parentPort?.postMessage(files.map((file) => auditFileOnDisk(ready, file))));
});
