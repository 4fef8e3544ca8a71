import type { WorkspaceEdit } from 'vscode-languageserver';
import { notUsefulPattern, withPattern } from '../engine/mutation/index.ts';
import { toUri } from './convert.ts';
import type { JudgedFile, Workspace } from './workspace.ts';

/**
 * The edit of the package's configuration that calls a survivor not useful, with the URI of the file that it changes or makes; undefined where the
 * survivor is not known any more, or the configuration is no JSON.
 */
export async function notUsefulEdit(
  judged: JudgedFile,
  mutantId: string,
  workspace: Workspace,
): Promise<{ uri: string; edit: WorkspaceEdit } | undefined> {
  const mutant = judged.pieces.flatMap(({ mutants }) => mutants).find(({ id }) => id === mutantId);
  const { file, text } = await workspace.configText(judged.book.directory);
  const newText = mutant && withPattern(text, notUsefulPattern(mutant, judged.path));
  if (newText === undefined) return undefined;
  const uri = toUri(file);
  const lines = (text ?? '').split('\n');
  const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const edits = [{ range: { start: { line: 0, character: 0 }, end }, newText }];
  const make = text === undefined ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true } }] : [];
  return { uri, edit: { documentChanges: [...make, { textDocument: { uri, version: null }, edits }] } };
}
