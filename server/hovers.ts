import type { Hover, Position as LspPosition } from 'vscode-languageserver';
import { containsPosition, type Position, type Range } from '../engine/model/index.ts';
import { describe, type ResolvedMutant, type StoredTest, type TestLocator } from '../engine/mutation/index.ts';
import { fromLsp, lineLink, toLsp } from './convert.ts';
import { commands, type MutantArguments } from './protocol.ts';
import type { JudgedFile } from './workspace.ts';

/** How many mutants of one place are shown whole, and how many of the tests of each. */
const SHOWN = { mutants: 3, tests: 5 } as const;
const INTERESTING = new Set(['Survived', 'NoCoverage', 'Timeout', 'RuntimeError', 'CompileError']);

/** The mutants at a place: for those that are shown and whose change no test noticed, what it means and the tests that ran it; the others are counted. */
export async function hover(judged: JudgedFile, at: LspPosition, locator: TestLocator, commandLinks: boolean): Promise<Hover | undefined> {
  const here = judged.pieces
    .filter(({ stale }) => !stale)
    .flatMap(({ mutants }) => mutants)
    .filter((mutant) => placeAt(mutant, fromLsp.position(at)) !== undefined);
  if (here.length === 0) return undefined;
  const size = ({ range }: ResolvedMutant) => (range.end.line - range.start.line) * 1000 + range.end.column - range.start.column;
  const isHeldBack = ({ status, id }: ResolvedMutant) => (status === 'Survived' || status === 'NoCoverage') && !judged.shown.has(id);
  const heldBack = here.filter(isHeldBack).length;
  const shown = here.filter((mutant) => INTERESTING.has(mutant.status) && !isHeldBack(mutant)).sort((a, b) => size(a) - size(b));
  const whole = shown.slice(0, SHOWN.mutants);
  const parts = await Promise.all(whole.map((mutant) => section(mutant, judged, locator, commandLinks)));
  const more = shown.length - whole.length;
  const killed = here.filter(({ status }) => status === 'Killed').length;
  const rest = [
    more > 0 ? `${more} more not shown` : '',
    heldBack > 0 ? `${heldBack} more ${heldBack === 1 ? 'mutant' : 'mutants'} here held back` : '',
    killed > 0 ? `${killed} other ${killed === 1 ? 'mutant' : 'mutants'} here killed` : '',
  ].filter(Boolean);
  if (rest.length) parts.push(rest.join(', '));
  const smallest = [...here].sort((a, b) => size(a) - size(b))[0];
  const place = smallest && placeAt(smallest, fromLsp.position(at));
  return { contents: { kind: 'markdown', value: parts.join('\n\n---\n\n') }, ...(place && { range: toLsp.range(place) }) };
}

/** What a mutant is spoken of at, around a position: its code, of a block the first line, or the name of a function that no test would miss. */
function placeAt({ range, mutator, removes, status }: ResolvedMutant, at: Position): Range | undefined {
  if (removes && status === 'Survived' && containsPosition(removes.at, at)) return removes.at;
  return containsPosition(range, at) && (mutator !== 'BlockStatement' || range.start.line === at.line) ? range : undefined;
}

async function section(mutant: ResolvedMutant, judged: JudgedFile, locator: TestLocator, commandLinks: boolean): Promise<string> {
  const parts = [`**${label(mutant)}** ${describe(mutant)} _${mutant.mutator}_`, changeAsDiff(mutant, judged.text)];
  const tests = judged.book.tests();
  const names = await Promise.all(
    mutant.coveredBy.slice(0, SHOWN.tests).map(async (id) => {
      const test = tests.get(id);
      return (
        test &&
        `- ${await link(test, judged.book.directory, locator)} ${duration(test.durationMs)}${mutant.killedBy.includes(id) ? ' (kills it)' : ''}`
      );
    }),
  );
  const count = mutant.coveredBy.length;
  if (count > 0)
    parts.push(
      [
        `${count} covering ${count === 1 ? 'test' : 'tests'}:`,
        ...names.filter(Boolean),
        ...(count > SHOWN.tests ? [`- … and ${count - SHOWN.tests} more`] : []),
      ].join('\n'),
    );
  if (mutant.status === 'Survived' && mutant.reason !== undefined) parts.push(escapeMarkdown(mutant.reason));
  if (mutant.suppressed) parts.push(`Suppressed: ${mutant.suppressed.reason}.`);
  else if (commandLinks && mutant.status === 'Survived') parts.push(`[Not useful](${notUsefulLink({ uri: judged.uri, mutantId: mutant.id })})`);
  return parts.join('\n\n');
}

function notUsefulLink(argument: MutantArguments): string {
  return `command:${commands.notUseful}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

/** The lines of a mutant before and after, as a diff that Markdown shows in colour. */
export function changeAsDiff({ range, replacement }: Pick<ResolvedMutant, 'range' | 'replacement'>, text: string): string {
  const lines = text.split(/\r\n|\n/);
  const before = lines.slice(range.start.line, range.end.line + 1);
  const after = `${(before[0] ?? '').slice(0, range.start.column)}${replacement}${(before.at(-1) ?? '').slice(range.end.column)}`.split('\n');
  const indent = Math.min(...[...before, ...after].filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  const show = (sign: string, all: string[]) => {
    const shown = all.length > 6 ? [...all.slice(0, 3), '…', ...all.slice(-2)] : all;
    return shown.map((line) => `${sign} ${line.slice(indent)}`);
  };
  return ['```diff', ...show('-', before), ...show('+', after), '```'].join('\n');
}

function label({ status }: ResolvedMutant): string {
  return (
    { Survived: 'Survived.', NoCoverage: 'Not covered.', Timeout: 'Timed out.', RuntimeError: 'Error.', CompileError: 'Error.' }[status as string] ??
    `${status}.`
  );
}

async function link(test: StoredTest, directory: string, locator: TestLocator): Promise<string> {
  const place = await locator.locate(test, directory);
  const name = escapeMarkdown(test.name);
  return place ? `[${name}](${lineLink(place.file, place.position.line + 1)})` : name;
}

function duration(ms: number): string {
  return ms < 1 ? '<1 ms' : `${Math.round(ms)} ms`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_{}[\]<>#|]/g, '\\$&');
}
