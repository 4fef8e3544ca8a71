import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { configProblems } from '../engine/audit/index.ts';
import { Lines } from '../engine/model/index.ts';
import { toLsp } from './convert.ts';
import { SOURCE } from './diagnostics.ts';

/** What is wrong in a project's configuration, where it stands. */
export async function configDiagnostics(text: string, file: string): Promise<Diagnostic[]> {
  const lines = new Lines(text);
  return (await configProblems(text, file)).map(({ start, end, message }) => ({
    range: toLsp.range({ start: lines.positionAt(start), end: lines.positionAt(end) }),
    severity: DiagnosticSeverity.Error,
    source: SOURCE,
    code: 'invalid-config',
    message,
  }));
}
