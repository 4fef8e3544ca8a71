import type { Node, Tree } from 'web-tree-sitter';
import { type Documented, documentedTypes } from './documented.ts';
import { type Literal, UNDEFINED } from './literals.ts';

/** How many lists of arguments are made of one signature. */
const MOST_LISTS = 24;
/** How many values are made of one parameter's type. */
const MOST_OF_ONE = 12;
/** How deep types are followed that are declared in the file. */
const DEPTH = 3;

/** Lists of arguments that the types of a function would take, as it or the comment in front of it says; undefined where it cannot be told. */
export function argumentListsOf(node: Node, types: ReadonlyMap<string, Node>): Literal[][] | undefined {
  const samples = samplesOf(parametersOf(node), types, documentedTypes(commentBefore(node)));
  return samples && listsOf(samples);
}

/** Values that the types of each parameter of a function would take; none where nothing says what it is. */
export function valuesOfParameters(node: Node, types: ReadonlyMap<string, Node>): Literal[][] {
  const documented = documentedTypes(commentBefore(node));
  return parametersOf(node)
    .filter(isParameter)
    .map((parameter) => (patternOf(parameter).type === 'rest_pattern' ? [] : sampleOf(parameter, types, documented).values))
    .map((values) => (values === ANYTHING ? [] : values.slice(0, MOST_OF_ONE)));
}

/** The names of a function's parameters, as far as the first that has none. */
export function parameterNames(node: Node): string[] {
  const names = parametersOf(node).map((parameter) => {
    const pattern = parameter?.childForFieldName('pattern') ?? parameter;
    const name = pattern?.type === 'assignment_pattern' ? pattern.childForFieldName('left') : pattern;
    return name?.type === 'identifier' ? name.text : undefined;
  });
  const end = names.indexOf(undefined);
  return (end < 0 ? names : names.slice(0, end)).filter((name) => name !== undefined);
}

/** Those in parentheses, or the only one without. */
function parametersOf(node: Node): readonly (Node | null)[] {
  const single = node.childForFieldName('parameter');
  return single ? [single] : (node.childForFieldName('parameters')?.namedChildren ?? []);
}

/** Values that a parameter may be given; an optional one may be left out. */
interface Samples {
  values: Literal[];
  isOptional: boolean;
}

function listsOf(parameters: readonly Samples[]): Literal[][] {
  const first = parameters.map(({ values: [value = UNDEFINED] }) => value);
  const required = parameters.findLastIndex(({ isOptional }) => !isOptional) + 1;
  const lists = [first.slice(0, required)];
  // What has no type is often of one kind.
  const kinds = parameters.length > 1 && parameters.every(({ values }) => values === ANYTHING) ? ANYTHING.slice(1) : [];
  for (const value of kinds) lists.push(parameters.slice(0, Math.max(required, 1)).map(() => value));
  for (let length = required + 1; length <= first.length; length++) lists.push(first.slice(0, length));
  // One of them may be another one; left out, an optional one is not there at all.
  for (const [i, { values }] of parameters.entries()) {
    for (const value of values.slice(1)) lists.push(first.slice(0, Math.max(required, i + 1)).map((one, j) => (j === i ? value : one)));
  }
  return lists.slice(0, MOST_LISTS);
}

function samplesOf(
  parameters: readonly (Node | null)[],
  types: ReadonlyMap<string, Node>,
  documented: ReadonlyMap<string, Documented>,
): Samples[] | undefined {
  const samples: Samples[] = [];
  for (const parameter of parameters) {
    if (!isParameter(parameter)) continue;
    if (patternOf(parameter).type === 'rest_pattern') return samples;
    const one = sampleOf(parameter, types, documented);
    if (one.values.length > 0) samples.push(one);
    // What comes behind one that is left out is left out too.
    else if (one.isOptional) return samples;
    else return undefined;
  }
  return samples;
}

function sampleOf(parameter: Node, types: ReadonlyMap<string, Node>, documented: ReadonlyMap<string, Documented>): Samples {
  const pattern = patternOf(parameter);
  const initial = parameter.childForFieldName('value') ?? (parameter.type === 'assignment_pattern' ? parameter.childForFieldName('right') : null);
  const type = parameter.childForFieldName('type')?.namedChildren[0];
  const name = pattern.type === 'assignment_pattern' ? (pattern.childForFieldName('left')?.text ?? '') : pattern.text;
  const said = documented.get(name);
  const isOptional = parameter.type === 'optional_parameter' || initial !== null || (said?.isOptional ?? false);
  return { values: type ? ofType(type, types, DEPTH) : said ? said.values : initial ? ofValue(initial) : ANYTHING, isOptional };
}

function patternOf(parameter: Node): Node {
  return parameter.childForFieldName('pattern') ?? parameter;
}

/** TypeScript's `this` is none. */
function isParameter(node: Node | null): node is Node {
  return node !== null && node.type !== 'comment' && patternOf(node).type !== 'this';
}

/** The comment in front of a function, or of the statement or the class body that it is declared in. */
function commentBefore(node: Node): string {
  let at: Node | null = node;
  while (at?.parent && at.parent.type !== 'program' && at.parent.type !== 'class_body') at = at.parent;
  const before = at?.previousNamedSibling;
  return before?.type === 'comment' ? before.text : '';
}

