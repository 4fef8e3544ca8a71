import { isSimple, type Literal, sayTheSame, UNDEFINED } from '../literals.ts';
import { changedAround, telling } from '../parts.ts';
import { isReferredTo, type Outcome, type Scenario, type Step } from '../scenario.ts';
import { assertOutcome } from './assertions.ts';
import { canBeClose, closeTo } from './floats.ts';
import type { Place } from './place.ts';
import { Printer } from './print.ts';
import { seenBy } from './records.ts';
import type { Style } from './style.ts';

/** How long a title may be, characters. */
const TITLE = 72;
/** How long an argument may be in one that says no more of it, characters. */
const ARGUMENT = 24;

/** What a new test is to say. */
export interface ToWrite {
  scenario: Scenario;
  outcome: Outcome;
  mutated: Outcome;
}

/** A test as text. */
export interface WrittenTest {
  title: string;
  /** Statements without the indentation of their place, with `\n` at line ends. */
  text: string;
}

/**
 * Writes a test as the others of its file are written.
 *
 * @param taken names that mean something in the file already
 * @param titles titles that are there already
 */
export function writeTest(
  fact: ToWrite,
  style: Style,
  place: Place,
  taken: ReadonlySet<string>,
  titles: ReadonlySet<string>,
): WrittenTest | undefined {
  const names = nameSteps(fact.scenario, taken);
  const printer = new Printer(style, (step) => names[step] ?? 'value');
  const { steps } = fact.scenario;
  const end = style.semicolons ? ';' : '';
  const lines: string[] = [];
  let isAsync = false;
  for (const [i, step] of steps.slice(0, -1).entries()) {
    const name = names[i];
    const call = (step.awaits ? 'await ' : '') + callText(step, names, printer, style.indent);
    isAsync ||= step.awaits === true;
    lines.push(`${style.indent}${name === undefined ? call : `${style.declares} ${name} = ${call}`}${end}`);
  }
  const last = steps.at(-1) as Step;
  const { path, outcome, mutated } = focus(fact, style);
  const changed =
    (outcome.args ?? mutated.args ?? outcome.around) !== undefined && sayTheSame(outcome.value, mutated.value) && outcome.kind === mutated.kind;
  if (changed) {
    const asserted = changedArgument(fact, style, printer, names, taken) ?? changedSource(fact, style, printer, names);
    if (!asserted) return undefined;
    isAsync ||= outcome.kind === 'resolves';
    lines.push(...asserted.map((line) => `${style.indent}${line}${end}`));
  } else {
    const act = callText(last, names, printer, style.indent) + printer.path(path);
    const assertion = assertOutcome(style, { act, outcome, mutated }, printer, style.indent);
    if (!assertion) return undefined;
    isAsync ||= assertion.isAsync;
    lines.push(`${style.indent}${assertion.text}${end}`);
  }
  const title = titleOf({ ...fact, path, outcome, mutated }, style, place, printer, names, titles);
  const parameter = style.assertions.kind === 'node-assert' && style.assertions.same.startsWith('t.') ? place.parameter || 't' : '';
  const head = place.callback === 'arrow' ? `${isAsync ? 'async ' : ''}(${parameter}) => {` : `${isAsync ? 'async ' : ''}function (${parameter}) {`;
  return { title, text: `${place.testName}(${printer.string(title)}, ${head}\n${lines.join('\n')}\n})${end}` };
}

/** What earlier steps come to has a name where a later one speaks of it. */
function nameSteps({ steps }: Scenario, taken: ReadonlySet<string>): (string | undefined)[] {
  const used = new Set(taken);
  return steps.map((step, i) => {
    if (!isReferredTo(i, steps)) return undefined;
    const word =
      'of' in step.call
        ? 'result'
        : (step.call.path.split('.').at(-1) ?? '').replace(/^(create|make|build|new|get|parse|read|load|compile|default)(?=[A-Z])/, '');
    const plain = word.replace(/^[$_]+/, '');
    const base = /^[A-Za-z][\w$]*$/.test(plain) ? plain.replace(/^(?:[A-Z]+(?![a-z])|[A-Z])/, (capitals) => capitals.toLowerCase()) : 'value';
    let name = base === step.call.kind || RESERVED.has(base) ? 'value' : base;
    for (let n = 2; used.has(name); n++) name = `${base}${n}`;
    used.add(name);
    return name;
  });
}

