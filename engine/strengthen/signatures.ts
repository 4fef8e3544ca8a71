import type { Node, Tree } from 'web-tree-sitter';
import type { Taken } from './explorer/variations.ts';
import type { Literal } from './literals.ts';
import { argumentListsOf, parameterNames, typesIn, valuesOfParameters } from './samples.ts';

/** A function or class that a file exports under a name, and lists of arguments that its types would take. */
export interface ExportedFunction {
  /** That of the export; of what a module exports as a whole, or by default, its own or what it may be called by. */
  name: string;
  isDefault: boolean;
  kind: 'function' | 'new';
  argumentLists: Literal[][];
  /** The names of its parameters, as far as they have some. */
  parameters: string[];
}

/** What objects of a class can be asked: a method, with lists of arguments, or a getter. */
export interface Member {
  className: string;
  name: string;
  kind: 'method' | 'get';
  argumentLists: Literal[][];
}

/**
 * The functions and classes that a file exports, as far as it can be told what they take.
 *
 * @param unnamed what the default export may be called by where it has no name
 */
export function exportedFunctions(tree: Tree, unnamed: string): ExportedFunction[] {
  const types = typesIn(tree);
  const declared = new Map([...functionsIn(tree), ...classesIn(tree)]);
  const of = (name: string, node: Node | undefined, isDefault: boolean): ExportedFunction[] => {
    if (!node || node.type === 'abstract_class_declaration') return [];
    const kind = /^class/.test(node.type) ? 'new' : 'function';
    const argumentLists = kind === 'new' ? constructorOf(node, types) : argumentListsOf(node, types);
    return argumentLists ? [{ name, isDefault, kind, argumentLists, parameters: kind === 'new' ? [] : parameterNames(node) }] : [];
  };
  const named = [...exportedNames(tree)].flatMap((name) => of(name, declared.get(name), false));
  const whole = wholeOf(tree);
  const name = whole?.type === 'identifier' ? whole.text : (whole?.childForFieldName('name')?.text ?? unnamed);
  const node = whole?.type === 'identifier' ? declared.get(whole.text) : (whole ?? undefined);
  return named.some((one) => one.name === name) ? named : [...named, ...of(name, node, true)];
}

/** What a file exports by default, or all that it exports where that is one function or class. */
function wholeOf(tree: Tree): Node | undefined {
  for (const statement of tree.rootNode.namedChildren) {
    const isDefault = statement?.type === 'export_statement' && statement.children.some((child) => child?.type === 'default');
    const exported = isDefault ? (statement.childForFieldName('declaration') ?? statement.childForFieldName('value')) : wholeModule(statement);
    if (exported && /^(identifier|(generator_)?function(_declaration|_expression)?|arrow_function|class(_declaration)?)$/.test(exported.type))
      return exported;
  }
  return undefined;
}

/** `a` of `module.exports = a`. */
function wholeModule(statement: Node | null): Node | null {
  const assigned = statement?.type === 'expression_statement' ? statement.namedChildren[0] : undefined;
  return assigned?.type === 'assignment_expression' && assigned.childForFieldName('left')?.text === 'module.exports'
    ? assigned.childForFieldName('right')
    : null;
}

/** What the functions at the top level of a file and the methods of its classes take, by their names: values of each parameter's type. */
export function takenBy(tree: Tree): Taken[] {
  const types = typesIn(tree);
  const methods = [...classesIn(tree).values()]
    .flatMap(methodsOf)
    .map((method): [string, Node] => [method.childForFieldName('name')?.text ?? '', method]);
  return [...functionsIn(tree), ...assignedIn(tree), ...methods].map(([name, node]) => ({ name, values: valuesOfParameters(node, types) }));
}

/** The getters and methods that everybody may use of objects of the classes of a file. */
export function membersIn(tree: Tree): Member[] {
  const types = typesIn(tree);
  return [...classesIn(tree)].flatMap(([className, made]) =>
    methodsOf(made).flatMap((method): Member[] => {
      const name = method.childForFieldName('name');
      if (name?.type !== 'property_identifier' || name.text === 'constructor' || has(method, 'static', 'set') || isPrivate(method)) return [];
      if (has(method, 'get')) return [{ className, name: name.text, kind: 'get', argumentLists: [[]] }];
      const argumentLists = argumentListsOf(method, types);
      return argumentLists ? [{ className, name: name.text, kind: 'method', argumentLists }] : [];
    }),
  );
}

/** What a class takes; of one that extends another only where it says so itself. */
function constructorOf(made: Node, types: ReadonlyMap<string, Node>): Literal[][] | undefined {
  const own = methodsOf(made).find((method) => method.childForFieldName('name')?.text === 'constructor');
  if (own) return isPrivate(own) ? undefined : argumentListsOf(own, types);
  return made.namedChildren.some((child) => child?.type === 'class_heritage') ? undefined : [[]];
}

