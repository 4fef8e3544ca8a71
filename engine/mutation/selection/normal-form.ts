import type { Node } from 'web-tree-sitter';
import { isFunction } from '../../syntax/index.ts';
import { KnownParts } from './known-parts.ts';
import { isBound, isPure as isPureExpression } from './purity.ts';

/**
 * Programs that say the same in different words have the same normal form: white space, comments, quotes and parentheses are gone, so is code that
 * cannot run, and branches that lead to the same place are one. Two programs with the same form behave the same; the reverse does not hold.
 *
 * Each rule holds for every program, whatever getters, proxies, thrown errors or late bindings it has; that a program reads its own source through
 * `Function.prototype.toString` is left out of account. The test runs some ten thousand pairs of programs against that claim.
 *
 * @param parts what is known from programs that have parts in common with this one
 */
export function normalForm(root: Node, parts = new KnownParts()): string {
  known = parts;
  return formOfList(sequence(root.namedChildren, []));
}

/** Of the program at hand. */
let known: KnownParts;

/** A statement of a normal form. */
interface Item {
  form: string;
  /** Control never reaches what stands behind it. */
  jumps: boolean;
  /** Names that code elsewhere may resolve to, or an `await` that makes a module asynchronous: such a statement counts even where it cannot run. */
  declares(): boolean;
}

const DECLARING = [
  ...['variable_declaration', 'lexical_declaration', 'class_declaration', 'abstract_class_declaration', 'function_declaration'],
  ...['generator_function_declaration', 'await_expression', 'import_statement', 'export_statement', 'enum_declaration', 'internal_module'],
];
const BLOCK_SCOPED = new Set(['lexical_declaration', 'class_declaration', 'abstract_class_declaration', 'function_declaration', 'enum_declaration']);
/** Each case holds those behind it: of more cases the form would grow too long. */
const MOST_CASES = 60;
/** What has several parts, and no statement that has to do with what stands around it. */
const WORTH_KNOWING = /^(lexical_declaration|variable_declaration|class_body|object|array|arguments|(?!parenthesized).*_expression|arrow_function)$/;
const RETURN: Item = { form: 'return', jumps: true, declares: () => false };
const BREAK: Item = { ...RETURN, form: 'break' };
const CONTINUE: Item = { ...RETURN, form: 'continue' };

/** Statements followed by `rest`, from the last to the first, so that each knows what follows it. */
function sequence(nodes: readonly (Node | null)[], rest: Item[]): Item[] {
  return nodes.reduceRight<Item[]>((following, node) => (node ? before(node, following) : following), rest);
}

function before(node: Node, rest: Item[]): Item[] {
  switch (node.type) {
    case 'comment':
    case 'empty_statement':
      return rest;
    case 'statement_block':
      return node.namedChildren.some((child) => child && BLOCK_SCOPED.has(child.type))
        ? join([item(node, `{${formOfList(sequence(node.namedChildren, []))}}`)], rest)
        : sequence(node.namedChildren, rest);
    case 'else_clause':
      return sequence(node.namedChildren, rest);
    case 'expression_statement':
      return expressionStatement(node, rest);
    case 'if_statement':
      return ifStatement(node, rest);
    case 'while_statement':
      return whileStatement(node, rest);
    case 'for_statement':
      return forStatement(node, rest);
    case 'do_statement':
      return join([item(node, `(do ${body(node)} ${formOf(field(node, 'condition'), true)})`)], rest);
    case 'for_in_statement':
      return join([item(node, `(for ${others(node, 'body')} ${body(node)})`)], rest);
    case 'switch_statement':
      return switchStatement(node, rest);
    case 'try_statement':
      return tryStatement(node, rest);
    case 'return_statement':
      return join([returned(node.namedChildren.find((child) => child && child.type !== 'comment') ?? undefined, node)], rest);
    case 'throw_statement':
    case 'break_statement':
    case 'continue_statement':
      return join([{ form: plain(node), jumps: true, declares: () => declares(node) }], rest);
    default:
      return join([item(node, formOf(node))], rest);
  }
}