const RESERVED = new Set([
  'default',
  'new',
  'class',
  'function',
  'delete',
  'in',
  'of',
  'return',
  'typeof',
  'void',
  'with',
  'yield',
  'let',
  'static',
  'enum',
  'await',
  'import',
  'export',
  'super',
  'this',
  'null',
  'true',
  'false',
  'if',
  'else',
  'for',
  'do',
  'while',
  'switch',
  'case',
  'try',
  'catch',
  'throw',
  'var',
  'const',
]);

function callText(
  { call, args }: Step,
  names: readonly (string | undefined)[],
  printer: Printer,
  indent: string,
  instead?: readonly string[],
): string {
  const callee = call.kind === 'new' ? `new ${call.path}` : 'of' in call ? `${names[call.of]}.${call.name}` : call.path;
  if (call.kind === 'get') return callee;
  const printed = args.map((arg, i) => instead?.[i] ?? printer.print(arg, indent.length + callee.length + 1, indent));
  return `${callee}(${printed.join(', ')})`;
}

/** The call leaves something in what it was given: that has a name, and is looked at afterwards. */
function changedArgument(
  { scenario, outcome, mutated }: ToWrite,
  style: Style,
  printer: Printer,
  names: readonly (string | undefined)[],
  taken: ReadonlySet<string>,
): string[] | undefined {
  const step = scenario.steps.at(-1) as Step;
  const after = outcome.args ?? step.args;
  const at = after.findIndex((arg, i) => !sayTheSame(arg, (mutated.args ?? step.args)[i]));
  const given = step.args[at];
  const now = after[at];
  if (given === undefined || now === undefined) return undefined;
  let name = 'input';
  for (let n = 2; taken.has(name) || names.includes(name); n++) name = `input${n}`;
  const call = callText(step, names, printer, style.indent, step.args.map((_, i) => (i === at ? name : undefined)) as string[]);
  const before = (mutated.args ?? step.args)[at] as Literal;
  const assertion = assertOutcome(
    style,
    { act: name, outcome: { kind: 'returns', value: now }, mutated: { kind: 'returns', value: before } },
    printer,
    style.indent,
  );
  if (!assertion) return undefined;
  const isAsync = outcome.kind === 'resolves';
  return [`${style.declares} ${name} = ${printer.print(given, 20, style.indent)}`, `${isAsync ? 'await ' : ''}${call}`, assertion.text];
}

/** The call leaves something in what an earlier one came to, of which it is given something. */
function changedSource(
  { scenario, outcome, mutated }: ToWrite,
  style: Style,
  printer: Printer,
  names: readonly (string | undefined)[],
): string[] | undefined {
  const part = changedAround(outcome, mutated);
  const name = part && names[part.step];
  if (!part || name === undefined) return undefined;
  const act = name + printer.path(part.path);
  const kind = 'returns';
  const held = { act, outcome: { kind, value: part.one }, mutated: { kind, value: part.other } } as const;
  const assertion = assertOutcome(style, held, printer, style.indent);
  const call = callText(scenario.steps.at(-1) as Step, names, printer, style.indent);
  return assertion && [`${outcome.kind === 'resolves' ? 'await ' : ''}${call}`, assertion.text];
}

/** What of the outcome is asserted, and how it is reached from it. */
function focus(fact: ToWrite, { assertions }: Style): { path: string; outcome: Outcome; mutated: Outcome } {
  const [outcome, mutated] = [seenBy(assertions, fact.outcome), seenBy(assertions, fact.mutated)];
  const part = outcome.kind === 'returns' ? telling(outcome.value, mutated.kind === 'returns' ? mutated.value : UNDEFINED) : undefined;
  if (!part || part.path === '') return { path: '', outcome, mutated };
  return { path: part.path, outcome: { ...outcome, value: part.one }, mutated: { ...mutated, value: part.other } };
}

