import { readdir, readFile } from 'node:fs/promises';
import type { Relative } from './family.ts';

const PAGE_BYTES = 4096;

/** The processes whose environment has a variable with a value (`NAME=value`), as Linux's `/proc` tells. */
export async function marked(sign: string): Promise<Relative[]> {
  const wanted = `${sign}\0`;
  const found = await Promise.all(
    (await readdir('/proc').catch(() => []))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        try {
          if (!(await readFile(`/proc/${name}/environ`, 'latin1')).includes(wanted)) return undefined;
          return { pid: Number(name), ...figures(await readFile(`/proc/${name}/stat`, 'latin1')) };
        } catch {
          // It has ended meanwhile, or is another user's.
          return undefined;
        }
      }),
  );
  return found.filter((one) => one !== undefined);
}

/**
 * The memory of processes together, bytes, with pages that several have divided among them (`Pss` of `/proc/PID/smaps_rollup`, proc_pid_smaps(5)); the
 * resident memory of a process of which the system does not tell that. A look at a process of 300 MiB takes milliseconds.
 */
export async function dividedMemory(family: readonly Relative[]): Promise<number> {
  const all = await Promise.all(
    family.map(async ({ pid, memory }) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '');
      const kibibytes = /^Pss:\s*(\d+) kB$/m.exec(rollup)?.[1];
      return kibibytes === undefined ? memory : Number(kibibytes) * 1024;
    }),
  );
  return all.reduce((sum, one) => sum + one, 0);
}

/**
 * Fields 14, 15 and 24 of `/proc/PID/stat`, counted behind the name, which may hold anything (proc_pid_stat(5)); clock ticks are hundredths of a second on all
 * systems that Node runs on (`USER_HZ`). A process that has ended and was not waited for has no memory.
 */
function figures(stat: string): { memory: number; ticks: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { memory: Number(fields[21]) * PAGE_BYTES, ticks: Number(fields[11]) + Number(fields[12]) };
}
