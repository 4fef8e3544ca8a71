import { isSimple, type Literal } from '../literals.ts';
import type { Outcome } from '../scenario.ts';
import { closeTo, DELTA, DIGITS } from './floats.ts';
import type { Printer } from './print.ts';
import type { Style } from './style.ts';

/** What a test asserts. */
export interface Fact {
  /** The source of the call whose outcome is meant. */
  act: string;
  outcome: Outcome;
  /** What the mutant came to instead. */
  mutated: Outcome;
}

/** A statement without its semicolon; undefined where it cannot be said in this style. */
export type Assertion = { text: string; isAsync: boolean } | undefined;

/** What of a file's style assertions depend on. */
type AssertionWords = Pick<Style, 'assertions' | 'arrows' | 'semicolons'>;

/** Asserts what comes of a call, in the words of a file. */
export function assertOutcome({ assertions: style, ...words }: AssertionWords, fact: Fact, printer: Printer, indent: string): Assertion {
  const { act, outcome } = fact;
  const { kind, value } = outcome;
  if (kind === 'throws' || kind === 'rejects') return assertThrows({ assertions: style, ...words }, fact, kind, printer);
  const subject = kind === 'iterates' ? `[...${act}]` : act;
  const isAsync = kind === 'resolves';
  const say = (text: string): Assertion => ({ text, isAsync });
  const loosely = isLooselySame(fact);
  const column = indent.length + act.length + 30;
  const expected = printer.print(value, column, indent);
  const waited = isAsync ? `await ${subject}` : subject;
  const simple = isSimple(value);
  const close = closeTo(outcome, fact.mutated);
  switch (style.kind) {
    case 'expect': {
      const head = isAsync ? `await expect(${subject}).resolves` : `expect(${subject})`;
      if (isNaNLiteral(value)) return say(`${head}.toBeNaN()`);
      if (close !== undefined) return say(`${head}.toBeCloseTo(${close}, ${DIGITS})`);
      if (value === null && style.same === 'toBe') return say(`${head}.toBeNull()`);
      if (isUndefined(value) && style.same === 'toBe') return say(`${head}.toBeUndefined()`);
      const matcher = simple ? style.same : loosely ? 'toStrictEqual' : style.equal;
      return say(`${head}.${matcher}(${expected})`);
    }
    case 'chai-expect': {
      const head = `expect(${waited}).to`;
      if (isNaNLiteral(value)) return say(`${head}.be.NaN`);
      if (close !== undefined) return say(`${head}.be.closeTo(${close}, ${DELTA})`);
      return say(simple ? `${head}.equal(${expected})` : `${head}.${style.equal}(${expected})`);
    }
    case 'chai-assert':
      if (isNaNLiteral(value)) return say(`${style.object}.isNaN(${waited})`);
      if (close !== undefined) return say(`${style.object}.closeTo(${waited}, ${close}, ${DELTA})`);
      return say(`${style.object}.${simple ? 'strictEqual' : 'deepEqual'}(${waited}, ${expected})`);
    case 'should':
      if (value === null || isUndefined(value) || isNaNLiteral(value)) return undefined;
      return say(`${isAsync ? `(${waited})` : subject}.should.${simple ? 'equal' : style.equal}(${expected})`);
    case 'node-assert': {
      const strictly = (name: string, other: string) => (loosely && !style.strict ? name.replace(/\w+$/, other) : name);
      const name = simple ? strictly(style.same, 'strictEqual') : strictly(style.equal, 'deepStrictEqual');
      // A name of its own was imported: another may not be there.
      if (loosely && !style.strict && !name.includes('.') && name !== style.same && name !== style.equal) return undefined;
      return say(`${name}(${waited}, ${expected})`);
    }
    case 'referee':
      return say(`${style.object}.equals(${waited}, ${expected})`);
    case 'truth':
      if (isNaNLiteral(value)) return say(`${style.call}(Number.isNaN(${waited}))`);
      return simple ? say(`${style.call}(${waited} === ${expected})`) : undefined;
  }
}

