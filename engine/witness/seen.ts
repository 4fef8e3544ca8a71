import type { FileAudit, Finding, TestAudit } from '../audit/index.ts';
import { finding } from '../audit/index.ts';
import type { KnownTestimony } from './testimonies.ts';

/** What starts other programs or talks to them: what such a test runs may be in another process. */
const ELSEWHERE = /\b(child_process|execa|spawn\w*|exec\w*|fork|worker_threads|Worker|puppeteer|playwright|page|browser|fetch|request|http)\b/;

/** What is wrong with tests, by what they were seen to do when they ran. */
export function findingsSeen({ tests }: FileAudit, text: string, testimonies: ReadonlyMap<number, KnownTestimony>): Finding[] {
  const found: Finding[] = [];
  for (const [place, testimony] of testimonies) {
    const test = tests[place];
    if (test) found.push(...findingsOf(test, testimony, text));
  }
  return found.sort((a, b) => a.start - b.start);
}

function findingsOf(test: TestAudit, { verdict, breakages, neverMade, reached }: KnownTestimony, text: string): Finding[] {
  const found = neverMade.map(({ start, end, why }) => {
    const at = { start: test.start + start, end: test.start + end };
    return finding('never-made-assertion', at, `This was not made when the test ran: ${why}.`);
  });
  if (verdict === 'unnoticed') found.push(finding('false-positive', test.head, `${PASSES} ${changes(breakages)} to ${what(reached)}.`));
  if (verdict === 'reaches-nothing' && makesAny(test) && !ELSEWHERE.test(text.slice(test.start, test.end)))
    found.push(finding('reaches-nothing', test.head, 'When it ran, it ran no function of its package.'));
  return found;
}

const PASSES = 'This test passes whatever the code does: it passed with each of';

function makesAny({ checks }: TestAudit): boolean {
  return checks.some(({ fact }) => fact !== 'types');
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

/** `` `add`, `total` and 3 more functions that it runs ``. */
function what(reached: KnownTestimony['reached']): string {
  const names = [...new Set(reached.map(({ name }) => `\`${name}\``))];
  if (names.length === 0) return 'the code that it runs';
  const named = names.slice(0, 3);
  const more = names.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}, which it runs`;
}