function item(node: Node, form: string): Item {
  return { form, jumps: false, declares: () => declares(node) };
}

/** One list and then another; what stands behind a jump is left out where nothing but running it could show that it is there. */
function join(first: readonly Item[], rest: Item[]): Item[] {
  let following = rest;
  for (const one of first.toReversed()) following = one.jumps && !following.some((other) => other.declares()) ? [one] : [one, ...following];
  return following;
}

function expressionStatement(node: Node, rest: Item[]): Item[] {
  const [expression] = node.namedChildren;
  // A string that stands alone may be a directive.
  if (!expression || expression.type === 'string' || !isPure(expression)) return join([item(node, expression ? formOf(expression) : '')], rest);
  return rest;
}

function ifStatement(node: Node, rest: Item[]): Item[] {
  const condition = field(node, 'condition');
  const [then, otherwise] = [node.childForFieldName('consequence'), node.childForFieldName('alternative')];
  const test = formOf(condition, true);
  const branch = (one: Node | null) => (one ? withoutRest(sequence([one], rest), rest) : []);
  const isDead = (one: Node | null) => !one || !declares(one);
  if (test === 'true' && isDead(otherwise)) return sequence([then], rest);
  if (test === 'false' && isDead(then)) return sequence([otherwise], rest);
  const [yes, no] = [branch(then), branch(otherwise)];
  const [a, b] = [formOfList(yes), formOfList(no)];
  if (a === b) return [...(isPure(condition) ? [] : [item(condition, test)]), ...join(yes, rest)];
  const form = test.startsWith('(! ') ? `(if ${negated(test)} ${b} else ${a})` : `(if ${test} ${a} else ${b})`;
  return join([item(node, form)], rest);
}

/** A branch that was read up to the end of what follows, without what follows. */
function withoutRest(branch: Item[], rest: readonly Item[]): Item[] {
  const from = branch.length - rest.length;
  return from >= 0 && rest.length > 0 && rest.every(({ form }, i) => branch[from + i]?.form === form) ? branch.slice(0, from) : branch;
}

function whileStatement(node: Node, rest: Item[]): Item[] {
  const test = formOf(field(node, 'condition'), true);
  if (test === 'false' && !declares(field(node, 'body'))) return rest;
  return join([item(node, `(while ${test} ${body(node)})`)], rest);
}

function forStatement(node: Node, rest: Item[]): Item[] {
  const [initial, condition, step] = ['initializer', 'condition', 'increment'].map((name) => node.childForFieldName(name));
  // One of the two grammars wraps the condition into a statement.
  const tested = condition?.type === 'expression_statement' ? condition.namedChildren[0] : condition;
  const test = tested && tested.type !== 'empty_statement' ? formOf(tested, true) : 'true';
  const harmless = !initial || initial.type === 'empty_statement' || (initial.type === 'lexical_declaration' && startsPurely(initial));
  if (test === 'false' && harmless && !declares(field(node, 'body'))) return rest;
  return join([item(node, `(for ${initial ? formOf(initial) : ''};${test};${step ? formOf(step) : ''} ${body(node)})`)], rest);
}

function startsPurely(declaration: Node): boolean {
  return declaration.namedChildren.every((one) => {
    const value = one?.childForFieldName('value');
    return one?.childForFieldName('name')?.type === 'identifier' && value && isPure(value);
  });
}

/** Each case with all that runs from it on, so that it does not matter through which one control falls. */
function switchStatement(node: Node, rest: Item[]): Item[] {
  const cases = field(node, 'body').namedChildren.filter((child) => child !== null && child.type !== 'comment') as Node[];
  const statements = (one: Node) => one.childrenForFieldName('body');
  if (cases.length > MOST_CASES || cases.some((one) => statements(one).some((child) => child && DECLARING.includes(child.type)))) {
    return join([item(node, generic(node))], rest);
  }
  let following: Item[] = [BREAK];
  const forms = cases.toReversed().map((one) => {
    following = sequence(statements(one), following);
    const value = one.childForFieldName('value');
    return `(${value ? `case ${formOf(value)}` : 'default'}: ${formOfList(following)})`;
  });
  return join([item(node, `(switch ${formOf(field(node, 'value'))} ${forms.toReversed().join(' ')})`)], rest);
}