/** Source of a function without parameters that makes a call. */
export function functionOf(call: string, { arrows, semicolons }: Pick<Style, 'arrows' | 'semicolons'>): string {
  return arrows ? `() => ${call}` : `function () { ${call}${semicolons ? ';' : ''} }`;
}

function assertThrows(
  { assertions: style, ...words }: AssertionWords,
  { act, outcome, mutated }: Fact,
  kind: 'throws' | 'rejects',
  printer: Printer,
): Assertion {
  const isAsync = kind === 'rejects';
  const { message } = thrown(outcome.value);
  // Whether it throws at all is enough where the mutant does not.
  const said = message !== '' && (mutated.kind === kind || message.length <= 60) ? printer.string(message) : '';
  const other = mutated.kind === kind ? otherProperty(outcome.value, mutated.value) : undefined;
  if (said === '' && mutated.kind === kind && !other) return undefined;
  const call = functionOf(act, words);
  const value = other && (typeof other.value === 'string' ? printer.string(other.value) : String(other.value));
  const both = `{ ${said && `message: ${said}`}${said && value ? ', ' : ''}${value ? `${other.name}: ${value}` : ''} }`;
  switch (style.kind) {
    case 'expect': {
      const expected = other ? `expect.objectContaining(${both})` : said;
      const text = isAsync ? `await expect(${act}).rejects.toThrow(${expected})` : `expect(${call}).toThrow(${expected})`;
      return { text, isAsync };
    }
    case 'chai-expect': {
      const behind = value ? `.with.property(${printer.string(other.name)}, ${value})` : '';
      return isAsync ? undefined : { text: `expect(${call}).to.throw(${said})${behind}`, isAsync };
    }
    case 'chai-assert':
      return isAsync || other ? undefined : { text: `${style.object}.throws(${call}${said && `, ${said}`})`, isAsync };
    case 'node-assert': {
      const [name, start] = isAsync ? [style.rejects, `await ${style.rejects}(${act}`] : [style.throws, `${style.throws}(${call}`];
      return name.includes('.') ? { text: `${start}${said || value ? `, ${both}` : ''})`, isAsync } : undefined;
    }
    default:
      return undefined;
  }
}

/** What besides its message tells an error from another one with the same. */
function otherProperty(one: Literal, other: Literal): { name: 'code' | 'name'; value: string | number } | undefined {
  const [a, b] = [thrown(one), thrown(other)];
  if (a.message !== b.message) return undefined;
  if (a.code !== undefined && a.code !== b.code) return { name: 'code', value: a.code };
  return a.name !== b.name ? { name: 'name', value: a.name } : undefined;
}

/** Whether a test that compares loosely (`==`, without types or properties that are undefined) may not see the difference. */
function isLooselySame({ outcome, mutated }: Fact): boolean {
  if (outcome.kind !== mutated.kind) return false;
  return loose(outcome.value) === loose(mutated.value);
}

function loose(literal: Literal): string {
  return JSON.stringify(literal, (_, value: unknown) => {
    const one = value as { $?: unknown; entries?: [unknown, Literal][]; of?: unknown } | null;
    if (typeof value === 'number' || typeof value === 'boolean') return String(Number(value));
    if (typeof one !== 'object' || one === null) return value;
    if (one.$ === 'undefined') return null;
    if ((one.$ === 'object' || one.$ === 'instance') && one.entries)
      return { $: 'object', entries: one.entries.filter(([, entry]) => !isUndefined(entry)) };
    return value;
  });
}

function thrown(literal: Literal): { name: string; message: string; code?: string | number } {
  return typeof literal === 'object' && literal !== null && literal.$ === 'error' ? literal : { name: '', message: '' };
}

function isNaNLiteral(literal: Literal): boolean {
  return typeof literal === 'object' && literal !== null && literal.$ === 'number' && literal.is === 'NaN';
}

function isUndefined(literal: Literal): boolean {
  return typeof literal === 'object' && literal !== null && literal.$ === 'undefined';
}
