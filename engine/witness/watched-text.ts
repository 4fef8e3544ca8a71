import type { Check, FileAudit, Span } from '../audit/index.ts';
import { LAB } from '../mutation/index.ts';
import { type Bare, nodeAt } from '../syntax/index.ts';
import { type Gate, gatesOf } from './gates.ts';

/** An assertion that is counted, and what stands between it and the beginning of its test. */
export interface WatchedCheck extends Span {
  /** The test that it belongs to, by its place among those of the audit. */
  test: number;
  /** What has to be passed to come to it, outermost first. */
  gates: Gate[];
  /** Where something before it may leave the function that it stands in. */
  exit?: number;
}

/** The text of a test file that tells an observer (`trial/observer.ts`) which tests begin, and which assertions and gates are come to. */
export interface WatchedText {
  text: string;
  /** What it calls itself by. */
  unit: number;
  checks: WatchedCheck[];
  /** How many gates are counted; {@link Gate.count} is a place among them. */
  gates: number;
}

interface Insertion {
  at: number;
  text: string;
  /** Of insertions at the same place, those that end something come first, and inner ends before outer ones. */
  order: number;
}

/**
 * Has a test file tell what is come to:
 *
 *     it('adds', () => { for (const x of xs) expect(add(x)).toBe(1); });
 *
 * becomes, as file 7,
 *
 *     it('adds', () => { lab.t(7,0);for (const x of xs) lab.c(7,0).v(expect(add(x)).toBe(1)); });
 *
 * Lines stay where they are. What an assertion that any error satisfies calls or waits for stands in `lab.e(7,0,…)`, which hears what it throws. An assertion is counted before it is made, for one that fails is made, too. No statement begins with a parenthesis, which one
 * without a semicolon before it would take for its own.
 *
 * @param unit stands for the file: one may be imported by another that is watched
 */
export function watchedText(root: Bare, text: string, { tests }: FileAudit, unit: number): WatchedText {
  const insertions: Insertion[] = [];
  const checks: WatchedCheck[] = [];
  const counted = new Map<string, number>();
  const gateOf = new Map<number, number>();
  const enter = (body: Bare, word: string) => {
    if (body.type === 'statement_block' || body.type === 'switch_case') {
      const at = entry(body);
      if (at !== undefined) insertions.push({ at, text: `${word};`, order: 0 });
    } else if (body.type === 'if_statement') {
      // `else if`: its condition is looked at.
      insertions.push({ at: (body.get('condition')?.start ?? body.start) + 1, text: `${word},`, order: 0 });
    } else insertions.push({ at: body.start, text: `(${word},`, order: 1 }, { at: body.end, text: ')', order: -1 });
  };
  for (const [test, { code, checks: its }] of tests.entries()) {
    const body = code && nodeAt(root, code);
    if (!body) continue;
    enter(body, `${LAB}.t(${unit},${test})`);
    for (const check of its) {
      const node = isCounted(check) ? nodeAt(body, check) : undefined;
      if (!node || isCallee(node)) continue;
      const key = `${node.start} ${node.end}`;
      const known = counted.get(key);
      const number = known ?? checks.length;
      const { gates, exit } = gatesOf(node, body);
      for (const gate of gates) {
        if (!gate.body) continue;
        gate.count = gateOf.get(gate.body.start) ?? gateOf.size;
        if (!gateOf.has(gate.body.start)) enter(gate.body, `${LAB}.g(${unit},${gate.count})`);
        gateOf.set(gate.body.start, gate.count);
      }
      if (known !== undefined) continue;
      counted.set(key, number);
      checks.push({ test, start: node.start, end: node.end, gates, ...(exit !== undefined && { exit }) });
      const depth = node.end - node.start;
      insertions.push(
        { at: node.start, text: `${LAB}.c(${unit},${number}).v(`, order: 2 + 1 / (depth + 1) },
        { at: node.end, text: ')', order: -2 - 1 / (depth + 1) },
      );
      const subject = check.fact === 'any-error' ? subjectOf(node) : undefined;
      // A body without a block that ends where it does ends before.
      if (subject)
        insertions.push({ at: subject.start, text: `${LAB}.e(${unit},${number},`, order: 1.5 }, { at: subject.end, text: ')', order: -0.5 });
    }
  }
  return { text: inserted(text, insertions), unit, checks, gates: gateOf.size };
}

function inserted(text: string, insertions: Insertion[]): string {
  insertions.sort((a, b) => a.at - b.at || a.order - b.order);
  let result = '';
  let at = 0;
  for (const { at: to, text: word } of insertions) {
    result += text.slice(at, to) + word;
    at = to;
  }
  return result + text.slice(at);
}

/** What is no code, or never made as it is written, is not counted. */
function isCounted({ fact, flaw }: Check): boolean {
  return fact !== 'types' && flaw !== 'uncalled' && flaw !== 'misspelt';
}

/** What an assertion about an error calls, or waits for: the first that the first call of its chain is given. */
function subjectOf(node: Bare): Bare | undefined {
  let call: Bare | undefined;
  for (let at: Bare | undefined = node; at; at = at.get('function') ?? at.get('object')) if (at.type === 'call_expression') call = at;
  const first = call?.get('arguments')?.children[0];
  return first?.type === 'spread_element' ? undefined : first;
}

/** `a.b` in `a.b()`: what is called must stay what it is called on. */
function isCallee(node: Bare): boolean {
  return node.field === 'function' && node.type !== 'call_expression';
}

/** Where the first statement of a body begins, behind its directives; nowhere in an empty one. */
function entry(body: Bare): number | undefined {
  const isCase = body.type === 'switch_case';
  return body.children.find(
    (child) => !(isCase && child.field === 'value') && !(child.type === 'expression_statement' && child.children[0]?.type === 'string'),
  )?.start;
}
