import { readFileSync } from 'node:fs';

/** Bytes of a page of memory on Linux; other sizes exist on few machines and only make the limit another one. */
const PAGE = 4096;
/** Linux counts processor time in hundredths of a second, whatever its kernel's own clock does (USER_HZ). */
const TICK_MS = 10;

/** The memory that a process holds, bytes; 0 where the system has no /proc. */
export function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE;
  } catch {
    return 0;
  }
}

/** How long processors have worked for a process, milliseconds; undefined where the system has no /proc. */
export function processorMs(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in parentheses, may have spaces. Behind it, utime and stime are the 12th and 13th (proc(5)).
    const [utime, stime] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return (Number(utime) + Number(stime)) * TICK_MS;
  } catch {
    return undefined;
  }
}

/** How long a process has waited for a processor that others had, milliseconds, that is its first thread; undefined where the system does not tell. */
export function queuedMs(pid: number): number | undefined {
  try {
    // What it waited is the second number, in nanoseconds (sched-stats.txt of Linux).
    const [, waited] = readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ');
    return waited === undefined ? undefined : Number(waited) / 1e6;
  } catch {
    return undefined;
  }
}
