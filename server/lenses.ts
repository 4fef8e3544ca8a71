import type { CodeLens, Command } from 'vscode-languageserver';
import { countStatuses, type Removal, type ResolvedPiece, removals } from '../engine/mutation/index.ts';
import { isMutationCandidate, relativePosix } from '../engine/workspace/index.ts';
import { toLsp, toPath } from './convert.ts';
import { commands, type FunctionSummary } from './protocol.ts';
import { makesScore, summarizeFile, summarizePiece } from './summaries.ts';
import type { JudgedFile, Workspace } from './workspace.ts';

/** What a lens carries: enough to say its title from the text of that moment. */
type LensData = { uri: string; kind: 'run' } | { uri: string; kind: 'file' } | { uri: string; kind: 'function'; name: string; line: number };

/** The lenses of a file: one that runs it, and, where results are known, one with its score and one over each function with mutants. Their titles are resolved later. */
export async function lenses(uri: string, workspace: Workspace): Promise<CodeLens[]> {
  const file = toPath(uri);
  const folder = file === undefined ? undefined : workspace.folderOf(file);
  if (file === undefined || folder === undefined) return [];
  const judged = await workspace.judged(uri);
  if (!judged && !isMutationCandidate(relativePosix(folder, file))) return [];
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const found: CodeLens[] = [{ range: top, data: { uri, kind: 'run' } satisfies LensData }];
  if (!judged) return found;
  found.push({ range: top, data: { uri, kind: 'file' } satisfies LensData });
  for (const piece of judged.pieces) {
    if (piece.kind !== 'function' || piece.mutants.length === 0) continue;
    const { start } = toLsp.range(piece.range);
    found.push({ range: { start, end: start }, data: { uri, kind: 'function', name: piece.name, line: start.line } satisfies LensData });
  }
  return found;
}

/** Gives a lens its title. */
export async function resolveLens(lens: CodeLens, workspace: Workspace): Promise<CodeLens> {
  if (lens.command) return lens;
  const data = lens.data as LensData;
  const judged = await workspace.judged(data.uri);
  return { ...lens, command: command(data, judged) };
}

function command(data: LensData, judged: JudgedFile | undefined): Command {
  if (data.kind === 'run' || !judged) {
    return { title: 'Run mutation testing on this file', command: commands.mutateFile, arguments: [data.uri] };
  }
  if (data.kind === 'file') {
    return { title: fileTitle(judged), tooltip: 'Open the mutation report of this file', command: commands.showFileReport, arguments: [data.uri] };
  }
  const piece = judged.pieces.find(({ name, range }) => name === data.name && range.start.line === data.line);
  if (!piece) return { title: '', command: '' };
  return {
    title: functionTitle(piece),
    tooltip: `Run mutation testing on ${piece.name}`,
    command: commands.mutateFunction,
    arguments: [data.uri, piece.range],
  };
}

/** What the lens of a file says: its numbers and, of functions that only a quick scan has judged, how many no test would miss. */
function fileTitle(judged: JudgedFile): string {
  const scored = judged.pieces.filter(makesScore).flatMap(({ mutants }) => mutants);
  const { pseudoTested, judged: scanned } = removals([{ pieces: judged.pieces.filter((piece) => piece.scanned) }]);
  const stale = judged.pieces.filter((piece) => piece.stale).length;
  const parts = [
    ...(scored.length > 0 || scanned === 0 ? [numbers(summarizeFile(judged).score, countStatuses(scored))] : []),
    ...(scanned > 0 ? [`quick scan: no test would miss ${pseudoTested.length} of ${scanned}`] : []),
    ...(stale > 0 ? [`${stale} ${stale === 1 ? 'function' : 'functions'} stale`] : []),
  ];
  return parts.join(' · ');
}

/** What the lens of a function says: `84 % · 6 survived of 38`, or what a quick scan found; and whether its text has changed since. */
function functionTitle(piece: ResolvedPiece): string {
  const { score, counts, stale, scanned } = summarizePiece(piece);
  if (scanned) return stale ? 'stale: was judged by a quick scan' : `quick scan: ${scanTitle(piece)}`;
  return stale ? `stale: was ${numbers(score, counts)}` : numbers(score, counts);
}

function scanTitle(piece: ResolvedPiece): string {
  const { pseudoTested, notRun, missed } = removals([{ pieces: [piece] }]);
  const title = ({ mutant }: Removal<unknown>) => (mutant.removes.title === `\`${piece.name}\`` ? 'it' : mutant.removes.title.replaceAll('`', ''));
  if (pseudoTested[0]) return `no test would miss ${title(pseudoTested[0])}`;
  if (notRun[0]) return `no test runs ${title(notRun[0])}`;
  return missed > 0 ? 'tests would miss it' : 'not judged';
}

function numbers(score: number | null, counts: FunctionSummary['counts']): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (score === null) return `${total} ${total === 1 ? 'mutant' : 'mutants'}, none that counts`;
  const parts = [`${Math.floor(score)} %`];
  if (counts.Survived > 0 || counts.NoCoverage === 0) parts.push(`${counts.Survived} survived of ${total}`);
  if (counts.NoCoverage > 0) parts.push(`${counts.NoCoverage} ${counts.Survived > 0 ? 'not covered' : `not covered of ${total}`}`);
  return parts.join(' · ');
}
