import type { Evidence } from '../../model/index.ts';
import type { Answer, NamedTool, ProjectCommand } from '../model.ts';
import { GROUNDS, type Ground } from './grounds.ts';
import type { Proposal } from './proposal.ts';

/** So many answers are given to a question at most, */
const MOST = 4;
/** and but for the first two none that is less likely than this. */
const LEAST = 0.02;
/** So much evidence is kept of an answer: what a hundred packages of a workspace say alike is said by some. */
const MOST_EVIDENCE = 8;
/** An answer that places of different kinds agree on is wrong that much more rarely for each more of them. */
const AGREEING = 0.7;

/** Answers of which only one can be the best: what is likely for one is unlikely for the next. */
export function weighCommands(proposals: readonly Proposal<ProjectCommand>[]): Answer<ProjectCommand> {
  return weigh(proposals, commandKey, true);
}

/** What two commands have in common that are the same. */
export function commandKey({ argv, cwd }: ProjectCommand): string {
  return `${cwd}\0${argv.join('\0')}`;
}

/** The manager: one of the proposed. */
export function weighManagers(proposals: readonly Proposal<NamedTool>[]): Answer<NamedTool> {
  return weigh(proposals, ({ name }) => name, true, withVersion);
}

/** Tools that may be in use side by side: each is judged by itself. */
export function weighTools(proposals: readonly Proposal<NamedTool>[]): Answer<NamedTool> {
  return weigh(proposals, ({ name }) => name, false, withVersion);
}

/** The ground that an answer with these words rests on. */
export function leadingGround<T>(proposals: readonly Proposal<T>[], fits: (value: T) => boolean): Ground | undefined {
  return proposals.filter(({ value }) => fits(value)).toSorted((a, b) => GROUNDS[b.ground] - GROUNDS[a.ground])[0]?.ground;
}

function withVersion(values: readonly NamedTool[]): NamedTool {
  return values.find(({ version }) => version !== undefined) ?? (values[0] as NamedTool);
}

function weigh<T>(
  proposals: readonly Proposal<T>[],
  keyOf: (value: T) => string,
  exclusive: boolean,
  choose: (values: readonly T[]) => T = ([first]) => first as T,
): Answer<T> {
  const groups = new Map<string, Proposal<T>[]>();
  for (const proposal of proposals) {
    const key = keyOf(proposal.value);
    groups.set(key, [...(groups.get(key) ?? []), proposal]);
  }
  const ranked = [...groups.values()].map((group) => ({ group, likely: likelihood(group) })).sort((a, b) => b.likely - a.likely);
  let left = 1;
  return ranked
    .map(({ group, likely }) => {
      const confidence = round(exclusive ? likely * left : likely);
      left *= 1 - likely;
      return { value: choose(group.map(({ value }) => value)), confidence, evidence: distinct(group.map(({ evidence }) => evidence)) };
    })
    .filter(({ confidence }, i) => i < 2 || confidence >= LEAST)
    .slice(0, MOST);
}

function likelihood(group: readonly Proposal<unknown>[]): number {
  const best = Math.max(...group.map(({ ground }) => GROUNDS[ground]));
  const kinds = new Set(group.map(({ ground }) => ground)).size;
  return 1 - (1 - best) * AGREEING ** (kinds - 1);
}

function distinct(evidence: readonly Evidence[]): Evidence[] {
  return evidence
    .filter(({ file, line, says }, i) => evidence.findIndex((one) => one.file === file && one.line === line && one.says === says) === i)
    .slice(0, MOST_EVIDENCE);
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}
