import { pathToFileURL } from 'node:url';
import type { Range } from '../model/index.ts';

/** A log in SARIF 2.1.0 of one run of Assay on a package; `directory` is absolute. */
export function sarifLog(
  { version, directory }: { version: string; directory: string },
  rules: readonly object[],
  results: readonly object[],
): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Assay', version, rules } },
        originalUriBaseIds: { PACKAGE: { uri: `${pathToFileURL(directory).href}/` } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

/** A place in a file of the package; `path` is relative to it, with forward slashes. */
export function sarifPlace(path: string, { start, end }: Range): object {
  return {
    artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'PACKAGE' },
    region: { startLine: start.line + 1, startColumn: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 },
  };
}
