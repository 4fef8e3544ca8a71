import type { Bare } from '../syntax/index.ts';

/** What decides whether an assertion is come to. */
export type GateKind = 'if' | 'else' | 'and' | 'or' | 'missing' | 'each' | 'while' | 'catch' | 'case' | 'callback' | 'called';

/** Something between a test and an assertion that may not be passed. */
export interface Gate {
  kind: GateKind;
  /** What decides, as it is written. */
  text: string;
  /** Where it begins. */
  start: number;
  /** What is come to where it is passed, if that can be counted. */
  body?: Bare;
  /** Its place among the gates that are counted. */
  count?: number;
}

/** Methods that call a function once for each element there is. */
const FOR_EACH = /^(forEach|map|every|some|filter|flatMap|reduce|reduceRight|find|findIndex)$/;
const FUNCTION = /^(arrow_function|function_expression|function_declaration|method_definition|generator_function|generator_function_declaration)$/;

/** What stands between the body of a test and a node in it, outermost first; and where the code before the node may leave the function that it stands in. */
export function gatesOf(node: Bare, body: Bare): { gates: Gate[]; exit?: number } {
  const gates: Gate[] = [];
  let exit: number | undefined;
  let isOwn = true;
  for (let at = node; at !== body && at.parent; at = at.parent) {
    const { parent } = at;
    if (isOwn && parent.type === 'statement_block') exit ??= exitBefore(parent, at);
    if (FUNCTION.test(at.type)) isOwn = false;
    const gate = gateAt(at, parent);
    if (gate) gates.unshift(gate);
  }
  return { gates, ...(exit !== undefined && { exit }) };
}

function gateAt(at: Bare, parent: Bare): Gate | undefined {
  const gate = (kind: GateKind, decides: Bare | undefined, body?: Bare): Gate => {
    const isCounted = body && (/^(statement_block|switch_case|if_statement)$/.test(body.type) || FUNCTION.test(body.parent?.type ?? ''));
    return { kind, text: written(decides), start: (decides ?? at).start, ...(isCounted && { body }) };
  };
  switch (parent.type) {
    case 'if_statement':
      if (at.field === 'consequence') return gate('if', parent.get('condition'), at);
      return at.field === 'alternative' ? gate('else', parent.get('condition'), at.type === 'else_clause' ? at.children[0] : at) : undefined;
    case 'ternary_expression':
      if (at.field === 'consequence') return gate('if', parent.get('condition'));
      return at.field === 'alternative' ? gate('else', parent.get('condition')) : undefined;
    case 'binary_expression': {
      if (at.field !== 'right') return undefined;
      const kind = ({ '&&': 'and', '||': 'or', '??': 'missing' } as const)[parent.operator];
      return kind && gate(kind, parent.get('left'));
    }
    case 'for_in_statement':
      return at.field === 'body' ? gate('each', parent.get('right'), at) : undefined;
    case 'for_statement':
    case 'while_statement':
      return at.field === 'body' ? gate('while', parent.get('condition'), at) : undefined;
    case 'catch_clause':
      return at.field === 'body' ? gate('catch', undefined, at) : undefined;
    case 'switch_body':
      return at.type === 'switch_case' ? gate('case', at.get('value'), at) : undefined;
    default:
      return FUNCTION.test(parent.type) && at.field === 'body' ? functionGate(parent, at) : undefined;
  }
}

/** A function within a test: something has to call it. */
function functionGate(fn: Bare, body: Bare): Gate {
  const call = fn.parent?.type === 'arguments' ? fn.parent.parent : undefined;
  const callee = call?.get('function') ?? call?.get('constructor');
  const start = fn.start;
  if (callee && FOR_EACH.test(callee.get('property')?.text ?? '')) return { kind: 'each', text: written(callee.get('object')), start, body };
  if (callee) return { kind: 'callback', text: written(callee), start, body };
  const name = fn.get('name') ?? fn.parent?.get('name') ?? fn.parent?.get('key') ?? fn.parent?.get('left');
  return { kind: 'called', text: written(name), start, body };
}

/** A statement before another one in its block that may leave: it returns, but not out of a function within it. */
function exitBefore(block: Bare, statement: Bare): number | undefined {
  for (const before of block.children) {
    if (before === statement) return undefined;
    const found = leaves(before);
    if (found) return found.start;
  }
  return undefined;
}

function leaves(node: Bare): Bare | undefined {
  if (node.type === 'return_statement') return node;
  if (FUNCTION.test(node.type)) return undefined;
  for (const child of node.children) {
    const found = leaves(child);
    if (found) return found;
  }
  return undefined;
}

/** How much of what decides is told. */
const LONGEST = 60;

function written(node: Bare | undefined): string {
  const inner = node?.type === 'parenthesized_expression' ? node.children[0] : node;
  const text = (inner?.text ?? '').replace(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
