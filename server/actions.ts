import { type CodeAction, CodeActionKind, type Diagnostic, type Range, type WorkspaceEdit } from 'vscode-languageserver';
import { suppression } from '../engine/mutation/index.ts';
import { languageOf, SyntaxTree } from '../engine/syntax/index.ts';
import { toLsp } from './convert.ts';
import { type DiagnosticData, SOURCE } from './diagnostics.ts';
import { type CoveringTestsArguments, commands } from './protocol.ts';
import type { JudgedFile } from './workspace.ts';

/** The reason that stands in the comment until a person writes theirs. */
const REASON = 'why no test is needed';

/** The quick-fixes on survivors: judge again, see the tests, or ignore with a reason. */
export async function actions(
  judged: JudgedFile,
  diagnostics: readonly Diagnostic[],
  snippets: boolean,
  version: number | null,
): Promise<CodeAction[]> {
  const language = languageOf(judged.path);
  const ours = diagnostics.filter(({ source, data }) => source === SOURCE && (data as DiagnosticData | undefined)?.mutantId);
  if (ours.length === 0 || !language) return [];
  const tree = await SyntaxTree.parse(language, judged.text);
  try {
    return ours.flatMap((diagnostic) => {
      const { mutantId } = diagnostic.data as DiagnosticData;
      const piece = judged.pieces.find(({ mutants }) => mutants.some(({ id }) => id === mutantId));
      const mutant = piece?.mutants.find(({ id }) => id === mutantId);
      if (!piece || !mutant) return [];
      const found: CodeAction[] = [
        {
          title: `Run mutation testing on ${piece.name || 'this statement'} again`,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          command: { title: 'Run again', command: commands.mutateFunction, arguments: [judged.uri, piece.range] },
        },
        {
          title: `Show covering tests (${mutant.coveredBy.length})`,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          command: {
            title: 'Show covering tests',
            command: commands.showCoveringTests,
            arguments: [{ uri: judged.uri, mutantId } satisfies CoveringTestsArguments],
          },
        },
      ];
      const comment = suppression(tree, mutant.mutator, mutant.range.start);
      if (comment) {
        const at = toLsp.position(comment.position);
        found.push({
          title: `Ignore this mutant (${mutant.mutator})`,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          edit: insertion(judged.uri, version, { start: at, end: at }, comment.before, comment.after, snippets),
        });
      }
      return found;
    });
  } finally {
    tree.dispose();
  }
}

function insertion(uri: string, version: number | null, range: Range, before: string, after: string, snippets: boolean): WorkspaceEdit {
  if (!snippets) return { changes: { [uri]: [{ range, newText: `${before}${REASON}${after}` }] } };
  const escaped = (text: string) => text.replace(/[\\$}]/g, '\\$&');
  return {
    documentChanges: [
      {
        textDocument: { uri, version },
        edits: [{ range, snippet: { kind: 'snippet', value: `${escaped(before)}\${1:${REASON}}${escaped(after)}` } }],
      },
    ],
  };
}
