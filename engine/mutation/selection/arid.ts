import type { Node } from 'web-tree-sitter';
import type { Range } from '../../model/index.ts';
import type { SyntaxTree } from '../../syntax/index.ts';
import type { AridRule } from '../../workspace/index.ts';

/** Says why the code in a range is arid by one of the rules; undefined where it is not. */
export function aridReason(tree: SyntaxTree, { start, end }: Range, rules: readonly AridRule[]): string | undefined {
  const point = ({ line, column }: Range['start']) => ({ row: line, column });
  const mutated = tree.tree.rootNode.descendantForPosition(point(start), point(end));
  // The body of a function that does nothing else than log: to look at it from inside would find no reason.
  if (!mutated) return undefined;
  for (let at: Node | null = mutated, from: Node | undefined; at; from = at, at = at.parent) {
    const why = wholly(at, rules) ?? (from && partly(at, from, mutated, rules));
    if (why !== undefined) return why;
    // What a callback does is its own matter, also where a logger calls it; and whoever sets or waits for something in an argument does more than log.
    if (at !== mutated && FUNCTION.test(at.type)) return undefined;
    if (hasOwnEffect(at)) return undefined;
  }
  return undefined;
}

const FUNCTION = /^(function_declaration|function_expression|generator_function|generator_function_declaration|arrow_function|method_definition)$/;
const EFFECTS = [
  ...['assignment_expression', 'augmented_assignment_expression', 'update_expression', 'await_expression', 'yield_expression'],
  ...['arrow_function', 'function_expression', 'generator_function'],
];

function hasOwnEffect(node: Node): boolean {
  return EFFECTS.slice(0, 5).includes(node.type);
}

/** The reason why all that a node does is arid. */
function wholly(node: Node, rules: readonly AridRule[]): string | undefined {
  switch (node.type) {
    case 'call_expression':
    case 'new_expression':
      return arguments_(node).some(isMore) ? undefined : ruleOf(node, rules, (rule) => rule.argument === undefined && !rule.text)?.why;
    case 'expression_statement':
    case 'parenthesized_expression':
    case 'else_clause':
    case 'await_expression':
    case 'statement_block':
      return all(code(node), rules);
    case 'if_statement': {
      const condition = node.childForFieldName('condition');
      const branches = [node.childForFieldName('consequence'), node.childForFieldName('alternative')].filter((branch) => branch !== null);
      return condition && isQuiet(condition) ? all(branches, rules) : undefined;
    }
    case 'binary_expression': {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
      const isCondition = /^(&&|\|\||\?\?)$/.test(node.childForFieldName('operator')?.type ?? '');
      return isCondition && left && right && isQuiet(left) ? wholly(right, rules) : undefined;
    }
    case 'arrow_function': {
      const body = node.childForFieldName('body');
      return body ? wholly(body, rules) : undefined;
    }
    default:
      return undefined;
  }
}

/** The reason why the part `from` of a node is arid, though the node itself is not. */
function partly(node: Node, from: Node, mutated: Node, rules: readonly AridRule[]): string | undefined {
  if (node.type === 'arguments' && node.parent) {
    const index = arguments_(node.parent).findIndex((one) => one.id === from.id);
    const isText = isProse(mutated);
    return ruleOf(
      node.parent,
      rules,
      ({ argument, text }) => (argument ?? index) === index && (text ? isText : argument !== undefined && !isMore(from)),
    )?.why;
  }
  if (node.type === 'throw_statement') return isProse(mutated) ? ruleNamed('throw', rules)?.why : undefined;
  return setName(node, from) === undefined || !isConstant(from) ? undefined : valueRule(setName(node, from) ?? '', rules)?.why;
}

type CallRule = Extract<AridRule, { call: string[] }>;

function ruleOf(call: Node, rules: readonly AridRule[], fits: (rule: CallRule) => boolean): CallRule | undefined {
  const callee = call.childForFieldName('function') ?? call.childForFieldName('constructor');
  if (!callee || !/^(identifier|member_expression)$/.test(callee.type)) return undefined;
  const name = callee.text.replace(/\?\.|\s+/g, (sign) => (sign === '?.' ? '.' : ''));
  return rules.find((rule): rule is CallRule => 'call' in rule && rule.call.some((pattern) => matches(pattern, name)) && fits(rule));
}

function ruleNamed(name: string, rules: readonly AridRule[]): CallRule | undefined {
  return rules.find((rule): rule is CallRule => 'call' in rule && rule.call.includes(name));
}

function valueRule(name: string, rules: readonly AridRule[]): AridRule | undefined {
  return rules.find((rule) => 'value' in rule && rule.value.some((pattern) => matches(pattern.toLowerCase(), name.toLowerCase())));
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** The name of the variable or property that `from` is the value of. */
function setName(node: Node, from: Node): string | undefined {
  const [key, value] = { pair: ['key', 'value'], variable_declarator: ['name', 'value'], assignment_expression: ['left', 'right'] }[node.type] ?? [
    /field_definition$/.test(node.type) ? (node.childForFieldName('name') ? 'name' : 'property') : '',
    'value',
  ];
  if (!key || !value || node.childForFieldName(value)?.id !== from.id) return undefined;
  return node.childForFieldName(key)?.text.split('.').at(-1)?.replace(/['"#]/g, '');
}

/** Made of numbers, strings and names in capitals, as one writes constants; a switch is none, whatever its name. */
function isConstant(node: Node): boolean {
  if (/^(number|string)$/.test(node.type)) return true;
  if (node.type === 'identifier') return /^[A-Z][A-Z0-9_]*$/.test(node.text);
  return (
    /^(binary_expression|unary_expression|parenthesized_expression|template_string|as_expression)$/.test(node.type) && code(node).every(isConstant)
  );
}

/** Words for people, not a key or a code: they have a space between them. */
function isProse(node: Node): boolean {
  const literal = node.type === 'string_fragment' ? node.parent : node;
  return literal !== null && /^(string|template_string)$/.test(literal.type) && /\S\s+\S/.test(literal.text.slice(1, -1));
}

/** Neither calls nor sets anything, so that leaving it out leaves nothing undone. */
function isQuiet(node: Node): boolean {
  return node.descendantsOfType([...EFFECTS, 'call_expression', 'new_expression']).length === 0;
}

/** Does more than to make what is said: sets, waits, or holds a function. */
function isMore(node: Node): boolean {
  return node.descendantsOfType(EFFECTS).length > 0;
}

function all(nodes: readonly Node[], rules: readonly AridRule[]): string | undefined {
  let first: string | undefined;
  for (const node of nodes) {
    const why = wholly(node, rules);
    if (why === undefined) return undefined;
    first ??= why;
  }
  return first;
}

function arguments_(call: Node): Node[] {
  return code(call.childForFieldName('arguments'));
}

function code(node: Node | null): Node[] {
  return (node?.namedChildren ?? []).filter((child) => child !== null && child.type !== 'comment') as Node[];
}
