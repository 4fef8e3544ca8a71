import type { Bare } from '../../../syntax/index.ts';
import { type Chain, chainOf, type Link, squeezed, stringOf, unwrap } from '../chain.ts';
import { counting, type Place, type Recognized } from '../recognized.ts';
import { constantText, equality, isConstant, isSame, thrown } from '../values.ts';
import { CHAI_WORDS, isChaiProperty, ofChai } from './chai.ts';
import { isEquality, isKnown, ofMatcher } from './matchers.ts';

const MODIFIERS = new Set(['not', 'resolves', 'rejects', 'soft', 'poll', 'withContext', 'element', 'configure']);
/** Names of functions that are `expect`, by themselves or as part of a test's own tools. */
const ROOTS = new Set(['expect', 'softExpect', 'jestExpect']);
/** Matchers whose outcome is a promise without `resolves` or `rejects`: of jest-extended, of Playwright's locators and pages, of Vitest's file snapshots, of Jasmine. */
const ASYNC =
  /^(toResolve|toReject|toMatchFileSnapshot|toBeResolved|toBeResolvedTo|toBeRejected|toBeRejectedWith|toBeRejectedWithError|toPass|toBeAttached|toBeEditable|toBeHidden|toBeInViewport|toContainText|toHaveCount|toHaveScreenshot|toHaveText|toHaveURL|toHaveTitle)$/;

/** `expect` of Jest, Vitest, Jasmine, Bun, Playwright and of jest-extended, jest-dom. Chai's is told by its own matchers. */
export function recognizeExpect(chain: Chain, place: Place): Recognized | readonly Recognized[] | undefined {
  const links = linksOf(chain, place);
  if (!links) return undefined;
  const [first, ...rest] = links;
  const found = first?.name === undefined && first?.args ? ofSubject(first.args, rest, place) : ofProperty(links, place);
  // One that is given a name is asked later.
  const isKept = found !== undefined && 'flaw' in found && found.flaw === 'uncalled' && chain.node.parent?.type === 'variable_declarator';
  return isKept ? undefined : found;
}

/** What follows `expect` in a chain, where it is one. */
function linksOf({ root, links }: Chain, { contexts, script }: Place): Link[] | undefined {
  // `function expect(input, message) { … }` is the file's own.
  if (script.functionOf(root.text, root) !== undefined) return undefined;
  if (ROOTS.has(root.text) || script.imports.get(root.text)?.name === 'expect') return links;
  // `t.expect(x)`, `chai.expect(x)`: only where it is called with a value and something follows.
  const [first, ...rest] = links;
  // QUnit's `assert.expect(3)` counts assertions.
  if (first?.name === 'expect' && first.args && rest.length > 0 && (contexts.has(root.text) || /^(chai|vitest|jest|jasmine)$/.test(root.text))) {
    return [{ args: first.args, node: first.node }, ...rest];
  }
  return undefined;
}

/** `expect.assertions(2)`, `expect.soft(x).toBe(1)`, `expect.poll(f).toBe(1)`. */
function ofProperty(links: readonly Link[], place: Place): Recognized | readonly Recognized[] | undefined {
  const [first, ...rest] = links;
  switch (first?.name) {
    case 'assertions':
    case 'hasAssertions':
    case 'requireAssertions':
      return counting(first.args ?? []);
    case 'fail':
    case 'unreachable':
      return { kind: 'fail' };
    case 'soft':
    case 'element':
      return first.args && ofSubject(first.args, rest, place);
    case 'poll':
      return first.args && ofSubject(first.args, rest, place, true);
    default:
      return undefined;
  }
}

