import { readFileSync } from 'node:fs';

/** Memory of a process, MiB. */
export interface Memory {
  /** Resident. */
  rss: number;
  /** Resident, with shared pages divided among those who share them. */
  pss: number;
  /** The most that was ever resident. */
  peak: number;
}

/** Reads the memory of a process from `/proc`. */
export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return { rss: mebibytes(status, 'VmRSS'), pss: mebibytes(rollup, 'Pss'), peak: mebibytes(status, 'VmHWM') };
}

/** Time that a process has spent on a processor so far, in jiffies (hundredths of a second). */
export function jiffiesOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may hold spaces; utime and stime are the 14th and 15th fields.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function mebibytes(text: string, name: string): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc says nothing of ${name}`);
  return Number(kilobytes) / 1024;
}
