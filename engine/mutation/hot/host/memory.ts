import { readFileSync } from 'node:fs';

/** Bytes of a page of memory on Linux; other sizes exist on few machines and only make the limit another one. */
const PAGE = 4096;

/** The memory that a process holds, bytes; 0 where the system has no /proc. */
export function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE;
  } catch {
    return 0;
  }
}
