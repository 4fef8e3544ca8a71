import type { Relative } from './family.ts';
import { said } from './said.ts';

/** Of each process: its number, its parent's, its state, resident memory (KiB), processor time, and its command line with its environment behind it. */
const COLUMNS = ['pid', 'ppid', 'stat', 'rss', 'time', 'command'].flatMap((name) => ['-o', `${name}=`]);
/** All processes, with their environments, lines of any length: `-E` is macOS's letter for what is `e` on Linux and the BSDs (ps(1) of each). */
const ALL = { darwin: ['-A', '-E', '-ww'], others: ['axeww'] };
const LINE = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+([\d:.-]+)\s+(.*)$/;

/** The processes whose environment has a variable with a value (`NAME=value`), and all that they started, as `ps` tells. */
export async function listedFamily(sign: string, platform: NodeJS.Platform): Promise<Relative[]> {
  const all = platform === 'darwin' ? ALL.darwin : ALL.others;
  return parseFamily(await said('ps', [...all, ...COLUMNS]), sign);
}

/** Reads what `ps` lists. macOS hides the environment of its own programs, such as its shell: what a marked process started belongs to it all the same. Pure. */
export function parseFamily(list: string, sign: string): Relative[] {
  const rows = list.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', memory, time = '', words = ''] = LINE.exec(line) ?? [];
    // What has ended and was not waited for takes nothing.
    if (pid === undefined || state.startsWith('Z')) return [];
    const isMarked = ` ${words} `.includes(` ${sign} `);
    return [{ pid: Number(pid), parent: Number(parent), memory: Number(memory) * 1024, ticks: hundredths(time), isMarked }];
  });
  const family = new Set(rows.filter(({ isMarked }) => isMarked).map(({ pid }) => pid));
  for (let before = -1; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of rows) if (family.has(parent)) family.add(pid);
  }
  return rows.filter(({ pid }) => family.has(pid)).map(({ pid, memory, ticks }) => ({ pid, memory, ticks }));
}

/** `1:02.34` on macOS, `01:02:03` and `2-01:02:03` on Linux. */
function hundredths(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 100);
}
