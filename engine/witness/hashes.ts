import { readTextNow } from '../workspace/index.ts';
import { type HashOfFile, hashOf } from './testimonies.ts';

/** Hashes of files, each read from the disk once; `openText` answers the text that stands in an editor instead of a file's. */
export function hashesNow(openText: (file: string) => string | undefined): HashOfFile {
  const known = new Map<string, string>();
  return (file) => {
    const open = openText(file);
    if (open !== undefined) return hashOf(open);
    const hash = known.get(file) ?? hashOf(readTextNow(file) ?? '');
    known.set(file, hash);
    return hash;
  };
}
