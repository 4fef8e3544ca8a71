import path from 'node:path';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { bindingsIn } from './writing/bindings.ts';

/**
 * The names that a test file knows a file by that it imports itself: of its default export, or of all of it. Undefined where it does not import it.
 *
 * @param file absolute path, and `testFile` too
 */
export async function knownAs(file: string, testFile: string, text: string): Promise<string[] | undefined> {
  const language = languageOf(testFile);
  const stem = stemOf(file);
  if (!language || !text.includes(path.basename(stem) === 'index' ? path.basename(path.dirname(stem)) || 'index' : path.basename(stem)))
    return undefined;
  const tree = await SyntaxTree.parse(language, text);
  const bindings = bindingsIn(tree.tree).filter(({ from }) => from.startsWith('.') && isSame(path.resolve(path.dirname(testFile), from), stem));
  tree.dispose();
  return bindings.length === 0 ? undefined : bindings.filter(({ imported }) => imported === 'default' || imported === '*').map(({ name }) => name);
}

function stemOf(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}

/** `./lib/index.js`, `./lib/index` and `./lib` are the same. */
function isSame(imported: string, stem: string): boolean {
  const one = stemOf(imported);
  return one === stem || path.join(one, 'index') === stem;
}
