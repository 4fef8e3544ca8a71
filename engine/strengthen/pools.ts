import type { Node, Tree } from 'web-tree-sitter';
import type { Range } from '../model/index.ts';
import type { Pool } from './explorer/variations.ts';
import { looksSecret } from './presentable.ts';

/** How many values a pool has of each kind. */
const MOST = 24;

const PRINTABLE = /^[ -~]$/;

/** The values that the code around a mutant speaks of: those of its function first, then those of its file, the nearest first. */
export function poolAt(tree: Tree, range: Range): Pool {
  const at = tree.rootNode.descendantForPosition(
    { row: range.start.line, column: range.start.column },
    { row: range.end.line, column: range.end.column },
  );
  const strings = new Set<string>();
  const numbers = new Set<number>();
  for (let node: Node | null = at; node; node = node.parent) {
    if (node.parent && !/function|method|arrow|class|program/.test(node.type)) continue;
    const found: Spoken[] = [];
    collect(node, found);
    // Code that looks at characters by their numbers speaks of characters.
    if (/[cC]har_?[cC]ode|codePoint/.test(node.text))
      for (const { value, row } of [...found])
        if (typeof value === 'number' && PRINTABLE.test(String.fromCharCode(value))) found.push({ value: String.fromCharCode(value), row });
    const distance = ({ row }: Spoken) => Math.abs(row - range.start.line);
    for (const { value } of found.sort((a, b) => distance(a) - distance(b))) {
      if (typeof value === 'string') strings.add(value);
      else numbers.add(value);
    }
    if (strings.size >= MOST && numbers.size >= MOST) break;
  }
  return { strings: [...strings].slice(0, MOST), numbers: [...numbers].slice(0, MOST), names: at ? namesAround(at).slice(0, MOST_NAMES) : [] };
}

/** How many names of properties a pool has. */
const MOST_NAMES = 20;

/** The names of properties that the functions around a place read, the innermost first: of what they are given (`opts.deep`, `{ deep }`), then of other variables, which may come of that. */
function namesAround(at: Node): string[] {
  const names = new Set<string>();
  const others = new Set<string>();
  for (let node: Node | null = at; node; node = node.parent) {
    if (!/function|method|arrow/.test(node.type)) continue;
    const given = new Set(
      (node.childForFieldName('parameters') ?? node.childForFieldName('parameter'))?.descendantsOfType(['identifier']).map((one) => one?.text),
    );
    for (const read of node.descendantsOfType('member_expression')) {
      const object = read?.childForFieldName('object');
      const isCalled = read?.parent?.type === 'call_expression' && read.parent.childForFieldName('function')?.id === read.id;
      const name = read?.childForFieldName('property')?.text;
      if (object?.type !== 'identifier' || isCalled || name === undefined || name === 'length') continue;
      (given.has(object.text) ? names : others).add(name);
    }
    for (const part of node.descendantsOfType('shorthand_property_identifier_pattern')) if (part) names.add(part.text);
  }
  return [...new Set([...names, ...others])];
}

/** A value that code speaks of, and on which line. */
interface Spoken {
  value: string | number;
  row: number;
}

function collect(node: Node, found: Spoken[]): void {
  const { row } = node.startPosition;
  if (node.type === 'string' || node.type === 'template_string') {
    for (const part of node.namedChildren)
      if (part?.type === 'string_fragment' && part.text.length <= 40 && !looksSecret(part.text)) found.push({ value: part.text, row });
  } else if (node.type === 'number') {
    const value = Number(node.text.replaceAll('_', ''));
    if (Number.isFinite(value)) found.push({ value, row });
  } else if (node.type === 'regex') {
    for (const value of examplesOf(node.childForFieldName('pattern')?.text ?? '')) found.push({ value, row });
  } else if (node.type === 'property_identifier' && node.parent?.type === 'member_expression') {
    return;
  }
  for (const child of node.namedChildren) if (child) collect(child, found);
}

/** Pieces of text that a pattern speaks of: its runs of plain characters. */
function examplesOf(pattern: string): string[] {
  const plain = pattern
    .replace(/\[\^?([^\]\\])[^\]]*\]/g, '$1')
    .replace(/\\([dswb])/gi, (_, kind: string) => ({ d: '1', s: ' ', w: 'a', b: '' })[kind.toLowerCase()] ?? '')
    .replace(/\\(.)/g, '$1')
    .replace(/\(\?[:=!<]+|[()^$*+?]|\{[^}]*\}/g, '\u0000');
  return plain.split(/[\u0000|]/).filter((one) => one !== '' && one.length <= 20);
}

/** A pool with texts that matter more than the others. */
export function withTexts({ strings, ...others }: Pool, texts: readonly string[]): Pool {
  return { strings: [...new Set([...texts, ...strings])], ...others };
}
