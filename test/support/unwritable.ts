import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

/** Makes a file one that nobody who runs this can write to. Permissions do not hold root back; that a file is immutable does. Answers how to undo it. */
export function makeUnwritable(file: string): () => void {
  if (process.getuid?.() === 0) {
    execFileSync('chattr', ['+i', file]);
    return () => void execFileSync('chattr', ['-i', file]);
  }
  chmodSync(file, 0o444);
  return () => chmodSync(file, 0o644);
}
