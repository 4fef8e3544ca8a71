import type { Range } from '../model/index.ts';
import { functionBodies, functionOfBody, languageOf, SyntaxTree } from '../syntax/index.ts';
import { readText } from '../workspace/index.ts';

/** The functions of some files, by the bodies that can be removed. */
export class Functions {
  readonly #files = new Map<string, { bodies: Range[]; names: Map<string, string> }>();

  static async read(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<Functions> {
    const all = new Functions();
    for (const file of files) {
      const language = languageOf(file);
      const text = overlays.get(file) ?? (await readText(file));
      if (!language || text === undefined) continue;
      const tree = await SyntaxTree.parse(language, text);
      const bodies = functionBodies(tree.tree);
      const names = new Map(bodies.map((range) => [keyOf(range), functionOfBody(tree.tree, range)?.text ?? '']));
      tree.dispose();
      all.#files.set(file, { bodies, names });
    }
    return all;
  }

  bodies(file: string): Range[] {
    return this.#files.get(file)?.bodies ?? [];
  }

  name(file: string, range: Range): string | undefined {
    return this.#files.get(file)?.names.get(keyOf(range));
  }
}

function keyOf({ start, end }: Range): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}
