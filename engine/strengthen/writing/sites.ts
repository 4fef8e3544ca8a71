import type { Node, Tree } from 'web-tree-sitter';
import { bindingsIn, isInTest, servesTests } from './bindings.ts';
import { endOf } from './place.ts';
import type { AssertionStyle } from './style.ts';

/** A place in a test that looks at a value, or could: where it is known what the value is, the test can say so. */
export interface Site {
  kind: /** An assertion: it becomes a stronger one, or gets one behind it. */
    | 'assertion'
    /** A call whose result nobody looks at. */
    | 'call'
    /** A name for a value. */
    | 'declaration';
  /** What of the value is looked at: itself, what a function throws, or what a promise comes to. */
  how: 'value' | 'thrown' | 'settled';
  /** The expression whose value it is. */
  subject: Subject;
  /** The stretch that another assertion takes the place of; empty behind a declaration. */
  start: number;
  end: number;
  /** Where one more statement goes; undefined where none can. */
  behind?: number;
  /** What stands in front of the statement. */
  indent: string;
  /** Whether what is asserted is given back instead of waited for. */
  returned: boolean;
}

/** An expression. */
export interface Subject {
  start: number;
  end: number;
  text: string;
  /** What is said when the assertion fails, as it is written. */
  message?: string;
  /** Whether `.a` behind it means a property of its value, and it may be evaluated once more. */
  isPlain: boolean;
}

/** The places in the tests of a file that look at a value, or could, in the order of the text. */
export function sitesIn(tree: Tree, text: string, style: AssertionStyle): Site[] {
  const finder = new Finder(tree, text, style);
  finder.visit(tree.rootNode);
  return finder.sites;
}

const MEANT_TO_FAIL = /^(?:it|test|specify)\b[\w.]*\.(?:fails|failing)\b/;

class Finder {
  readonly sites: Site[] = [];
  readonly #text: string;
  readonly #style: AssertionStyle;
  /** Names of what tests are made with: what they come to is nothing to assert. */
  readonly #testing: ReadonlySet<string>;

  constructor(tree: Tree, text: string, style: AssertionStyle) {
    this.#text = text;
    this.#style = style;
    const bindings = bindingsIn(tree).filter(({ from }) => servesTests(from));
    this.#testing = new Set([...bindings.map(({ name }) => name), ...NOT_TESTED]);
  }

