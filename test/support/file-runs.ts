import type { FileRun } from '../../engine/mutation/hot/host/tracks.ts';

/** What a dry run may have shown of a test file: what each test reaches, by key (`1~`: mutant 1 would have changed nothing there), and what is as it rarely is. */
export function fileRun(file: string, tests: Record<string, string[]>, more: Partial<FileRun> = {}): FileRun {
  const keys = Object.keys(tests);
  return {
    file,
    durations: new Map(keys.map((key) => [key, 1])),
    indexes: new Map(keys.map((key, i) => [key, i])),
    atLoad: {},
    inertAtLoad: [],
    perTest: Object.fromEntries(keys.map((key) => [key, hits(tests[key] ?? [])])),
    inert: Object.fromEntries(keys.map((key) => [key, inert(tests[key] ?? [])])),
    infecting: new Map(),
    loaded: [],
    claims: [],
    runMs: keys.length,
    probed: false,
    coldTests: new Map(),
    reloaded: false,
    rank: 0,
    ...more,
  };
}

/** The code of each of these mutants ran once. */
export function hits(ids: readonly string[]): Record<string, number> {
  return Object.fromEntries(ids.map((id) => [id.replace('~', ''), 1]));
}

/** Those of them that changed nothing. */
export function inert(ids: readonly string[]): string[] {
  return ids.filter((id) => id.endsWith('~')).map((id) => id.slice(0, -1));
}
