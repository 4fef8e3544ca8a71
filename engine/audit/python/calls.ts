import type { Bare } from '../../syntax/index.ts';
import { squeezed } from '../text.ts';
import { equality, isConstant, leaves, type Stated, stated } from './facts.ts';

/** Assertions of `unittest.mock`; another name that begins with `assert` or ends like them is taken by any mock. */
const MOCKS =
  /^assert_(called|called_once|called_with|called_once_with|any_call|has_calls|not_called|awaited|awaited_once|awaited_with|awaited_once_with|any_await|has_awaits|not_awaited)$/;
const NEARLY =
  /^(check_called\w*|called_once_with|called_with|called_once|has_calls|any_call|not_called|assert_called_onec\w*|assert_called_one|assert_call|assert_call_once|assert_calls|assert_has_call|assert_called_wih|assert_was_called\w*|assret\w*|asert\w*)$/;

/** What a call that stands as a statement asserts; undefined where it is none that is known. */
export function assertedBy(call: Bare): Stated | 'fail' | undefined {
  const callee = call.get('function');
  const args = (call.get('arguments')?.children ?? []).filter(({ type }) => type !== 'keyword_argument');
  const name = (callee?.type === 'attribute' ? callee.get('attribute')?.text : callee?.text) ?? '';
  const object = callee?.type === 'attribute' ? callee.get('object') : undefined;
  if (/^(pytest\.fail|self\.fail)$/.test(callee?.text ?? '') || (name === 'fail' && object === undefined)) return 'fail';
  if (object && MOCKS.test(name)) {
    if (/with|calls|awaits|any_/.test(name)) return { fact: 'calls', subject: squeezed(call), details: Math.max(1, args.length) };
    return { fact: 'called', subject: object };
  }
  if (object && NEARLY.test(name) && !/^(self|cls|np|numpy|tm|testing|torch|pd)$/.test(object.text))
    return { fact: 'called', subject: object, flaw: 'misspelt' };
  if (/^(self|cls|case|tc|test|testcase)$/.test(object?.text ?? '') && /^(assert|fail)/.test(name)) return ofUnittest(name, args, call);
  if (
    /(^|\.)assert_(array_|allclose|almost_|approx_|equal|string_|frame_|series_|index_|array_less|raises|warns|that|close)/.test(callee?.text ?? '')
  ) {
    const [actual] = args;
    return { fact: /close|almost|approx/.test(name) ? 'approximate' : /raises|warns/.test(name) ? 'error' : 'value', subject: actual ?? call };
  }
  // `pytest.raises(Error, f, …)` calls what it is given.
  if (/^(pytest\.)?(raises|warns|deprecated_call)$/.test(callee?.text ?? '') && args.length > 1)
    return { fact: isBroad(args[0]) ? 'any-error' : 'error', subject: squeezed(call) };
  if (/^(eq_|assert_equals?|assertEqual)$/.test(name) && args[0] && args[1]) return equality(args[0], args[1]);
  return undefined;
}

/** The methods of `unittest.TestCase`. */
function ofUnittest(method: string, args: readonly Bare[], call: Bare): Stated | undefined {
  const [first, second] = args;
  const subject = first ?? call;
  switch (method) {
    case 'assertEqual':
    case 'assertEquals':
    case 'assertListEqual':
    case 'assertDictEqual':
    case 'assertTupleEqual':
    case 'assertSetEqual':
    case 'assertSequenceEqual':
    case 'assertMultiLineEqual':
    case 'assertCountEqual':
    case 'assertItemsEqual':
    case 'assert_':
    case 'failUnlessEqual':
      return first && second ? equality(first, second) : first && stated(first)[0];
    case 'assertTrue':
    case 'failUnless':
      return truth(first, call, true);
    case 'assertFalse':
    case 'failIf':
      return truth(first, call, false);
    case 'assertIsNone':
      return { fact: 'nothing', subject };
    case 'assertIs':
      return { fact: 'boolean', subject };
    case 'assertIsNotNone':
      return { fact: 'exists', subject };
    case 'assertIsInstance':
    case 'assertNotIsInstance':
      return { fact: 'type', subject };
    case 'assertIn':
    case 'assertDictContainsSubset':
      return { fact: 'partial', subject: squeezed(call), details: Math.max(1, first ? leaves(first) : 1) };
    case 'assertRegex':
    case 'assertRegexpMatches':
      return { fact: 'pattern', subject };
    case 'assertAlmostEqual':
    case 'assertAlmostEquals':
      return { fact: 'approximate', subject };
    case 'assertGreater':
    case 'assertGreaterEqual':
    case 'assertLess':
    case 'assertLessEqual':
      return { fact: 'order', subject };
    case 'assertRaises':
    case 'assertWarns':
    case 'failUnlessRaises':
      return { fact: isBroad(first) ? 'any-error' : 'error', subject };
    case 'assertRaisesRegex':
    case 'assertRaisesRegexp':
    case 'assertWarnsRegex':
    case 'assertLogs':
    case 'assertRaisesMessage':
      return { fact: 'error', subject };
    default:
      if (/^assertNot/.test(method)) return { fact: 'different', subject };
      return { fact: 'custom', subject: call };
  }
}

function truth(first: Bare | undefined, call: Bare, wanted: boolean): Stated | undefined {
  if (!first) return { fact: 'truth', subject: call };
  if (isConstant(first)) {
    const holds = !/^(False|None|0|''|""|\[\]|\(\)|\{\})$/.test(first.text);
    return { fact: 'truth', subject: first, ...(holds === wanted ? { flaw: 'tautology' } : { fails: true }) };
  }
  const [found] = stated(first);
  if (!found || found.fact === 'truth') return { fact: 'truth', subject: first };
  return wanted ? found : { ...found, fact: found.fact === 'value' || found.fact === 'structure' ? 'different' : found.fact };
}

/** Whether a class of exceptions is so wide that any would do. */
export function isBroad(node: Bare | undefined): boolean {
  return /^(builtins\.)?(Exception|BaseException)$/.test(node?.text ?? '');
}