const EMPTY: Literal = { $: 'object', entries: [] };
const array = (...items: Literal[]): Literal => ({ $: 'array', items });
/** What a parameter without a type may be. */
const ANYTHING: Literal[] = ['a', 1, array('a'), array(1), EMPTY, { $: 'function', text: '(value) => value' }];
const PREDEFINED: Record<string, Literal[]> = {
  string: ['a', ''],
  number: [1, 0],
  boolean: [true, false],
  bigint: [{ $: 'bigint', digits: '1' }],
  undefined: [UNDEFINED],
  object: [EMPTY],
  any: ANYTHING,
  unknown: ANYTHING,
};
const NAMED: Record<string, Literal[]> = {
  Date: [{ $: 'date', time: 0 }],
  RegExp: [{ $: 'regexp', source: 'a', flags: '' }],
  URL: [{ $: 'url', href: 'https://example.com/' }],
  Uint8Array: [{ $: 'bytes', type: 'Uint8Array', items: [1] }],
};

/** Values of a type; none where it is not known. */
function ofType(type: Node, types: ReadonlyMap<string, Node>, depth: number): Literal[] {
  if (depth < 0) return [];
  const inner = (one: Node | null | undefined) => (one ? ofType(one, types, depth - 1) : []);
  switch (type.type) {
    case 'predefined_type':
      return PREDEFINED[type.text] ?? [];
    case 'literal_type':
      return type.namedChildren[0] ? ofValue(type.namedChildren[0]) : [];
    case 'parenthesized_type':
    case 'readonly_type':
      return inner(type.namedChildren[0]);
    case 'union_type':
      return type.namedChildren.flatMap(inner);
    case 'array_type':
      return listsFrom(inner(type.namedChildren[0]));
    case 'tuple_type': {
      const items = type.namedChildren.map((one) => inner(one)[0]);
      return items.every((one) => one !== undefined) ? [array(...(items as Literal[]))] : [];
    }
    case 'function_type':
      return [{ $: 'function', text: '() => undefined' }];
    case 'object_type':
    case 'interface_body':
      return ofProperties(type, inner);
    case 'generic_type':
      return ofGeneric(type, inner);
    case 'type_identifier': {
      const declared = types.get(type.text);
      return NAMED[type.text] ?? (declared ? inner(declared) : []);
    }
    default:
      return [];
  }
}

function listsFrom([first, second]: Literal[]): Literal[] {
  return first === undefined ? [] : [array(first), array(), array(first, second ?? first)];
}

function ofGeneric(type: Node, inner: (one: Node | null | undefined) => Literal[]): Literal[] {
  const [first, second] = type.childForFieldName('type_arguments')?.namedChildren ?? [];
  switch (type.childForFieldName('name')?.text) {
    case 'Array':
    case 'ReadonlyArray':
    case 'Iterable':
      return listsFrom(inner(first));
    case 'Set':
    case 'ReadonlySet':
      return inner(first)
        .slice(0, 1)
        .map((item): Literal => ({ $: 'set', items: [item] }));
    case 'Record':
      return inner(second)
        .slice(0, 1)
        .map((value): Literal => ({ $: 'object', entries: [['a', value]] }));
    case 'Partial':
    case 'Readonly':
    case 'Required':
      return inner(first);
    default:
      return [];
  }
}

function ofProperties(type: Node, inner: (one: Node | null | undefined) => Literal[]): Literal[] {
  const required: [string, Literal][] = [];
  const optional: [string, Literal][] = [];
  /** What each may be as well. */
  const others: [string, Literal][] = [];
  for (const property of type.namedChildren) {
    if (property?.type !== 'property_signature') continue;
    const name = property.childForFieldName('name')?.text.replace(/^['"]|['"]$/g, '') ?? '';
    const [value, other] = inner(property.childForFieldName('type')?.namedChildren[0]);
    const isOptional = property.children.some((child) => child?.type === '?');
    if (value !== undefined) (isOptional ? optional : required).push([name, value]);
    else if (!isOptional) return [];
    if (other !== undefined) others.push([name, other]);
  }
  const made = (entries: [string, Literal][]): Literal => ({ $: 'object', entries });
  const single = optional.length > 1 ? optional.map((one) => made([...required, one])) : [];
  const some = optional.length === 0 ? [] : [made(required), ...single];
  return [made([...required, ...optional]), ...some, ...others.map((one) => made([...new Map([...required, one])]))];
}

/** What an expression that only says a value says, and others of its kind. */
function ofValue(value: Node): Literal[] {
  switch (value.type) {
    case 'string':
      return [value.text.slice(1, -1)];
    case 'number':
      return Number.isFinite(Number(value.text)) ? [Number(value.text)] : [];
    case 'true':
    case 'false':
      return [value.text === 'true', value.text !== 'true'];
    case 'null':
      return [null];
    case 'undefined':
      return [UNDEFINED];
    case 'array':
      return [array(), array('a')];
    case 'object':
      return [EMPTY];
    default:
      return [];
  }
}

/** The types that a file declares, by their names. */
export function typesIn(tree: Tree): Map<string, Node> {
  const types = new Map<string, Node>();
  for (const node of tree.rootNode.descendantsOfType(['type_alias_declaration', 'interface_declaration'])) {
    const name = node?.childForFieldName('name')?.text;
    const type = node?.childForFieldName(node.type === 'interface_declaration' ? 'body' : 'value');
    if (name !== undefined && type) types.set(name, type);
  }
  return types;
}
