import type { Node, Tree } from 'web-tree-sitter';
import type { Position, Range } from '../model/index.ts';

/** How far it is followed who calls what. */
const DEPTH = 3;

/**
 * The names of the functions of a file by which code can be run: the one that a place stands in, those that use it by its name, and those that use these.
 * A place outside of all functions is followed from the name that it is the value of.
 */
export function ownersAt(tree: Tree, range: Range): string[] {
  const at = nodeAt(tree, range);
  const owners = at ? namesAround(at) : [];
  const users = usersOf(tree);
  for (let depth = 0; depth < DEPTH; depth++) {
    for (const name of [...owners]) for (const user of users.get(name) ?? []) if (!owners.includes(user)) owners.push(user);
  }
  return owners;
}

/** How many uses of a variable are looked at. */
const MOST_USES = 8;

/** A use of a variable, and the statement that it stands in. */
export interface Use {
  at: Position;
  statement: Range;
}

/** Where in functions of a file the variable is used that a place is the value of, or a part of that: code that runs when its module is loaded shows there. */
export function usesAt(tree: Tree, range: Range): Use[] {
  let name: string | undefined;
  for (let node = nodeAt(tree, range); node; node = node.parent) if (node.type === 'variable_declarator') name = nameOf(node);
  if (name === undefined) return [];
  const uses = tree.rootNode.descendantsOfType(['identifier', 'shorthand_property_identifier']).filter((node): node is Node => {
    return node?.text === name && node.parent?.childForFieldName('name')?.id !== node.id && namesAround(node).some((one) => one !== name);
  });
  return uses.slice(0, MOST_USES).map((node) => {
    let statement = node;
    while (statement.parent && !/(statement|declaration)$/.test(statement.type)) statement = statement.parent;
    return { at: placeOf(node.startPosition), statement: { start: placeOf(statement.startPosition), end: placeOf(statement.endPosition) } };
  });
}

function placeOf({ row, column }: Node['startPosition']): Position {
  return { line: row, column };
}

/** More arguments than anybody gives: what else a function with a rest parameter without a type would do, given more, is not known. */
export const ANY_NUMBER = 1000;

/** A function with a name, and how many parameters it has. */
export interface NamedFunction {
  name: string;
  arity: number;
}

/** The nearest function with a name that a place stands in. */
export function functionAt(tree: Tree, range: Range): NamedFunction | undefined {
  for (let node = nodeAt(tree, range); node; node = node.parent) {
    const parameters = node.childForFieldName('parameters');
    if (!parameters && !node.childForFieldName('parameter')) continue;
    const name = nameOf(node) ?? (node.parent ? nameOf(node.parent) : undefined);
    if (name === undefined) continue;
    if (!parameters) return { name, arity: 1 };
    const its = parameters.namedChildren.filter((one) => one?.type !== 'comment');
    return { name, arity: its.some((one) => one?.type === 'rest_pattern') ? ANY_NUMBER : its.length };
  }
  return undefined;
}

/** Whether a place is part of a condition, so that another value there is another way to go on. */
export function decidesAt(tree: Tree, range: Range): boolean {
  for (let node = nodeAt(tree, range); node?.parent; node = node.parent) {
    if (/statement_block|function|method/.test(node.type)) return false;
    if (node.parent.childForFieldName('condition')?.id === node.id) return true;
  }
  return false;
}

function nodeAt(tree: Tree, { start, end }: Range): Node | null {
  return tree.rootNode.descendantForPosition({ row: start.line, column: start.column }, { row: end.line, column: end.column });
}

/** What a place is known by: functions and classes around it, and the variable that it is the value of. */
function namesAround(at: Node): string[] {
  const names: string[] = [];
  for (let node: Node | null = at; node; node = node.parent) {
    const name = nameOf(node);
    if (name !== undefined && !names.includes(name)) names.push(name);
  }
  return names;
}

function nameOf(node: Node): string | undefined {
  if (
    /^(function|generator_function|class|abstract_class)_declaration$|^method_definition$|^(function|generator_function)?_?expression$|^class$/.test(
      node.type,
    )
  ) {
    return node.childForFieldName('name')?.text;
  }
  if (node.type === 'variable_declarator') {
    const name = node.childForFieldName('name');
    return name?.type === 'identifier' ? name.text : undefined;
  }
  if (node.type === 'assignment_expression') return node.childForFieldName('left')?.text.split('.').at(-1);
  if (node.type === 'pair') return node.childForFieldName('key')?.text;
  return undefined;
}

/** By each name, the names of what stands around its uses. */
function usersOf(tree: Tree): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const node of tree.rootNode.descendantsOfType(['identifier', 'property_identifier', 'shorthand_property_identifier'])) {
    if (!node) continue;
    const around = users.get(node.text) ?? new Set();
    for (const name of namesAround(node)) if (name !== node.text) around.add(name);
    users.set(node.text, around);
  }
  return users;
}