function ofSubject(args: readonly Bare[], rest: readonly Link[], place: Place, polled = false): Recognized | readonly Recognized[] | undefined {
  const subject = args[0];
  if (subject?.type === 'spread_element') return undefined;
  const matcher = rest.findLast(({ name }) => name !== undefined && !MODIFIERS.has(name) && !/^(then|catch|finally)$/.test(name));
  if (
    args.length > 1 &&
    !rest.some(({ name }) => name !== undefined && !/^(then|catch|and)$/.test(name)) &&
    /^['"`](not |to |was |were |when |with |has |have |is |contain|return|error)/.test(args[1]?.text ?? '')
  ) {
    return ofSentence(args);
  }
  const uncalled = { kind: 'check', fact: 'truth', subject: subject ?? '', flaw: 'uncalled' } as const;
  if (!subject) return uncalled;
  if (!matcher?.name) return uncalled;
  if (!/^to[A-Z]/.test(matcher.name) && (isChaiProperty(matcher) || rest.some(({ name }) => CHAI_WORDS.has(name ?? ''))))
    return ofChai(subject, rest, place);
  if (!matcher.args) return uncalled;
  const negated = rest.some(({ name }) => name === 'not');
  const promised = polled || rest.some(({ name }) => name === 'resolves' || name === 'rejects') || ASYNC.test(matcher.name);
  const expected = matcher.args[0];
  const stated = ofMatcher(matcher.name, subject, matcher.args, negated);
  if (!promised) {
    const constant = isConstant(subject, place.script);
    if (isEquality(matcher.name) && !negated && isSame(subject, unwrap(expected)) && !isSingleton(matcher.name, subject, place))
      return { kind: 'check', ...stated, flaw: 'tautology' };
    if (constant && isKnown(matcher.name) && (expected === undefined || isConstant(expected, place.script))) {
      if (fails(matcher.name, negated, subject, expected, place)) return { kind: 'fail' };
      const holds = !isEquality(matcher.name) || (constantText(subject, place.script) === constantText(expected, place.script)) !== negated;
      return { kind: 'check', ...stated, ...(holds && { flaw: 'tautology' as const }) };
    }
  }
  return { kind: 'check', ...stated, ...(promised && { promised }), ...(isEmptySnapshot(matcher) && { flaw: 'empty-snapshot' as const }) };
}

/** `expect(x, 'to equal', 1)` of unexpected.js: the assertion is told in words. */
function ofSentence([subject, words, ...values]: readonly Bare[]): Recognized | undefined {
  if (!subject || !words) return undefined;
  const text = stringOf(words) ?? '';
  const promised = /^when (fulfilled|rejected)|to be (fulfilled|rejected)/.test(text);
  const isConstantly = subject.type === 'true' || subject.type === 'false' || subject.type === 'number';
  if (/^to (error|throw|be rejected)/.test(text)) return { kind: 'check', ...thrown(subject, values[0]), ...(promised && { promised }) };
  if (/called|^was /.test(text)) return { kind: 'check', fact: values.length > 0 ? 'calls' : 'called', subject };
  if (values.length === 0)
    return {
      kind: 'check',
      fact: /^to be (a|an|ok|truthy|defined)\b/.test(text) ? 'type' : 'boolean',
      subject,
      ...(isConstantly && { flaw: 'tautology' as const }),
    };
  if (isConstantly && values.every((value) => /^(true|false|number|string)$/.test(value.type))) {
    const holds = (squeezed(subject) === squeezed(values[0] ?? '')) !== text.startsWith('not ');
    return /^(not )?to (be|equal)$/.test(text) && !holds ? { kind: 'fail' } : { kind: 'check', fact: 'value', subject, flaw: 'tautology' };
  }
  return {
    kind: 'check',
    ...(text.startsWith('not ') ? { fact: 'different' as const, subject } : equality(subject, values[0])),
    ...(promised && { promised }),
  };
}

/** Whether an assertion about constants is one that fails, as people write where a test must not get to. */
function fails(matcher: string, negated: boolean, subject: Bare, expected: Bare | undefined, { script }: Place): boolean {
  if (isEquality(matcher)) {
    // `expect(true).toBe(false)` is how a failure is written; other constants are a slip, and no sign.
    const isSign = /^(true|false|null|undefined)$/.test(constantText(subject, script));
    return isSign && (constantText(subject, script) !== constantText(expected, script)) !== negated;
  }
  if (matcher === 'toBeTruthy' || matcher === 'toBeTrue') return /^(false|0|null|undefined)$/.test(subject.text) !== negated;
  if (matcher === 'toBeFalsy' || matcher === 'toBeFalse') return /^(false|0|null|undefined)$/.test(subject.text) === negated;
  return false;
}

/** `expect(Zone.instance).toBe(Zone.instance)`: what is imported may compute a property anew each time, and is to give the same one. */
function isSingleton(matcher: string, subject: Bare, { script }: Place): boolean {
  return matcher === 'toBe' && subject.type === 'member_expression' && script.imports.has(chainOf(subject).root.text);
}

function isEmptySnapshot({ name, args = [] }: Link): boolean {
  if (name !== 'toMatchInlineSnapshot' && name !== 'toThrowErrorMatchingInlineSnapshot') return false;
  const text = stringOf(args.at(-1));
  return args.length === 0 || (text !== undefined && text.trim() === '');
}
