import { type CodeAction, CodeActionKind, type Diagnostic, type Range, type WorkspaceEdit } from 'vscode-languageserver';
import type { Fix, Suggestion } from '../engine/audit/index.ts';
import type { EditSupport } from './actions.ts';
import { blankEdit } from './blank-edit.ts';
import { SOURCE } from './diagnostics.ts';
import type { Looked } from './looked.ts';

/** The changes that set findings right which a client shows. */
export function fixes(looked: Looked, diagnostics: readonly Diagnostic[]): CodeAction[] {
  return diagnostics.filter(isOurs).flatMap((diagnostic) => {
    const found = looked.audit.findings.find(({ rule, start, end }) => isAbout(diagnostic, rule, looked.range({ start, end })));
    return (found?.fixes ?? []).map((fix) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: { changes: { [looked.uri]: fix.edits.map(({ text, ...span }) => ({ range: looked.range(span), newText: text })) } },
    }));
  });
}

/** What would have assertions say more: on a finding as what sets it right, else as another way to write them. */
export function suggested(
  looked: Looked,
  suggestions: readonly Suggestion[],
  diagnostics: readonly Diagnostic[],
  { snippets }: EditSupport,
  version: number | null,
): CodeAction[] {
  return suggestions.flatMap(({ fix, at, rule }) => {
    const edit = editOf(fix, looked, snippets, version);
    const diagnostic = diagnostics.find((one) => rule !== undefined && isOurs(one) && isAbout(one, rule, looked.range(at)));
    if (!edit || (rule !== undefined && !diagnostic)) return [];
    return [
      {
        title: fix.title,
        edit,
        ...(diagnostic ? { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] } : { kind: CodeActionKind.RefactorRewrite }),
      },
    ];
  });
}

/** The edit of a suggestion; one that a person has to fill in is none for a client that cannot select what is to be replaced. */
function editOf({ edits, blank }: Fix, { uri, range }: Looked, snippets: boolean, version: number | null): WorkspaceEdit | undefined {
  const [only] = edits;
  if (blank === undefined) return { changes: { [uri]: edits.map(({ text, ...span }) => ({ range: range(span), newText: text })) } };
  if (!only || !snippets) return undefined;
  const at = only.text.lastIndexOf(blank);
  return blankEdit(uri, version, range(only), [only.text.slice(0, at), blank, only.text.slice(at + blank.length)], snippets);
}

function isOurs({ source }: Diagnostic): boolean {
  return source === SOURCE;
}

function isAbout({ code, range: at }: Diagnostic, rule: string, { start, end }: Range): boolean {
  return (
    code === rule &&
    at.start.line === start.line &&
    at.start.character === start.character &&
    at.end.line === end.line &&
    at.end.character === end.character
  );
}
