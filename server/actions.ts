import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import { type ResolvedMutant, type ResolvedPiece, suppression } from '../engine/mutation/index.ts';
import { languageOf, SyntaxTree } from '../engine/syntax/index.ts';
import { blankEdit } from './blank-edit.ts';
import { toLsp } from './convert.ts';
import { type DiagnosticData, SOURCE } from './diagnostics.ts';
import { notUsefulEdit } from './not-useful.ts';
import { commands, type MutantArguments } from './protocol.ts';
import type { JudgedFile, Workspace } from './workspace.ts';

/** The reason that stands in the comment until a person writes theirs. */
const REASON = 'why no test is needed';

/** What the client can do with an edit. */
export interface EditSupport {
  snippets: boolean;
  /** Edits of files that are made first. */
  documentChanges: boolean;
}

/** The quick-fixes on survivors: add tests, judge again, see the tests, ignore with a reason, or call not useful. */
export async function actions(
  judged: JudgedFile,
  workspace: Workspace,
  diagnostics: readonly Diagnostic[],
  { snippets, documentChanges }: EditSupport,
  version: number | null,
): Promise<CodeAction[]> {
  const language = languageOf(judged.path);
  const ours = diagnostics.filter(({ source, data }) => source === SOURCE && (data as DiagnosticData | undefined)?.mutantId);
  if (ours.length === 0 || !language) return [];
  const tree = await SyntaxTree.parse(language, judged.text);
  try {
    const offered = ours.map(async (diagnostic) => {
      const { mutantId } = diagnostic.data as DiagnosticData;
      const piece = judged.pieces.find(({ mutants }) => mutants.some(({ id }) => id === mutantId));
      const mutant = piece?.mutants.find(({ id }) => id === mutantId);
      const found: CodeAction[] = [];
      if (!piece || !mutant) return found;
      found.push(...addTests(judged, piece, mutant, diagnostic));
      found.push(
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
            arguments: [{ uri: judged.uri, mutantId } satisfies MutantArguments],
          },
        },
      );
      const comment = suppression(tree, mutant.mutator, mutant.range.start);
      if (comment) {
        const at = toLsp.position(comment.position);
        found.push({
          title: `Ignore this mutant (${mutant.mutator})`,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          edit: blankEdit(judged.uri, version, { start: at, end: at }, [comment.before, REASON, comment.after], snippets),
        });
      }
      const edit = documentChanges && !mutant.suppressed ? await notUsefulEdit(judged, mutantId, workspace) : undefined;
      if (edit) {
        found.push({
          title: 'Not useful: do not show this mutant again',
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          edit: edit.edit,
          command: { title: 'Save', command: commands.save, arguments: [edit.uri] },
        });
      }
      return found;
    });
    return (await Promise.all(offered)).flat();
  } finally {
    tree.dispose();
  }
}

/** What finds tests for a mutant that no test noticed, and for all such of its function where there are several. */
function addTests({ uri }: JudgedFile, piece: ResolvedPiece, mutant: ResolvedMutant, diagnostic: Diagnostic): CodeAction[] {
  const isOpen = ({ status, suppressed }: ResolvedMutant) => (status === 'Survived' || status === 'NoCoverage') && !suppressed;
  if (piece.stale || mutant.provisional || !(mutant.status === 'Survived' || mutant.status === 'NoCoverage')) return [];
  const action = (title: string, ids: string[]): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: commands.addTests, arguments: [uri, ids] },
  });
  const all = piece.mutants.filter(isOpen).map(({ id }) => id);
  const one = action('Add a test that kills this mutant', [mutant.id]);
  return all.length < 2 ? [one] : [one, action(`Add tests for all ${all.length} survivors in ${piece.name || 'this statement'}`, all)];
}