/** For example `returns "/" for "" and "/"`, or `should throw for withBase("a")` where no suite around it is named after the function. */
function titleOf(
  fact: ToWrite & { path: string },
  style: Style,
  place: Place,
  printer: Printer,
  names: readonly (string | undefined)[],
  titles: ReadonlySet<string>,
): string {
  const { scenario, outcome, path } = fact;
  const last = scenario.steps.at(-1) as Step;
  const name = 'of' in last.call ? last.call.name : (last.call.path.split('.').at(-1) as string);
  const isNamed = place.suites.some((suite) => suite.toLowerCase().includes(name.toLowerCase()));
  const flat = (literal: Literal) => printer.print(literal).replace(/\s+/g, ' ');
  const close = canBeClose(style.assertions) ? closeTo(outcome, fact.mutated) : undefined;
  const value = close === undefined ? flat(outcome.value) : `about ${close}`;
  const isShort = isSimple(outcome.value) ? value.length <= 32 : value.length <= 24;
  const verb = (stem: string, third: string) => (style.should ? `should ${stem}` : third);
  const does =
    outcome.kind === 'throws'
      ? verb('throw', 'throws')
      : outcome.kind === 'rejects'
        ? verb('reject', 'rejects')
        : outcome.kind === 'resolves'
          ? `${verb('resolve', 'resolves')} to ${isShort ? value : 'the same value'}`
          : !outcome.args && fact.mutated.args && isUndefinedLiteral(outcome.value)
            ? verb('leave what it is given', 'leaves what it is given')
            : (outcome.args ?? outcome.around) && isUndefinedLiteral(outcome.value)
              ? verb('change what it is given', 'changes what it is given')
              : `${verb('return', 'returns')} ${path === '' ? '' : `${printer.path(path).replace(/^\./, '')} `}${isShort ? value : describe(outcome.value)}`;
  const args = last.args.map(flat);
  const call = callText(last, saidNames(scenario, names, printer), printer, '').replace(/\s+/g, ' ');
  const said = last.args.map((arg, i) => ((args[i] as string).length <= ARGUMENT ? args[i] : shortly(arg, printer)));
  const given = (all: readonly (string | undefined)[]) =>
    all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : (all[0] ?? 'no arguments');
  const isGiven = isNamed && !('of' in last.call);
  const short = isNamed ? does : `${does} for ${name}`;
  const shorter = last.call.kind === 'get' ? name : `${name}(${said.join(', ')})`;
  const longer = [isGiven ? given(args) : call, isGiven ? given(said) : shorter].map((what) => `${does} for ${what}`);
  const title = longer.find((one) => one.length <= TITLE) ?? short;
  const plain = title.replaceAll('`', "'");
  let unique = plain;
  for (let n = 2; titles.has(unique); n++) unique = `${plain} (${n})`;
  return unique;
}

/** What is asked of an object right after it was made says in a title how that was. */
function saidNames({ steps }: Scenario, names: readonly (string | undefined)[], printer: Printer): readonly (string | undefined)[] {
  const [first, last] = steps;
  if (steps.length !== 2 || !first || !last || !('of' in last.call)) return names;
  const made = callText(first, names, printer, '').replace(/\s+/g, ' ');
  return made.length <= ARGUMENT ? [made] : names;
}

/** The beginning of a string, or what kind of value it is. */
function shortly(literal: Literal, printer: Printer): string {
  return typeof literal === 'string' ? printer.string(`${literal.slice(0, ARGUMENT - 5)}…`) : describe(literal);
}

function describe(literal: Literal): string {
  if (typeof literal === 'string') return 'a string';
  if (typeof literal !== 'object' || literal === null) return 'a value';
  if (literal.$ === 'step') return 'a part of what came before';
  if (literal.$ === 'array') return literal.items.length === 1 ? '1 item' : `${literal.items.length} items`;
  return literal.$ === 'object' ? 'an object' : `a ${literal.$}`;
}

function isUndefinedLiteral(literal: Literal): boolean {
  return typeof literal === 'object' && literal !== null && literal.$ === 'undefined';
}