  visit(node: Node): void {
    // A test that is expected to fail would not, if it said what is so.
    if (node.type === 'call_expression' && MEANT_TO_FAIL.test(node.childForFieldName('function')?.text ?? '')) return;
    if (this.#find(node)) return;
    for (const child of node.namedChildren) if (child) this.visit(child);
  }

  /** Whether there was something at a node, in which no more is looked for. */
  #find(node: Node): boolean {
    if (node.type === 'variable_declarator') return this.#declaration(node);
    const isStatement = node.type === 'expression_statement' || node.type === 'return_statement';
    const expression = isStatement ? node.namedChildren[0] : node.type === 'arrow_function' ? node.childForFieldName('body') : undefined;
    if (!expression || expression.type === 'statement_block' || !isInTest(expression)) return false;
    const awaited = expression.type === 'await_expression' ? expression.namedChildren[0] : expression;
    if (!awaited) return false;
    const asserted = this.#style.kind === 'expect' || this.#style.kind === 'chai-expect' ? expected(awaited) : this.#asserted(awaited);
    if (asserted === 'other') return true;
    if (asserted) {
      this.sites.push({ kind: 'assertion', ...asserted, ...this.#around(node, expression) });
      return true;
    }
    if (node.type !== 'expression_statement' || awaited.type !== 'call_expression' || this.#testing.has(rootOf(awaited))) return false;
    this.sites.push({ kind: 'call', how: 'value', subject: subjectOf(expression), ...this.#around(node, expression) });
    return true;
  }

  #declaration(declarator: Node): boolean {
    const statement = declarator.parent;
    const name = declarator.childForFieldName('name');
    const value = declarator.childForFieldName('value');
    if (statement?.namedChildren.length !== 1 || name?.type !== 'identifier' || !value || !isInTest(statement)) return false;
    const made = value.type === 'await_expression' ? value.namedChildren[0] : value;
    if (made?.type !== 'call_expression' || this.#testing.has(rootOf(made))) return false;
    const around = this.#around(statement, value);
    if (around.behind === undefined) return false;
    const subject = { ...subjectOf(value), text: name.text, isPlain: true };
    this.sites.push({ kind: 'declaration', how: 'value', subject, ...around, start: around.behind, end: around.behind });
    return true;
  }

  #around(statement: Node, expression: Node): Pick<Site, 'start' | 'end' | 'behind' | 'indent' | 'returned'> {
    const lineStart = this.#text.lastIndexOf('\n', statement.startIndex - 1) + 1;
    const before = this.#text.slice(lineStart, statement.startIndex);
    const isAlone = /^\s*$/.test(before) && statement.parent?.type === 'statement_block';
    return {
      start: expression.startIndex,
      end: expression.endIndex,
      ...(isAlone && statement.type !== 'return_statement' && { behind: endOf(statement, this.#text) }),
      indent: /^\s*/.exec(this.#text.slice(lineStart))?.[0] ?? '',
      returned: statement.type === 'return_statement' || statement.type === 'arrow_function',
    };
  }

  /** `assert.ok(x)` and the like, in the words of the file. */
  #asserted(call: Node): Pick<Site, 'how' | 'subject'> | 'other' | undefined {
    const { kind } = this.#style;
    if (call.type !== 'call_expression') return undefined;
    const callee = call.childForFieldName('function')?.text ?? '';
    const prefix =
      kind === 'node-assert' ? this.#style.same.replace(/\w+$/, '') : kind === 'should' || kind === 'expect' ? '-' : prefixOf(this.#style);
    const isBare = callee === prefix.slice(0, -1) && prefix !== '';
    if (!isBare && (prefix === '' ? !this.#testing.has(callee) : !callee.startsWith(prefix))) return undefined;
    const verb = isBare ? 'ok' : callee.slice(prefix.length);
    const [subject, ...rest] = argumentsOf(call);
    if (!subject || /^(fail|rejects|doesNotReject|doesNotThrow|ifError|snapshot)$/i.test(verb)) return 'other';
    if (verb === 'throws') return rest.length === 0 && kind !== 'referee' ? { how: 'thrown', subject: subjectOf(subject) } : 'other';
    const message = UNARY.test(verb) ? rest[0] : undefined;
    return isFunction(subject) ? 'other' : { how: 'value', subject: subjectOf(subject, message) };
  }
}

/** Assertions on one value: what comes behind it is a message. */
const UNARY =
  /^(ok|notOk|isOk|isNotOk|is(Not)?(True|False|Null|Undefined|NaN|Object|Array|String|Number|Boolean|Function)|exists|notExists|isDefined|isTrue|isFalse|defined)$/;

const NOT_TESTED = [
  'console',
  'process',
  'vi',
  'jest',
  'sinon',
  'setTimeout',
  'clearTimeout',
  'done',
  'Promise',
  'Object',
  'Array',
  'JSON',
  'Reflect',
  'expect',
  'assert',
  't',
];

function prefixOf(style: AssertionStyle): string {
  if (style.kind === 'truth') return `${style.call}.`;
  return 'object' in style ? `${style.object}.` : '-';
}

/** `expect(x).toBe(1)` and `expect(x).to.be.ok`; `other` where it cannot become another one. */
function expected(expression: Node): Pick<Site, 'how' | 'subject'> | 'other' | undefined {
  const words: string[] = [];
  let last: Node[] | undefined;
  let node: Node | null = expression;
  while (node) {
    if (node.type === 'call_expression') {
      const callee: Node | null = node.childForFieldName('function');
      if (callee?.type === 'identifier') break;
      last ??= argumentsOf(node);
      node = callee;
    } else if (node.type === 'member_expression') {
      words.push(node.childForFieldName('property')?.text ?? '');
      node = node.childForFieldName('object');
    } else return undefined;
  }
  if (node?.childForFieldName('function')?.text !== 'expect') return undefined;
  const [subject, message] = argumentsOf(node);
  if (!subject || words.length === 0 || words.some((word) => /snapshot|called|returned|^rejected|fulfilled/i.test(word))) return 'other';
  const isThrow = /^(toThrow|toThrowError|throw|throws|Throw)$/.test(words[0] ?? '');
  const isNot = words.includes('not');
  if (isThrow && (isNot || (last?.length ?? 0) > 0)) return 'other';
  if (words.includes('resolves') || words.includes('rejects')) return { how: 'settled', subject: subjectOf(subject, message) };
  if (isThrow) return { how: 'thrown', subject: subjectOf(subject, message) };
  return isFunction(subject) ? 'other' : { how: 'value', subject: subjectOf(subject, message) };
}

function subjectOf(node: Node, message?: Node): Subject {
  const isPlain = /^(identifier|member_expression|call_expression|subscript_expression|this)$/.test(node.type) && node.text.length <= 60;
  return { start: node.startIndex, end: node.endIndex, text: node.text, isPlain, ...(message && { message: message.text }) };
}

function argumentsOf(call: Node): Node[] {
  const list = call.childForFieldName('arguments');
  return (list?.namedChildren ?? []).filter((one): one is Node => one !== null && one.type !== 'comment');
}

function isFunction(node: Node): boolean {
  return /^(arrow_function|function_expression|function|generator_function)$/.test(node.type);
}

/** The name that a chain of calls and members begins with. */
function rootOf(node: Node): string {
  let at: Node | null | undefined = node;
  while (at && at.type !== 'identifier' && at.type !== 'this') {
    at = at.childForFieldName('function') ?? at.childForFieldName('object') ?? at.childForFieldName('constructor') ?? at.namedChildren[0];
  }
  return at?.text ?? '';
}