function tryStatement(node: Node, rest: Item[]): Item[] {
  const [handler, finalizer] = [node.childForFieldName('handler'), node.childForFieldName('finalizer')];
  const tried = sequence([field(node, 'body')], []);
  if (tried.length === 0 && !(handler && declares(handler))) return finalizer ? sequence([field(finalizer, 'body')], rest) : rest;
  const caught = handler ? `(catch ${others(handler, 'body')} ${formOfList(sequence([field(handler, 'body')], []))})` : '';
  const last = finalizer ? `(finally ${formOfList(sequence([field(finalizer, 'body')], []))})` : '';
  return join([item(node, `(try ${formOfList(tried)} ${caught} ${last})`)], rest);
}

/** `return undefined` is `return`, but for asynchronous generators, which wait for what they return. */
function returned(value: Node | undefined, at: Node): Item {
  if (!value || (isUndefined(value) && !isAsyncGenerator(functionAround(at)))) return RETURN;
  return { form: `(return ${formOf(value)})`, jumps: true, declares: () => declares(value) };
}

function isUndefined(node: Node): boolean {
  return node.text === 'undefined' || node.text === 'void 0';
}

function functionAround(node: Node): Node | null {
  let at = node.parent;
  while (at && !isFunction(at)) at = at.parent;
  return at;
}

function isAsyncGenerator(node: Node | null): boolean {
  const tokens = node?.children.map((child) => child?.type) ?? [];
  return tokens.includes('async') && (tokens.includes('*') || node?.type.startsWith('generator') === true);
}

/** The body of a loop: at its end it goes on by itself. */
function body(loop: Node): string {
  return formOfList(withoutRest(sequence([field(loop, 'body')], [CONTINUE]), [CONTINUE]));
}

function formOfList(items: readonly Item[]): string {
  return items.map(({ form }) => form).join(';');
}

/** The form of a single node. In a test only the truth of its value matters. */
function formOf(node: Node, test = false): string {
  const form = () => newForm(node, test);
  return WORTH_KNOWING.test(node.type) ? known.form(test ? 'test' : 'form', node, form) : form();
}

function newForm(node: Node, test: boolean): string {
  switch (node.type) {
    case 'parenthesized_expression':
      return parenthesized(node, test);
    case 'string':
      return string(node);
    case 'template_string':
      return template(node);
    case 'regex':
    case 'jsx_element':
    case 'jsx_self_closing_element':
      return JSON.stringify(node.text);
    case 'unary_expression':
      return field(node, 'operator').type === '!' ? not(node, test) : generic(node);
    case 'binary_expression':
      return /^(&&|\|\|)$/.test(field(node, 'operator').type) ? logical(node, test) : generic(node);
    case 'ternary_expression':
      return ternary(node, test);
    default:
      return isFunction(node) ? functionForm(node) : generic(node);
  }
}

/** Parentheses end an optional chain, and keep a function from being named after what it is assigned to. */
function parenthesized(node: Node, test: boolean): string {
  const [inner] = node.namedChildren.filter((child) => child?.type !== 'comment');
  const matters = /^(member|subscript|call|new|non_null|as|satisfies|assignment|augmented_assignment|update)_expression$/.test(
    node.parent?.type ?? '',
  );
  return !inner || matters ? generic(node) : formOf(inner, test);
}

function string(node: Node): string {
  const text = node.text;
  return text.includes('\\') ? text : JSON.stringify(text.slice(1, -1));
}

