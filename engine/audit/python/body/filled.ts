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
    (check) => holds(check) && (check.subject === subject || check.subject === `len(${subject})` || check.subject.startsWith(`${subject}[`)),
  );
}

/** Whether a call comes to something with elements; undefined where what is called does not tell. */
function isMadeFilled(walk: Walk, call: Bare): boolean | undefined {
  const name = call.get('function')?.text ?? '';
  const args = call.get('arguments')?.children ?? [];
  if (name === 'range')
    return args.every(isConstant) || args.some((arg) => /^len\(/.test(arg.text) && isFilled(walk, arg.get('arguments')?.children[0]));
  if (KEEPS.test(name))
    return args.length > 0 && args.filter(({ type }) => type !== 'keyword_argument').every((arg) => isFilled(walk, arg) || isConstant(arg));
  if (/\.(items|keys|values|split|splitlines)$/.test(name)) return isFilled(walk, call.get('function')?.get('object'));
  return undefined;
}
