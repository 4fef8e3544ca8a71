import type { Bare } from '../../syntax/index.ts';
import type { Check } from '../model.ts';
import type { Gathered } from './gathered.ts';

/** Words that say, wherever they stand in a name, that what has it may check something. */
const ASSERTS = /^(assert\w*|expect\w*|verif(y|ies|ier)|should|snapshots?|round|roundtrip|golden|fails?)$/i;
/** Words that say so where a name begins with them, or is no more: `checkOutput`, `compare`. */
const CHECKS =
  /^(check\w*|ensure\w*|must|match\w*|compare[sd]?|validates?|tests?|tester|lint|conform\w*|require|confirm|equals?|same|identical|want|prove|scenario)$/i;
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/** Whether a name (`run_roundtrip`, `checkOutput`) says that what has it may check something. */
export function saysCheck(name: string): boolean {
  const words = name.match(WORD) ?? [];
  return CHECKS.test(words[0] ?? '') || words.some((word) => ASSERTS.test(word));
}

/** What a condition asks about where it is not about what is tested: the machine, the version, what is switched on, constants. */
const SURROUNDINGS =
  /platform|windows|win32|linux|darwin|GOOS|GOARCH|\bos\b|\bsys\b|environ|\benv\b|version|supports?|feature|availab|dialect|driver|backend|\bCI\b|cfg!|debug|testing\.Short|is(?:Node|Browser|Bun|Deno|Mac|Win|Unix)/i;
/** Calls that come to the same whatever is tested. */
const PLAIN =
  /^(len|cap|str|int|isinstance|type|hasattr|getattr|callable|range|indexOf|includes|has|startsWith|endsWith|isArray|test|match|some|every|contains|starts_with|ends_with|is_empty|HasPrefix|HasSuffix|Contains|startswith|endswith|as_ref|as_mut|iter|iter_mut|keys|values|items|entries|enumerate|zip|sorted|list|set|reversed|String|Number|Boolean|Object|ValueOf|TypeOf|clone|into_iter)$/;

/** What a function sets its names to. */
export interface Origins {
  /** The values that a name is set to in the function; none where that is not known. */
  of(name: string): readonly Bare[];
  /** Whether a name is a parameter of the function. */
  isGiven(name: string): boolean;
  /** Whether a call goes to a function that is written to help the test, so that what it comes to may be fixed. */
  isHelper(call: Bare): boolean;
}

/** Asks of assertions whether what makes them uncertain was understood; `isDoubted` looks at the statement that does. */
export function doubting(gathered: Gathered, isDoubted: (guard: Bare) => boolean): (check: Check) => boolean {
  return (check) => {
    const guard = gathered.guardOf(check);
    return guard !== undefined && isDoubted(guard);
  };
}

/** Whether a call goes to a function by its plain name that is written in the test or found in its package. */
export function callsOwn(
  call: Bare,
  { closures, find }: { closures: { has(name: string): boolean }; find: { find(name: string): unknown } },
): boolean {
  const name = calleeName(call);
  return call.get('function')?.type === 'identifier' && (closures.has(name) || find.find(name) !== undefined);
}

/** Whether a condition may be known to hold for all that this test is about: it asks about the machine, about constants, or about the row of a table. */
export function isArranged(condition: Bare, origins: Origins): boolean {
  if (SURROUNDINGS.test(condition.text)) return true;
  if (callsIn(condition).some((call) => !PLAIN.test(calleeName(call)))) return false;
  const names = namesIn(condition);
  return names.some((name) => CONSTANT.test(name) || isRowName(name, origins, 2));
}

/** Whether what is gone through may be known to have elements: constants, what helpers make, what stands for as many as it was given. */
export function isLaidOut(over: Bare, origins: Origins, depth = 3): boolean {
  const value = over.type === 'await_expression' || over.type === 'await' ? (over.children[0] ?? over) : over;
  if (/(^|\.)_?[A-Z][A-Z\d_]+(\[[^\]]*\])?$/.test(value.text)) return true;
  const calls = callsIn(value);
  if (calls.some((call) => origins.isHelper(call) || GATHERS.test(call.get('function')?.text ?? ''))) return true;
  if (depth === 0 || value.type !== 'identifier') return false;
  if (origins.isGiven(value.text)) return true;
  return origins.of(value.text).some((one) => isLaidOut(one, origins, depth - 1));
}

/** The last name of what a call calls. */
export function calleeName(call: Bare): string {
  const callee = call.get('function');
  return /(\w+)\W*$/.exec(callee?.type === 'generic_function' ? (callee.get('function')?.text ?? '') : (callee?.text ?? ''))?.[1] ?? '';
}

const CONSTANT = /^[A-Z][A-Z\d_]{2,}$/;
const GATHERS = /(^|\.)(gather|combinations|product|permutations)$|^Promise\.all(Settled)?$/;

/** Whether a name is a parameter, or one for what a table is gone through, or a part of that. */
function isRowName(name: string, origins: Origins, depth: number): boolean {
  if (origins.isGiven(name)) return true;
  return origins
    .of(name)
    .some(
      (value) =>
        isRow(value, origins) || (depth > 0 && callsIn(value).length === 0 && namesIn(value).some((one) => isRowName(one, origins, depth - 1))),
    );
}

/** Whether a value is what a loop goes through, and no call that is tested makes it. */
function isRow(value: Bare, origins: Origins): boolean {
  if (!/^(for_in_statement|range_clause|for_statement|for_expression)$/.test(value.parent?.type ?? '')) return false;
  return (
    callsIn(value).every((call) => PLAIN.test(calleeName(call)) || origins.isHelper(call)) && !namesIn(value).some((name) => isMade(name, origins))
  );
}

function isMade(name: string, origins: Origins): boolean {
  return origins.of(name).some((value) => callsIn(value).some((call) => !PLAIN.test(calleeName(call)) && !origins.isHelper(call)));
}

function callsIn(node: Bare): Bare[] {
  return node.filter(({ type }) => type === 'call_expression' || type === 'call');
}

function namesIn(node: Bare): string[] {
  return node.filter(({ type, field }) => type === 'identifier' && field !== 'attribute' && field !== 'function').map(({ text }) => text);
}
