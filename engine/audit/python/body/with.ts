import type { Bare } from '../../../syntax/index.ts';
import type { Standing } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { isBroad } from '../calls.ts';
import { readCalls } from './calls.ts';
import type { Walk } from './walk.ts';

/** What asserts that a block raises, warns or does another thing that its name says. */
const EXPECTS =
  /(^|\.)(raises|warns|deprecated_call|assertRaises|assertWarns|assertRaisesRegexp?|assertWarnsRegex|assertLogs|assertNumQueries|assertRaisesMessage)$/;

/** `with …: …` */
export function readWith(walk: Walk, node: Bare, standing: Standing): void {
  const items = node.children.filter(({ type }) => type === 'with_clause').flatMap(({ children }) => children);
  for (const item of items) {
    const value = item.get('value');
    const call = value?.type === 'as_pattern' ? value.children[0] : value;
    const alias = value?.type === 'as_pattern' ? value.get('alias')?.text : undefined;
    if (call?.type !== 'call') continue;
    walk.gathered.acts = true;
    if (EXPECTS.test(call.get('function')?.text ?? '')) readExpected(walk, node, call, alias, standing);
    else readCalls(walk, call, standing);
  }
  const isSuppressed = items.some(({ text }) => /\bsuppress\([^)]*\b(Exception|BaseException|AssertionError)\b/.test(text));
  walk.block(node.get('body'), isSuppressed ? { ...standing, flaw: standing.flaw ?? 'swallowed' } : standing);
}

/** `with pytest.raises(Error) as caught`: which error it is may be said at once, or be looked at afterwards. */
function readExpected(walk: Walk, node: Bare, call: Bare, alias: string | undefined, standing: Standing): void {
  const args = call.get('arguments')?.children ?? [];
  const says =
    args.some((arg) => arg.type === 'keyword_argument' && /^(match|check)$/.test(arg.get('name')?.text ?? '')) ||
    /Regex|Message/.test(call.get('function')?.text ?? '');
  const isLooked = alias !== undefined && walk.fn.some((one) => one.type === 'identifier' && one.text === alias && one.start > node.end);
  walk.add({ fact: isBroad(args[0]) && !says && !isLooked ? 'any-error' : 'error', subject: squeezed(node.get('body') ?? call) }, standing, call);
}
