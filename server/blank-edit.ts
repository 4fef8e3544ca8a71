import type { Range, WorkspaceEdit } from 'vscode-languageserver';

/** An edit that writes three parts, of which the middle one stands for what a person has to write there: it is selected where the client can do that. */
export function blankEdit(uri: string, version: number | null, range: Range, parts: [string, string, string], snippets: boolean): WorkspaceEdit {
  const [before, blank, after] = parts;
  if (!snippets) return { changes: { [uri]: [{ range, newText: parts.join('') }] } };
  const escaped = (text: string) => text.replace(/[\\$}]/g, '\\$&');
  return {
    documentChanges: [
      {
        textDocument: { uri, version },
        edits: [{ range, snippet: { kind: 'snippet', value: `${escaped(before)}\${1:${blank}}${escaped(after)}` } }],
      },
    ],
  };
}
