import type { Bare } from '../../../syntax/index.ts';
import type { Script } from '../script.ts';

/** What a file knows an `expect` by: the module that it is imported from, `global` where the file does not say, or `own` where it makes it itself. */
export function expectOf(root: Bare, script: Script): string {
  const imported = script.imports.get(root.text);
  if (imported) return imported.name === '*' || imported.name === 'default' || imported.name === 'expect' ? imported.module : 'own';
  if (root.type !== 'identifier' || root.text !== 'expect') return 'own';
  // One without a value is a parameter: `({ expect }) => …` of Vitest.
  return script.declared(root.text, root)?.value ? 'own' : 'global';
}
