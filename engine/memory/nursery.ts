/**
 * A flag of V8's for the part of the heap where all that is new lies, of which a process keeps three: 16 MiB each by itself. Smaller ones stay in the
 * processor's caches, so that they cost no time, and where several processes run they are a good part of their memory.
 *
 * @param mebibytes how large one is
 */
export function nursery(mebibytes: number): string {
  return `--max-semi-space-size=${mebibytes}`;
}