/** White space in a template is text. */
function template(node: Node): string {
  const holes = node.namedChildren.filter((child) => child?.type === 'template_substitution') as Node[];
  const edges = [node.startIndex, ...holes.flatMap((hole) => [hole.startIndex, hole.endIndex]), node.endIndex];
  const texts = Array.from({ length: holes.length + 1 }, (_, i) =>
    JSON.stringify(node.text.slice((edges[2 * i] as number) - node.startIndex, (edges[2 * i + 1] as number) - node.startIndex)),
  );
  return `(template ${texts.map((text, i) => [text, holes[i] ? generic(holes[i]) : ''].join(' ')).join(' ')})`;
}

function not(node: Node, test: boolean): string {
  const form = negated(formOf(field(node, 'argument'), true));
  // A value is not what it negates twice: that one is a boolean.
  return test || form === 'true' || form === 'false' || form.startsWith('(! ') ? form : `(! (! ${form}))`;
}

function negated(test: string): string {
  if (test === 'true') return 'false';
  if (test === 'false') return 'true';
  return test.startsWith('(! ') ? test.slice(3, -1) : `(! ${test})`;
}

function logical(node: Node, test: boolean): string {
  const operator = field(node, 'operator').type;
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  const [neutral, final] = operator === '&&' ? ['true', 'false'] : ['false', 'true'];
  const [a, b] = [formOf(left, test), formOf(right, test)];
  if (a === neutral) return b;
  if (a === final && !declares(right)) return a;
  if (test && b === neutral) return a;
  if (test && b === final && isPure(left)) return b;
  const parts = [a, b].map((form) => (form.startsWith(`(${operator} `) ? form.slice(operator.length + 2, -1) : form));
  return `(${operator} ${parts.join(' ')})`;
}

function ternary(node: Node, test: boolean): string {
  const [condition, then, otherwise] = [field(node, 'condition'), field(node, 'consequence'), field(node, 'alternative')];
  const [c, a, b] = [formOf(condition, true), formOf(then, test), formOf(otherwise, test)];
  if (c === 'true' && !declares(otherwise)) return a;
  if (c === 'false' && !declares(then)) return b;
  if (a === b && isPure(condition)) return a;
  if (test && a === 'true' && b === 'false') return c;
  if (test && a === 'false' && b === 'true') return negated(c);
  return `(? ${c} ${a} ${b})`;
}

/** At the end of a function stands `return`, written or not; an expression in place of a body is returned. */
function functionForm(node: Node): string {
  const block = node.childForFieldName('body');
  if (!block) return generic(node);
  const items = block.type === 'statement_block' ? sequence(block.namedChildren, [RETURN]) : [returned(block, block)];
  return `(${node.type} ${others(node, 'body')} {${formOfList(withoutRest(items, [RETURN]))}})`;
}

/** A node that no rule speaks of: its kind and its parts in order. */
function generic(node: Node): string {
  if (node.childCount > 0) return `(${node.type} ${parts(node.children)})`;
  return /^[\w$#.]+$/.test(node.text) || !node.isNamed ? node.text : JSON.stringify(node.text);
}

/** A statement without the semicolon behind it. */
function plain(node: Node): string {
  return `(${parts(node.children.filter((child) => child?.type !== ';'))})`.replace(/^\((break|continue)\)$/, '$1');
}

function others(node: Node, except: string): string {
  const left = node.childForFieldName(except);
  return parts(node.children.filter((child) => child?.id !== left?.id));
}

function parts(nodes: readonly (Node | null)[]): string {
  return nodes
    .flatMap((child) => (child && child.type !== 'comment' ? [child.type === 'statement_block' ? block(child) : formOf(child)] : []))
    .join(' ');
}

function block(node: Node): string {
  return `{${formOfList(sequence(node.namedChildren, []))}}`;
}

function declares(node: Node): boolean {
  return known.form('declares', node, () => String(node.descendantsOfType(DECLARING).length > 0)) === 'true';
}

function isPure(node: Node): boolean {
  return isPureExpression(node, (name) => {
    known.looksAround();
    return isBound(name);
  });
}

function field(node: Node, name: string): Node {
  const child = node.childForFieldName(name);
  if (!child) throw new Error(`${node.type} has no ${name}`);
  return child;
}
