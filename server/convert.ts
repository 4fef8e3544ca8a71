import { pathToFileURL } from 'node:url';
import type * as lsp from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Position, Range } from '../engine/model/index.ts';

/** LSP's words for our positions and ranges, and back. */
export const toLsp = {
  position: ({ line, column }: Position): lsp.Position => ({ line, character: column }),
  range: ({ start, end }: Range): lsp.Range => ({ start: toLsp.position(start), end: toLsp.position(end) }),
};

/** The same the other way. */
export const fromLsp = {
  position: ({ line, character }: lsp.Position): Position => ({ line, column: character }),
  range: ({ start, end }: lsp.Range): Range => ({ start: fromLsp.position(start), end: fromLsp.position(end) }),
};

/** The path of a `file:` URI; undefined for any other scheme. */
export function toPath(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

/** The `file:` URI of an absolute path, spelled as the editor spells it. */
export function toUri(file: string): string {
  return URI.file(file).toString();
}

/** A link that opens a file at a one-based line. */
export function lineLink(file: string, line: number): string {
  return `${pathToFileURL(file).href}#L${line}`;
}
