import type { ChangeAnnotation, CreateFile, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Failure } from '../engine/model/index.ts';
import { describe, type ResolvedMutant } from '../engine/mutation/index.ts';
import { type Proposal, type Strengthening, strengthen, type TestEdit, type ToolShed } from '../engine/strengthen/index.ts';
import { toLsp, toPath, toUri } from './convert.ts';
import type { StrengthenParams, StrengthenResult } from './protocol.ts';
import { asInEditor, type ExperimentSurroundings } from './surroundings.ts';
import type { Workspace } from './workspace.ts';

/** What a person is told about each edit before it is made: of a new test, and of an assertion that says more than it did. */
const ADDED = { id: 'assay.records', label: 'Records current behaviour: review it' };
const TIGHTENED = { id: 'assay.tightens', label: 'Strengthens an assertion to current behaviour: review it' };

/** Finds tests for mutants of a file that no test notices; what comes is an edit for the client to show and apply. */
export async function findTests(
  { uri, mutantIds, within }: StrengthenParams,
  around: ExperimentSurroundings & { tools: ToolShed },
): Promise<StrengthenResult> {
  const { workspace, settings, laboratory, tools, signal } = around;
  const file = toPath(uri);
  const folder = file === undefined ? undefined : workspace.folderOf(file);
  if (file === undefined || folder === undefined) return noTests([notAFile()]);
  const result = await strengthen(
    {
      file,
      folder,
      ...(mutantIds && { mutants: mutantIds }),
      within: within && { testFile: toPath(within.uri) ?? '', names: within.names },
      laboratory,
      ...(await asInEditor(workspace, settings)),
      tools,
    },
    {
      signal,
      report: (event) => {
        if (event.kind === 'log') around.log(event.line);
        else if (event.kind === 'looking')
          around.progress(`${event.done} of ${event.mutants} mutants looked at · ${event.found} tests found`, event.done, event.mutants);
        else around.progress(`${event.done} of ${event.tests} tests run`, event.done, event.tests);
      },
    },
  );
  if (signal.aborted) return { ...noTests([]), status: 'cancelled' };
  if (!result.ok) {
    around.log(`${result.failure.message} ${result.failure.action}\n${result.failure.detail ?? ''}`);
    return noTests([result.failure]);
  }
  return answer(result.value, workspace, uri);
}

async function answer({ proposals, edits, unkilled, asked }: Strengthening, workspace: Workspace, uri: string): Promise<StrengthenResult> {
  const killed = new Set(proposals.flatMap(({ mutants }) => mutants.map(({ id }) => id)));
  const judged = await workspace.judged(uri);
  const pieces = judged?.pieces.filter(({ mutants }) => mutants.some(({ id }) => killed.has(id))) ?? [];
  return {
    status: 'done',
    failures: [],
    asked,
    killed: killed.size,
    tests: proposals.filter(({ kind }) => kind === 'test').length,
    stronger: proposals.filter(({ kind }) => kind === 'assertions').length,
    edit: edits.length > 0 ? workspaceEdit(proposals, edits, workspace) : null,
    remarks: [...new Set(proposals.flatMap(({ remarks }) => remarks))],
    before: edits.map(({ testFile, isNew, before }) => ({ uri: toUri(testFile), text: isNew ? null : before })),
    again: pieces.map(({ range }) => range),
    left: unkilled.map(({ mutant, kind, why }) => ({ mutantId: mutant.id, kind, sentence: sentenceOn(mutant, why) })),
  };
}

function sentenceOn(mutant: ResolvedMutant, why: string): string {
  return `${describe(mutant)} No test was found: ${why}.`;
}

function workspaceEdit(proposals: readonly Proposal[], edits: readonly TestEdit[], workspace: Workspace): WorkspaceEdit {
  const tightening = new Set(
    proposals.flatMap(({ kind, testFile, changes }) => (kind === 'assertions' ? changes.map((one) => keyOf(testFile, one)) : [])),
  );
  const documentChanges = edits.flatMap(({ testFile, isNew, changes }): (CreateFile | TextDocumentEdit)[] => {
    const uri = toUri(testFile);
    const made: CreateFile[] = isNew ? [{ kind: 'create', uri, annotationId: ADDED.id }] : [];
    const edited = changes.map((one) => ({
      range: toLsp.range(one.range),
      newText: one.text,
      annotationId: (tightening.has(keyOf(testFile, one)) ? TIGHTENED : ADDED).id,
    }));
    return [...made, { textDocument: { uri, version: workspace.version(uri) }, edits: edited }];
  });
  const annotation = ({ id, label }: typeof ADDED): [string, ChangeAnnotation] => [
    id,
    { label, needsConfirmation: true, description: 'Each test passed 10 times and failed with the mutants that it is for.' },
  ];
  const used = [ADDED, ...(tightening.size > 0 ? [TIGHTENED] : [])];
  return { documentChanges, changeAnnotations: Object.fromEntries(used.map(annotation)) };
}

function keyOf(testFile: string, { start, end, text }: TestEdit['changes'][number]): string {
  return JSON.stringify([testFile, start, end, text]);
}

/** An answer without tests, and why there are none. */
export function noTests(failures: Failure[]): StrengthenResult {
  return { status: 'failed', failures, asked: 0, killed: 0, tests: 0, stronger: 0, edit: null, remarks: [], before: [], again: [], left: [] };
}

function notAFile(): Failure {
  return {
    code: 'outside-workspace',
    message: 'Tests can only be found for a file of an open folder.',
    action: 'Open the folder that holds its package.json and tests.',
  };
}
