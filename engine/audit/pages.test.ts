import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { shippedFile } from '../installation/index.ts';
import { bare, SyntaxTree } from '../syntax/index.ts';
import { auditFile } from './audit.ts';
import type { Finding } from './model.ts';
import { isTold, RULES } from './rules.ts';

/** Rules that only show when tests are run: `test/cli/prove.test.ts` runs the examples of their pages. */
const WHEN_RUN = ['never-made-assertion', 'false-positive', 'reaches-nothing'];

/** Findings of this rule are only hinted at. */
const NEVER_TOLD = 'standalone-assertion';

/** Each rule has a page, and its examples are what they say they are. */
describe('the pages of the rules', () => {
  it('are there for all rules, and for no other', () => {
    assert.deepEqual(
      readdirSync(shippedFile('docs', 'audit')).sort(),
      Object.keys(RULES)
        .map((rule) => `${rule}.md`)
        .sort(),
    );
  });

  for (const rule of Object.keys(RULES).filter((one) => !WHEN_RUN.includes(one))) {
    it(`show ${rule}, and how it is right`, async () => {
      const page = readFileSync(shippedFile('docs', 'audit', `${rule}.md`), 'utf8');
      const [wrong, right] = [...page.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1] as string);
      const found = await findingsIn(wrong);
      assert.ok(found.some((one) => one.rule === rule && isTold(one) === (rule !== NEVER_TOLD)));
      assert.deepEqual(await findingsIn(right), []);
    });
  }
});

async function findingsIn(text = ''): Promise<Finding[]> {
  const tree = await SyntaxTree.parse('typescript', text);
  return auditFile({ file: '/a.test.ts', language: 'typescript', root: bare(tree.tree, text), read: () => undefined }).findings;
}
