import type { Binding, NodePath, Scope } from '@babel/traverse';
import { COVER } from '../../instrumented-nodes.ts';
import type { Ast } from './parse.ts';
import type { Scopes } from './scopes.ts';
import { call, covered, idAsked, isSwitch, type Node, text } from './switch-nodes.ts';

/** By the id of each mutant of a constant, the id that its reads tell. */
export type Constants = ReadonlyMap<string, string>;

/**
 * Has reads of a file's constants tell that they happen: variables that are set once, when the file loads, to what comes of literals and functions alone. Making
 * such a value does nothing else and cannot fail, whichever of its mutants is on, so that nothing is another thing with one where the variable is not read.
 *
 *     const WORD = on('1') ? /\W/ : (cover('1'), /\w/);
 *     const isWord = (text) => WORD.test(text);
 *
 * becomes
 *
 *     const isWord = (text) => (cover('1'), WORD).test(text);
 *
 * What is exported may be read elsewhere, and is left as it is. Where one value has several mutants, its reads tell the first, whose code runs once while the
 * file loads, too.
 *
 * @param root a tree that StrykerJS has placed its mutants in
 */
export function coverReads(root: Ast['root'], scopes: Scopes): Constants {
  const constants = new Map<string, string>();
  const scope = scopes.of.get(root.program);
  // Code that is made of text may read anything; what markup becomes reads what comments and settings name.
  if (!scope || 'eval' in scope.globals || scopes.hasMarkup) return constants;
  for (const binding of Object.values(scope.bindings)) {
    const ids = mutantsOf(binding, scope);
    const [first] = ids;
    if (first === undefined || !binding.referencePaths.every(canTell)) continue;
    for (const path of new Set(binding.referencePaths)) if (!isType(path)) tell(path, first);
    for (const id of ids) constants.set(id, first);
  }
  return constants;
}

/** The mutants of what a variable is set to, where nothing else can come of these. */
function mutantsOf({ path, constant, scope: own }: Binding, scope: Scope): readonly string[] {
  const { init, id } = path.node as unknown as Record<'init' | 'id', Node | null | undefined>;
  if (!constant || own !== scope || !path.isVariableDeclarator() || !path.parentPath.parentPath?.isProgram() || id?.type !== 'Identifier' || !init)
    return [];
  const value = new Value(scope);
  return value.isPlain(init) ? value.ids : [];
}

const LITERALS = new Set(['StringLiteral', 'NumericLiteral', 'BooleanLiteral', 'NullLiteral', 'RegExpLiteral']);
const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'ObjectMethod']);
const WRAPPERS = new Set(['ParenthesizedExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion']);

/** What a variable is set to. */
class Value {
  /** The mutants that stand in it, but for those in functions. */
  readonly ids: string[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Whether it is made of literals, functions and other variables, so that making it does nothing and cannot fail. */
  isPlain(node: Node | null): boolean {
    // Of a list.
    if (!node) return true;
    const inner = this.#inner(node);
    if (inner) return inner.every((one) => this.isPlain(one));
    if (LITERALS.has(node.type) || FUNCTIONS.has(node.type) || node.type === 'Identifier' || isNamedArrow(node)) return true;
    if (node.type === 'ArrayExpression') return (node.elements as Node[]).every((one) => this.isPlain(one));
    if (node.type === 'ObjectExpression') return (node.properties as Node[]).every((one) => this.#isPlainProperty(one));
    if (node.type === 'UnaryExpression' && /^(!|void|typeof)$/.test(String(node.operator))) return this.isPlain(node.argument as Node);
    return this.#isSum(node) || this.#isBuiltIn(node);
  }

  /** The parts that a node comes to one of. */
  #inner(node: Node): Node[] | undefined {
    if (isSwitch(node)) {
      this.ids.push(idAsked(node.test as Node) as string);
      return [node.consequent as Node, node.alternate as Node];
    }
    const code = covered(node) ?? (WRAPPERS.has(node.type) ? (node.expression as Node) : undefined);
    return code && [code];
  }

  #isPlainProperty(node: Node): boolean {
    if (node.computed) return false;
    return node.type === 'ObjectMethod' || (node.type === 'ObjectProperty' && this.isPlain(node.value as Node));
  }

