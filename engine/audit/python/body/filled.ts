import type { Bare } from '../../../syntax/index.ts';
import { holds } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { isConstant, plain } from '../facts.ts';
import type { Walk } from './walk.ts';

/** Functions whose result has elements where all that they are given has some. */
const KEEPS =
  /^(zip|enumerate|sorted|reversed|list|set|tuple|product|itertools\.(product|chain|permutations|combinations)|permutations|combinations|chain)$/;

/** Whether something that is gone through has elements: it is written out, or was looked at before. */
export function isFilled(walk: Walk, node: Bare | undefined): boolean {
  return node !== undefined && walk.unfolding.holds(plain(node), (value) => hasElements(walk, value));
}

function hasElements(walk: Walk, value: Bare): boolean {
  if (/^(list|tuple|set|dictionary|expression_list|pattern_list)$/.test(value.type)) return value.children.length > 0;
  if (value.type === 'string') return value.text.length > 2;
  // `[''] + others`
  if (value.type === 'binary_operator' && value.operator === '+') return value.children.some((side) => isFilled(walk, side));
  if (value.type === 'call') {
    const made = isMadeFilled(walk, value);
    if (made !== undefined) return made;
  }
  if (value.type === 'identifier' || value.type === 'attribute') {
    const written = walk.definitions.valueOf(value.text, walk.fn);
    if (written && written !== value && !/^(identifier|attribute)$/.test(written.type) && isFilled(walk, written)) return true;
  }
  const subject = squeezed(value);
  if (walk.definitions.looked.has(subject)) return true;
  return walk.gathered.checks.some(
    (check) =>
      holds(check) &&
      (check.subject === subject || isOfAll(check.subject, subject) || check.subject.startsWith(`${subject}[`)) &&
      check.fact !== 'nothing',
  );
}

/** Whether a number is written out: `10`, `seed + trials` where both are. */
function isNumber(walk: Walk, node: Bare): boolean {
  const value = plain(node);
  if (isConstant(value)) return true;
  if (value.type === 'binary_operator') return value.children.every((side) => isNumber(walk, side));
  const set = value.type === 'identifier' ? walk.definitions.valueOf(value.text, walk.fn) : undefined;
  return set !== undefined && isConstant(set);
}

/** Whether an assertion looks at all elements of something, or at how many there are: `len(rows)`, `set(rows)`, `graph.number_of_nodes()`. */
function isOfAll(looked: string, subject: string): boolean {
  const inner = /^(?:len|set|list|sorted|tuple|frozenset)\((.*)\)$/.exec(looked)?.[1];
  if (inner === subject) return true;
  return looked.startsWith(`${subject}.`) && /^(number_of_\w+|size|count|order)\(\)$/.test(looked.slice(subject.length + 1));
}

/** Whether a call comes to something with elements; undefined where what is called does not tell. */
function isMadeFilled(walk: Walk, call: Bare): boolean | undefined {
  const name = call.get('function')?.text ?? '';
  const args = call.get('arguments')?.children ?? [];
  if (name === 'range')
    return (
      args.every((arg) => isNumber(walk, arg)) || args.some((arg) => /^len\(/.test(arg.text) && isFilled(walk, arg.get('arguments')?.children[0]))
    );
  if (KEEPS.test(name))
    return args.length > 0 && args.filter(({ type }) => type !== 'keyword_argument').every((arg) => isFilled(walk, arg) || isConstant(arg));
  if (/\.(items|keys|values|split|splitlines)$/.test(name)) return isFilled(walk, call.get('function')?.get('object'));
  return undefined;
}
