import type { Node, Tree } from 'web-tree-sitter';
import { containsPosition, type Position, type Range } from '../model/index.ts';

/**
 * A named piece of a file: a function, a method, or a statement outside of functions. Pieces nest; the text that belongs to a piece
 * is what it holds without the pieces inside it.
 */
export interface Piece {
  /** Qualified by classes, objects and functions around it: `Cart.add`. Empty for top-level code without a name. */
  name: string;
  kind: 'function' | 'statement';
  range: Range;
  /** Offsets, in UTF-16 units, of its beginning and its end. */
  start: number;
  end: number;
  /** Its own text as stretches of offsets, in order. */
  own: { start: number; end: number }[];
}

/** All pieces of a file in the order of their beginnings; together their own texts are all of the file but white space and comments between statements. */
export function pieces(tree: Tree): Piece[] {
  const found: Piece[] = [];
  for (const statement of tree.rootNode.namedChildren) {
    if (statement && statement.type !== 'comment' && statement.type !== 'import_statement') {
      collect(statement, { scope: [], nested: openPiece(statement, found) }, found);
    }
  }
  for (const [i, piece] of found.entries()) piece.own = subtract(piece, i, found);
  return found;
}

/** The range of the innermost function around a position, else of the statement outside of functions; undefined between them. */
export function enclosingPiece(tree: Tree, position: Position): Range | undefined {
  const around = pieces(tree).filter(({ range }) => containsPosition(range, position));
  return (around.findLast(({ kind }) => kind === 'function') ?? around.at(-1))?.range;
}

/** Whether a node is a function of whatever kind: declared, an expression, an arrow or a method. */
export function isFunction({ type }: Node): boolean {
  return FUNCTIONS.has(type);
}

/** The types of nodes that are functions with a body. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

interface Context {
  scope: string[];
  nested: Piece;
}

/** A top-level statement is a piece of its own, named after what it declares; one that only declares a function is that function. */
function openPiece(statement: Node, found: Piece[]): Piece {
  const piece = makePiece(statement, statementName(statement), 'statement');
  found.push(piece);
  return piece;
}

function collect(node: Node, context: Context, found: Piece[]): void {
  if (isFunction(node)) {
    const name = functionName(node);
    if (name !== undefined) {
      const scope = [...context.scope, name];
      if (sameStart(node, context.nested)) {
        context.nested.name = scope.join('.');
        context.nested.kind = 'function';
        collectChildren(node, { scope, nested: context.nested }, found);
        return;
      }
      const piece = makePiece(node, scope.join('.'), 'function');
      found.push(piece);
      collectChildren(node, { scope, nested: piece }, found);
      return;
    }
  }
  const scoped = scopeName(node);
  collectChildren(node, scoped === undefined ? context : { ...context, scope: [...context.scope, scoped] }, found);
}

function collectChildren(node: Node, context: Context, found: Piece[]): void {
  for (const child of node.namedChildren) if (child) collect(child, context, found);
}

/** Whether a function is all that a top-level statement declares: `export function f() {}`, `const f = () => {}`. */
function sameStart(node: Node, statement: Piece): boolean {
  if (statement.kind !== 'statement' || statement.end < node.endIndex) return false;
  let at: Node | null = node;
  while (at && at.startIndex > statement.start) {
    at = at.parent;
    if (
      !at ||
      !/^(variable_declarator|lexical_declaration|variable_declaration|export_statement|assignment_expression|expression_statement)$/.test(at.type)
    )
      return false;
    if (at.namedChildren.filter((child) => child?.type === 'variable_declarator').length > 1) return false;
  }
  return at !== null && at.startIndex === statement.start;
}

/** What names a function: its own name, or that of what it is set to; null where it has none. */
export function nameNode(node: Node): Node | null {
  const own = node.childForFieldName('name');
  if (own?.text) return own;
  const { parent } = node;
  switch (parent?.type) {
    case 'variable_declarator':
      return parent.childForFieldName('name');
    case 'pair':
      return parent.childForFieldName('key');
    case 'assignment_expression':
      return parent.childForFieldName('left');
    case 'field_definition':
    case 'public_field_definition':
      return parent.childForFieldName('property') ?? parent.childForFieldName('name');
    default:
      return null;
  }
}

/** The name of a function without what stands around it; undefined where it has none. */
export function functionName(node: Node): string | undefined {
  const name = nameNode(node);
  switch (name ? name.parent?.type : node.parent?.type) {
    case 'export_statement':
      return 'default';
    case 'pair':
      return keyName(name);
    case 'assignment_expression':
      return memberName(name);
    default:
      return name?.text;
  }
}

/** The name that a class, a named object or a namespace lends to what stands in it. */
function scopeName(node: Node): string | undefined {
  switch (node.type) {
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'internal_module':
      return node.childForFieldName('name')?.text;
    case 'class':
    case 'object':
      if (node.parent?.type === 'variable_declarator') return node.parent.childForFieldName('name')?.text;
      if (node.parent?.type === 'pair') return keyName(node.parent.childForFieldName('key'));
      if (node.parent?.type === 'assignment_expression') return memberName(node.parent.childForFieldName('left'));
      return undefined;
    default:
      return undefined;
  }
}

function statementName(statement: Node): string {
  const declaration = statement.type === 'export_statement' ? (statement.childForFieldName('declaration') ?? statement) : statement;
  const named = declaration.childForFieldName('name')?.text;
  if (named) return named;
  const declarators = declaration.namedChildren.filter((child) => child?.type === 'variable_declarator');
  const names = declarators.map((declarator) => declarator?.childForFieldName('name')).filter((name) => name?.type === 'identifier');
  return names.map((name) => name?.text).join(', ');
}

/** `exports.parse` and `Cart.prototype.add` are known by what follows the plumbing. */
function memberName(left: Node | null): string | undefined {
  const name = left?.text.replace(/^(module\.)?exports\.|^this\./, '').replace('.prototype.', '.');
  return name && /^[\w$.#]+$/.test(name) ? name : undefined;
}

function keyName(key: Node | null): string | undefined {
  return key?.text.replace(/^['"]|['"]$/g, '');
}

function makePiece(node: Node, name: string, kind: Piece['kind']): Piece {
  return {
    name,
    kind,
    range: {
      start: { line: node.startPosition.row, column: node.startPosition.column },
      end: { line: node.endPosition.row, column: node.endPosition.column },
    },
    start: node.startIndex,
    end: node.endIndex,
    own: [],
  };
}

/** What inner pieces leave of a piece; they stand right behind it in the order of beginnings. */
function subtract(piece: Piece, index: number, all: readonly Piece[]): { start: number; end: number }[] {
  const own: { start: number; end: number }[] = [];
  let at = piece.start;
  for (let i = index + 1; i < all.length; i++) {
    const inner = all[i] as Piece;
    if (inner.start >= piece.end) break;
    if (inner.start < at || inner.end > piece.end) continue;
    own.push({ start: at, end: inner.start });
    at = inner.end;
  }
  own.push({ start: at, end: piece.end });
  return own;
}
