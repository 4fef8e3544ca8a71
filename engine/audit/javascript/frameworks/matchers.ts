import { Bare } from '../../../syntax/index.ts';
import { squeezed } from '../chain.ts';
import { equality, leaves, type Stated, thrown, truth } from '../values.ts';

/** A subject that nothing is asked about. */
const NOTHING = new Bare('undefined', 0, 0, undefined, { text: '', offset: 0 });

/** What a matcher states about a subject. */
export function ofMatcher(matcher: string, subject: Bare, args: readonly Bare[], negated: boolean): Stated {
  const [expected] = args;
  const positive = stateOf(matcher, subject, args);
  if (!negated) return positive;
  if (/^toBe(Null|Undefined|Nil)$/.test(matcher)) return { fact: 'exists', subject };
  switch (positive.fact) {
    case 'error':
    case 'any-error':
      return { fact: 'no-error', subject };
    case 'called':
    case 'truth':
    case 'exists':
    case 'order':
      return positive;
    case 'boolean':
      return expected ? { fact: 'boolean', subject } : positive;
    case 'nothing':
      return { fact: 'exists', subject };
    default:
      return { fact: positive.fact === 'calls' ? 'called' : 'different', subject };
  }
}

function stateOf(matcher: string, subject: Bare, args: readonly Bare[]): Stated {
  const [expected, second] = args;
  switch (matcher) {
    case 'toBe':
    case 'toEqual':
    case 'toStrictEqual':
    case 'toHaveTextContent':
    case 'toHaveText':
    case 'toHaveValue':
    case 'toHaveDisplayValue':
    case 'toHaveURL':
    case 'toHaveTitle':
    case 'toBeResolvedTo':
      return equality(subject, expected);
    case 'toBeTrue':
    case 'toBeFalse':
      return truth(subject, 'boolean');
    case 'toBeNull':
    case 'toBeUndefined':
    case 'toBeNil':
    case 'toBeEmpty':
    case 'toBeEmptyDOMElement':
      return { fact: 'nothing', subject };
    case 'toBeNaN':
    case 'toBeChecked':
    case 'toBeDisabled':
    case 'toBeEnabled':
    case 'toHaveFocus':
      return { fact: 'boolean', subject };
    case 'toBeTruthy':
    case 'toBeFalsy':
      return truth(subject, 'truth');
    case 'toBeDefined':
    case 'toExist':
    case 'toBeInTheDocument':
    case 'toBeVisible':
    case 'toBeHidden':
    case 'toBeAttached':
    case 'toResolve':
    case 'toBeResolved':
      return { fact: 'exists', subject };
    case 'toBeInstanceOf':
    case 'toBeTypeOf':
    case 'toBeA':
    case 'toBeAn':
      return { fact: 'type', subject };
    case 'toBeCloseTo':
      return { fact: 'approximate', subject };
    case 'toBeGreaterThan':
    case 'toBeGreaterThanOrEqual':
    case 'toBeLessThan':
    case 'toBeLessThanOrEqual':
    case 'toBeWithin':
      return { fact: 'order', subject };
    case 'toHaveLength':
    case 'toHaveCount':
    case 'toHaveSize':
      return { fact: 'count', subject };
    case 'toContain':
    case 'toContainEqual':
    case 'toMatchObject':
    case 'toContainText':
    case 'toHaveClass':
    case 'toHaveStyle':
    case 'toHaveAttribute':
    case 'toContainElement':
    case 'toInclude':
    case 'toBeOneOf':
    case 'toSatisfy':
      return { fact: 'partial', subject, details: Math.max(1, expected ? leaves(expected) : 1) };
    case 'toHaveProperty':
      return second ? { ...equality(subject, second), subject: `${squeezed(subject)}.${expected?.text}` } : { fact: 'exists', subject };
    case 'toMatch':
      return { fact: 'pattern', subject };
    case 'toThrow':
    case 'toThrowError':
    case 'toBeRejectedWith':
    case 'toBeRejectedWithError':
      return thrown(subject, expected);
    case 'toReject':
    case 'toBeRejected':
      return { fact: 'any-error', subject };
    case 'toThrowErrorMatchingSnapshot':
    case 'toThrowErrorMatchingInlineSnapshot':
      return { fact: 'error', subject };
    case 'toMatchInlineSnapshot':
      return { fact: 'snapshot', subject };
    case 'toMatchSnapshot':
    case 'toMatchFileSnapshot':
    case 'toHaveScreenshot':
    case 'toMatchImageSnapshot':
      return { fact: 'large-snapshot', subject };
    case 'toHaveBeenCalledWith':
    case 'toBeCalledWith':
    case 'toHaveBeenLastCalledWith':
    case 'lastCalledWith':
    case 'toHaveBeenNthCalledWith':
    case 'nthCalledWith':
    case 'toHaveBeenCalledOnceWith':
    case 'toHaveBeenCalledExactlyOnceWith':
      return args.length > 0
        ? { fact: 'calls', subject: `${squeezed(subject)}(${args.map((arg) => squeezed(arg)).join()})`, details: args.length }
        : { fact: 'called', subject };
    case 'toHaveReturnedWith':
    case 'toHaveLastReturnedWith':
    case 'toHaveNthReturnedWith':
      return equality(subject, args.at(-1));
    default:
      if (/^to(HaveBeen|Be)Called|^toHaveReturned|^toHaveResolved/.test(matcher)) return { fact: 'called', subject };
      return args.length > 0 ? { fact: 'partial', subject } : { fact: 'custom', subject };
  }
}

/** Whether a matcher is one of those that are the same in all projects: others may be what is tested. */
export function isKnown(matcher: string): boolean {
  return stateOf(matcher, NOTHING, []).fact !== 'custom';
}

/** Whether a matcher compares with what it is given, and nothing else. */
export function isEquality(matcher: string): boolean {
  return /^(toBe|toEqual|toStrictEqual|toBeEqual)$/.test(matcher);
}
