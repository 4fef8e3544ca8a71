import { ONLY_VARIABLE, type WantedTest } from '../events.ts';

/** Which tests of a framework are to run, where not all are. */
export interface Wanted {
  /** Absolute paths. */
  files: string[];
  /** Matches the whole titles of the tests, suites and test joined by spaces or ` > `. */
  pattern: RegExp;
}

const list = process.env[ONLY_VARIABLE];

/** Which tests of a framework, or of all, are to run; undefined for all. */
export function wantedOf(framework?: string): Wanted | undefined {
  if (list === undefined) return undefined;
  const tests = (JSON.parse(list) as WantedTest[]).filter(([of]) => framework === undefined || of === framework);
  if (tests.length === 0) return undefined;
  const patterns = new Set(tests.map(([, , title]) => patternOf(title)));
  return { files: [...new Set(tests.map(([, file]) => file))], pattern: new RegExp(`^(?:${[...patterns].join('|')})$`, 's') };
}

/** Where a hook failed (as Mocha tells it), all tests of its suite are wanted. */
function patternOf(title: readonly string[]): string {
  const hook = /^".*" hook(?: for | in |$)/.test(title.at(-1) ?? '');
  const suites = (hook ? title.slice(0, -1) : title).map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return [...suites, ...(hook ? ['.*'] : [])].join('(?: > | )');
}
