import { marked } from './proc-family.ts';
import { listedFamily } from './ps-family.ts';

/** Marks all that a run starts, in its environment: what leaves the process group keeps it. */
export const FAMILY_MARK = 'ASSAY_FAMILY';

/** A process of a family. */
export interface Relative {
  pid: number;
  /** Resident memory, bytes. */
  memory: number;
  /** Processor time that it has used, in hundredths of a second. */
  ticks: number;
}

/** Whether a system tells which processes belong to a run, what they take and which sockets they have: Windows shows nobody the environment of a process. */
export function seesFamilies(platform: NodeJS.Platform = process.platform): boolean {
  return platform !== 'win32';
}

/**
 * The processes that carry a mark, wherever they went: a daemon leaves its parent, its group and its session, but keeps its environment.
 * Linux tells it in `/proc`, macOS and the BSDs through `ps`; empty where nothing does (Windows).
 */
export async function familyOf(mark: string, platform: NodeJS.Platform = process.platform): Promise<Relative[]> {
  if (!seesFamilies(platform)) return [];
  const sign = `${FAMILY_MARK}=${mark}`;
  return platform === 'linux' ? marked(sign) : listedFamily(sign, platform);
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
