import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lines } from '../../model/index.ts';
import { bare, SyntaxTree } from '../../syntax/index.ts';
import { auditFile } from '../audit.ts';
import type { RuleId } from '../rules.ts';

const PAGES = fileURLToPath(new URL('../../../node_modules/eslint-plugin-jest/docs/rules/', import.meta.url));

/** A code block of a page: its lines (from 1) that the rule is about, in the order of the page. */
type Block = readonly number[];

interface Rule {
  /** Those of ours that say the same. */
  ours: readonly RuleId[];
  /** Of each block in js, ts, jsx or tsx; `null` for one that the page shows for another reason. */
  blocks: readonly (Block | null)[];
}

/** The rules of eslint-plugin-jest that concern assertions or whether they run, with what their pages call wrong, read by hand. */
const RULES: Record<string, Rule> = {
  'expect-expect': {
    ours: ['no-assertion'],
    // The third shows that a helper is not known unless it is configured; its name says that it asserts. The fifth configures `expect$`, the last a function that declares tests.
    blocks: [[1, 4], [], null, [], null, [], null],
  },
  // The first block of help shows the pattern once more.
  'no-conditional-expect': { ours: ['conditional-assertion'], blocks: [[2, 7, 15, 20], [], [6], []] },
  'no-standalone-expect': { ours: ['standalone-assertion'], blocks: [[3, 12], [], null] },
  // The first three show single expressions in words; 5 of the plugin's options.
  'valid-expect': {
    ours: ['uncalled-matcher', 'unawaited-assertion'],
    blocks: [null, null, null, null, [], [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13], []],
  },
  'valid-expect-in-promise': { ours: ['unawaited-assertion'], blocks: [[3, 9, 13, 19, 22], []] },
  'require-to-throw-message': { ours: ['broad-throws'], blocks: [[2, 4, 6, 8], []] },
  // The first shows what no analyzer can tell.
  'no-focused-tests': { ours: ['focused-test'], blocks: [null, [1, 2, 3, 4, 5, 6, 7, 8, 9], []] },
  'no-disabled-tests': { ours: ['skipped-test'], blocks: [[1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 16], [], null] },
};

describe('the rules of eslint-plugin-jest that concern assertions', () => {
  for (const [rule, { ours, blocks }] of Object.entries(RULES)) {
    it(`are followed on the page of ${rule}`, async () => {
      const found = await findingsOnPage(rule, ours);
      assert.equal(found.length, blocks.length, 'the page has other blocks than it had');
      const judged = blocks.flatMap((expected, i) => (expected ? [{ expected, found: found[i] as number[], block: i + 1 }] : []));
      const wrong = judged.flatMap(({ expected, found: lines, block }) => [
        ...expected.filter((line) => !lines.includes(line)).map((line) => `${rule} ${block}:${line} missed`),
        ...lines.filter((line) => !expected.includes(line)).map((line) => `${rule} ${block}:${line} too much`),
      ]);
      assert.deepEqual(wrong, []);
    });
  }
});

/** The lines of each block of a page on which one of some rules finds something. */
async function findingsOnPage(rule: string, ours: readonly RuleId[]): Promise<number[][]> {
  const page = readFileSync(path.join(PAGES, `${rule}.md`), 'utf8');
  const blocks = [...page.matchAll(/^```(?:jsx?|tsx?|typescript|javascript)\n(.*?)^```/gms)].map((match) => match[1] as string);
  return Promise.all(
    blocks.map(async (text) => {
      const tree = await SyntaxTree.parse('tsx', text);
      const { findings } = auditFile({ file: '/a.test.tsx', language: 'tsx', root: bare(tree.tree, text), read: () => undefined });
      const lines = new Lines(text);
      return [...new Set(findings.filter(({ rule: one }) => ours.some((rule) => rule === one)).map(({ start }) => lines.positionAt(start).line + 1))];
    }),
  );
}
