import { readdir, readFile } from 'node:fs/promises';

/** Marks all that a run starts, in its environment: what leaves the process group keeps it. */
export const FAMILY_MARK = 'ASSAY_FAMILY';

/** A process of a family. */
export interface Relative {
  pid: number;
  /** Resident memory, bytes. */
  memory: number;
  /** Processor time that it has used, in clock ticks of the system (a hundredth of a second on Linux). */
  ticks: number;
}

const PAGE_BYTES = 4096;

/**
 * The processes that carry a mark, wherever they went: a daemon leaves its parent, its group and its session, but keeps its environment.
 * Empty where the system does not tell (only Linux's `/proc` does without a program of its own).
 */
export async function familyOf(mark: string): Promise<Relative[]> {
  if (process.platform !== 'linux') return [];
  const wanted = `${FAMILY_MARK}=${mark}\0`;
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

/** Ends all that carry a mark. What forks while it is being ended is found by looking again. */
export async function endFamily(mark: string): Promise<void> {
  for (let look = 0; look < 20; look++) {
    const left = await familyOf(mark);
    if (left.length === 0) return;
    for (const { pid } of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // ESRCH: it is gone.
      }
    }
  }
}

/** Fields 14, 15 and 24 of `/proc/PID/stat`, counted behind the name, which may hold anything (proc_pid_stat(5)). A process that has ended and was not waited for has no memory. */
function figures(stat: string): { memory: number; ticks: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { memory: Number(fields[21]) * PAGE_BYTES, ticks: Number(fields[11]) + Number(fields[12]) };
}