function methodsOf(made: Node): Node[] {
  return (made.childForFieldName('body')?.namedChildren ?? []).filter((one): one is Node => one?.type === 'method_definition');
}

function has(method: Node, ...words: string[]): boolean {
  return method.children.some((child) => child !== null && words.includes(child.type));
}

/** By its modifier, or by the habit of naming. */
function isPrivate(method: Node): boolean {
  const modifier = method.children.find((child) => child?.type === 'accessibility_modifier');
  return /^(private|protected)$/.test(modifier?.text ?? '') || /^_/.test(method.childForFieldName('name')?.text ?? '');
}

/** The classes at the top level of a file, by their names. */
function classesIn(tree: Tree): Map<string, Node> {
  const classes = new Map<string, Node>();
  for (const statement of tree.rootNode.namedChildren) {
    const declared = statement?.type === 'export_statement' ? statement.childForFieldName('declaration') : statement;
    if (declared && /^(abstract_)?class_declaration$/.test(declared.type)) add(classes, declared.childForFieldName('name')?.text, declared);
  }
  return classes;
}

/** Functions that become properties of something at the top level of a file, like `parse.all = (text) => …`, by the names of these. */
function assignedIn(tree: Tree): [string, Node][] {
  return tree.rootNode.namedChildren.flatMap((statement): [string, Node][] => {
    const assigned = statement?.type === 'expression_statement' ? statement.namedChildren[0] : undefined;
    const left = assigned?.type === 'assignment_expression' ? assigned.childForFieldName('left') : undefined;
    const right = assigned?.childForFieldName('right');
    const name = left?.type === 'member_expression' ? left.childForFieldName('property')?.text : undefined;
    return name !== undefined && right && isFunction(right) ? [[name, right]] : [];
  });
}

/** The functions at the top level of a file, by their names. */
function functionsIn(tree: Tree): Map<string, Node> {
  const functions = new Map<string, Node>();
  for (const statement of tree.rootNode.namedChildren) {
    const declared = statement?.type === 'export_statement' ? statement.childForFieldName('declaration') : statement;
    if (!declared) continue;
    if (/^(generator_)?function_declaration$/.test(declared.type)) add(functions, declared.childForFieldName('name')?.text, declared);
    for (const declarator of declared.namedChildren) {
      const value = declarator?.type === 'variable_declarator' ? declarator.childForFieldName('value') : undefined;
      if (value && isFunction(value)) add(functions, declarator?.childForFieldName('name')?.text, value);
    }
    const assigned = declared.namedChildren[0];
    const right = assigned?.type === 'assignment_expression' ? assigned.childForFieldName('right') : undefined;
    if (right && isFunction(right)) add(functions, memberOfExports(assigned?.childForFieldName('left')), right);
  }
  return functions;
}

/** Under which names a file exports functions of its own that have the same names. */
function exportedNames(tree: Tree): Set<string> {
  const names = new Set<string>();
  const take = (name: string | undefined) => {
    if (name !== undefined) names.add(name);
  };
  for (const statement of tree.rootNode.namedChildren) {
    if (statement?.type === 'export_statement' && !statement.children.some((child) => child?.type === 'default')) {
      const declared = statement.childForFieldName('declaration');
      take(declared?.childForFieldName('name')?.text);
      for (const declarator of declared?.namedChildren ?? []) take(declarator?.childForFieldName('name')?.text);
      if (statement.childForFieldName('source')) continue;
      for (const specifier of statement.namedChildren.find((one) => one?.type === 'export_clause')?.namedChildren ?? []) {
        if (!specifier?.childForFieldName('alias')) take(specifier?.childForFieldName('name')?.text);
      }
    }
    const assigned = statement?.type === 'expression_statement' ? statement.namedChildren[0] : undefined;
    if (assigned?.type !== 'assignment_expression') continue;
    take(memberOfExports(assigned.childForFieldName('left')));
    const right = assigned.childForFieldName('right');
    if (assigned.childForFieldName('left')?.text !== 'module.exports' || right?.type !== 'object') continue;
    for (const property of right.namedChildren) if (property?.type === 'shorthand_property_identifier') take(property.text);
  }
  return names;
}

/** `a` of `exports.a` and `module.exports.a`. */
function memberOfExports(left: Node | null | undefined): string | undefined {
  return /^(?:module\.)?exports\.([\w$]+)$/.exec(left?.text ?? '')?.[1];
}

function isFunction(node: Node): boolean {
  return /^(arrow_function|function_expression|generator_function)$/.test(node.type);
}

function add(to: Map<string, Node>, name: string | undefined, node: Node): void {
  if (name !== undefined) to.set(name, node);
}
