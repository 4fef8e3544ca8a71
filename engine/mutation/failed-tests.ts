import type { FailedTest } from '../model/index.ts';
import { languageOf, locateTest, SyntaxTree, writtenTests } from '../syntax/index.ts';
import { findTests, readText } from '../workspace/index.ts';

/** Most test files that are searched for the tests whose framework does not tell where they stand. */
const MOST_FILES = 500;

/** Finds by their titles the places of failed tests that came without one (Mocha tells none). Those that are not found stay as they are. */
export async function locateFailedTests(tests: readonly FailedTest[], packageDirectory: string): Promise<FailedTest[]> {
  const located = [...tests];
  if (tests.every(({ file }) => file)) return located;
  for (const file of (await findTests(packageDirectory)).slice(0, MOST_FILES)) {
    const language = languageOf(file);
    const text = await readText(file);
    if (!language || text === undefined) continue;
    const tree = await SyntaxTree.parse(language, text);
    const written = writtenTests(tree.tree);
    tree.dispose();
    for (const [i, test] of located.entries()) {
      const position = test.file ? undefined : locateTest(written, test.name);
      if (position) located[i] = { ...test, file, position };
    }
    if (located.every((test) => test.file)) break;
  }
  return located;
}
