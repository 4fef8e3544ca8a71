import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Lines } from '../model/index.ts';
import { type Bare, bare, languageOf, pieces, SyntaxTree } from '../syntax/index.ts';
import { relativeModule, relativePosix } from '../workspace/index.ts';
import type { Aliases } from './aliases.ts';
import { decoratedRoutes } from './decorated.ts';
import { type Link, linksOf } from './links.ts';
import type { Part } from './model.ts';
import { type Mount, type Registration, registrationsOf } from './registrations.ts';
import { wrappedFunctions } from './wrapped.ts';

/** What is known of a source file. */
export interface SourceCode {
  /** Relative to the package. */
  path: string;
  functions: Part[];
  links: (Link & { /** Relative to the package. */ target: string })[];
  registrations: Registration[];
  mounts: Mount[];
  /** Where an offset stands. */
  lines: Lines;
}

/** Reads source files (absolute paths) of a package; those that cannot be read are left out. Stops early when it is cancelled. */
export async function readCode(files: readonly string[], directory: string, aliases: Aliases, signal: AbortSignal): Promise<Map<string, SourceCode>> {
  const targetOf = (specifier: string, file: string) => {
    if (specifier.startsWith('.')) return relativeModule(specifier, file);
    for (const candidate of aliases(specifier)) {
      const target = relativeModule(`./${candidate}`, path.join(directory, 'package.json'));
      if (target) return target;
    }
    return undefined;
  };
  const found = new Map<string, SourceCode>();
  for (const file of files) {
    if (signal.aborted) break;
    const language = languageOf(file);
    const text = language && (await readFile(file, 'utf8').catch(() => undefined));
    if (!language || text === undefined) continue;
    const tree = await SyntaxTree.parse(language, text);
    const relative = relativePosix(directory, file);
    const root = bare(tree.tree, text);
    const lines = new Lines(text);
    const named = pieces(tree.tree).filter(({ kind }) => kind === 'function');
    const wrapped = wrappedFunctions(root).map(({ name, start, end }) => ({
      name,
      range: { start: lines.positionAt(start), end: lines.positionAt(end) },
    }));
    found.set(relative, {
      path: relative,
      functions: [...named, ...wrapped].map(({ name, range }) => ({ file: relative, title: name, range })),
      links: linksOf(root).flatMap((link) => {
        const target = targetOf(link.specifier, file);
        return target ? [{ ...link, target: relativePosix(directory, target.file) }] : [];
      }),
      ...routesIn(root),
      lines,
    });
    tree.dispose();
  }
  return found;
}

/** What a script registers for routes, by calls and by decorators. */
export function routesIn(root: Bare): Pick<SourceCode, 'registrations' | 'mounts'> {
  const [called, decorated] = [registrationsOf(root), decoratedRoutes(root)];
  return { registrations: [...called.registrations, ...decorated.registrations], mounts: [...called.mounts, ...decorated.mounts] };
}