  /** Whether it is counted or put together from literals: of anything else, operators may call code. */
  #isSum(node: Node): boolean {
    const inner = this.#inner(node);
    if (inner) return inner.every((one) => this.#isSum(one));
    if (/^(String|Numeric)Literal$/.test(node.type)) return true;
    if (node.type === 'TemplateLiteral') return (node.expressions as Node[]).every((one) => this.#isSum(one));
    if (node.type === 'UnaryExpression') return /^[-+~]$/.test(String(node.operator)) && this.#isSum(node.argument as Node);
    if (node.type !== 'BinaryExpression' || /^(in|instanceof|\|>)$/.test(String(node.operator))) return false;
    return this.#isSum(node.left as Node) && this.#isSum(node.right as Node);
  }

  /** `Object.freeze(…)`, or a set of what stands in a list. */
  #isBuiltIn({ type, callee, arguments: values }: Node): boolean {
    const { object, property, computed, name } = (callee ?? {}) as Record<'object' | 'property', Node | undefined> &
      Record<'computed' | 'name', unknown>;
    const [value, ...more] = (values ?? []) as Node[];
    if (!value || more.length > 0) return false;
    if (type === 'NewExpression') return name === 'Set' && this.#isGlobal('Set') && this.#isList(value) && this.isPlain(value);
    const freezes = type === 'CallExpression' && object?.name === 'Object' && property?.name === 'freeze' && !computed;
    return freezes && this.#isGlobal('Object') && this.#isNew(value) && this.isPlain(value);
  }

  /** Whether it is no other variable's value, to which something would be done. */
  #isNew(node: Node): boolean {
    const inner = this.#inner(node);
    return inner ? inner.every((one) => this.#isNew(one)) : node.type !== 'Identifier';
  }

  #isList(node: Node): boolean {
    if (isSwitch(node)) return this.#isList(node.consequent as Node) && this.#isList(node.alternate as Node);
    return (covered(node) ?? node).type === 'ArrayExpression';
  }

  #isGlobal(name: string): boolean {
    return !this.#scope.hasOwnBinding(name);
  }
}

/** `(() => { const name = () => …; return name; })()`, by which StrykerJS leaves an arrow function behind a switch its name. */
function isNamedArrow({ type, callee, arguments: values }: Node): boolean {
  const arrow = callee as Node | undefined;
  if (type !== 'CallExpression' || arrow?.type !== 'ArrowFunctionExpression' || (values as Node[]).length > 0) return false;
  const [declaration, end] = (arrow.body as { body?: Node[] }).body ?? [];
  const [declared] = (declaration?.declarations ?? []) as { init?: Node }[];
  return declared?.init?.type === 'ArrowFunctionExpression' && end?.type === 'ReturnStatement' && (end.argument as Node).type === 'Identifier';
}

/** Whether a read may stand behind a comma, or is none when the program runs. */
function canTell(path: NodePath): boolean {
  const { node, parent, container, key } = path;
  if (isType(path)) return true;
  if (node.type !== 'Identifier' || (container as unknown as Record<string, unknown> | null)?.[String(key)] !== node || isSet(path)) return false;
  return !/^(Export|Decorator)/.test(parent.type) && (!parent.type.startsWith('TS') || WRAPPERS.has(parent.type));
}

/** Whether a variable is set behind something of TypeScript's, which Babel takes for a read: `(name as unknown) = 1`, `name!++`. */
function isSet(path: NodePath): boolean {
  let at = path;
  while (at.parentPath && WRAPPERS.has(at.parent.type)) at = at.parentPath;
  const { parent, parentPath, key } = at;
  if (parent.type === 'ObjectProperty') return parentPath?.parent.type === 'ObjectPattern' && key === 'value';
  if (/^(Assignment(Expression|Pattern)|For(In|Of)Statement)$/.test(parent.type)) return key === 'left';
  return /^(UpdateExpression|ArrayPattern|RestElement)$/.test(parent.type);
}

function isType({ parent }: NodePath): boolean {
  return parent.type === 'TSTypeQuery' || parent.type === 'TSQualifiedName';
}

/** Puts `(cover('1'), name)` where a name stands. */
function tell({ node, parent, container, key }: NodePath, id: string): void {
  if (parent.type === 'ObjectProperty') parent.shorthand = false;
  const expressions = [call(COVER, [text(id)]), node];
  (container as unknown as Record<string, unknown>)[String(key)] = { type: 'SequenceExpression', expressions };
}
