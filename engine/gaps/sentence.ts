import type { CriticalPath, Measured, ReachingTests, Risk } from './model.ts';
import { STRONG_ENOUGH } from './risk.ts';

/** How many functions are named before the rest is counted. */
const NAMED = 2;
/** Below this kill rate, in per cent, a sentence says it as something that is wrong: StrykerJS calls a score high from there on by default. */
const GOOD_KILL_RATE = 80;
/** How many files have to import one so that this is worth telling. */
const MANY = 3;

/** One sentence that says why the risk of a path is what it is. */
export function sentenceOf(path: CriticalPath, measured: Measured, tests: ReachingTests, risk: Risk): string {
  if (risk === 'unknown') return unknown(path, measured);
  const wrong = [...untested(measured), ...pseudoTested(measured), ...surviving(measured), ...weak(tests)];
  const left = measured.functions.total - measured.functions.judged;
  const open =
    left > 0 ? [`${left} more ${left === 1 ? 'has' : 'have'} no results${measured.functions.stale === left ? ' since they were changed' : ''}`] : [];
  return sentence([...(wrong.length > 0 ? wrong : good(measured, tests)), ...open], why(path));
}

function unknown(path: CriticalPath, { functions }: Measured): string {
  if (functions.total === 0) return 'Nothing that it names was found in the source.';
  const what = functions.stale === functions.total ? 'It was changed since it was judged' : 'Nothing of it has been judged';
  return sentence([what], why(path));
}

function untested({ functions: { judged, reached, total }, unreached }: Measured): string[] {
  const [only] = unreached;
  if (!only) return [];
  if (total === 1) return ['no test reaches it'];
  if (unreached.length === 1) return [`\`${only.title}\` is reached by no test`];
  const judgedOf = judged === total ? `${total} functions` : `${judged} judged functions`;
  if (reached > 0) return [`${unreached.length} of its ${judgedOf} are reached by no test`];
  return [total === 2 ? 'neither of its functions is reached by a test' : `none of its ${judgedOf} is reached by a test`];
}

function pseudoTested({ pseudoTested: titles }: Measured): string[] {
  if (titles.length === 0) return [];
  const rest = titles.length - NAMED;
  const named = [...titles.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])];
  return [`${join(named)} could lose ${titles.length === 1 ? 'its body' : 'their bodies'} unnoticed`];
}

function surviving({ killRate, functions }: Measured): string[] {
  return killRate === null || killRate >= GOOD_KILL_RATE || functions.reached === 0 ? [] : [`only ${percent(killRate)} of its mutants are killed`];
}

function weak({ count, mean }: ReachingTests): string[] {
  if (mean === null || mean >= STRONG_ENOUGH) return [];
  return [`${count === 1 ? 'the test that reaches it has' : `the ${count} tests that reach it have`} a mean strength of ${Math.round(mean)}`];
}

function good({ functions: { judged, total }, killRate }: Measured, { mean }: ReachingTests): string[] {
  return [
    total === 1 ? 'tests reach it' : `${allOf(judged, total)} are reached by tests`,
    ...(killRate === null ? [] : [`${percent(killRate)} of its mutants are killed`]),
    ...(mean === null ? [] : [`the mean strength of these tests is ${Math.round(mean)}`]),
  ];
}

function allOf(judged: number, total: number): string {
  if (judged < total) return judged === 1 ? `the judged one of its ${total} functions` : `all ${judged} judged of its ${total} functions`;
  return total === 2 ? 'both of its functions' : `all of its ${total} functions`;
}

/** The most that speaks for being careful with it. */
function why({ why: declared, signals }: CriticalPath): string | undefined {
  if (declared !== undefined) return declared;
  if (!signals) return undefined;
  const { fixes = 0, changes = 0, fanIn, exported } = signals;
  if (fixes > 1) return `it was fixed ${times(fixes)} in the last year`;
  if (fanIn >= MANY) return `${fanIn} files import it`;
  if (exported) return 'the package exports it';
  return changes > 1 ? `it was changed ${times(changes)} in the last year` : undefined;
}

function times(number: number): string {
  return number === 2 ? 'twice' : `${number} times`;
}

function sentence(clauses: readonly string[], reason: string | undefined): string {
  const text = reason === undefined ? join(clauses) : `${clauses.join(', ')}, and ${reason}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function join(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function percent(number: number): string {
  return `${Math.floor(number)} %`;
}
