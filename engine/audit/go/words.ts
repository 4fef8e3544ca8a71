import type { Bare } from '../../syntax/index.ts';
import type { Stated } from '../reading/index.ts';
import { squeezed } from '../text.ts';
import { equality } from './facts.ts';

/** What an assertion states that names what it wants in a word: `So(x, ShouldEqual, 1)`, `c.Assert(x, qt.Equals, 1)`, `Expect(x).To(Equal(1))`. */
export function ofWord(subject: Bare, word: string, expected: Bare | undefined, isDenied: boolean): Stated {
  const about = squeezed(subject);
  const name = word.replace(/^\w+\./, '').replace(/^Should(?=[A-Z])/, '');
  const isNot = isDenied !== /^Not(?=[A-Z])/.test(name);
  const positive = name.replace(/^Not(?=[A-Z])/, '');
  const stated = positively(subject, about, positive, expected);
  if (!isNot) return stated;
  if (/^(HaveOccurred|Panic|Error)$/.test(positive)) return { fact: 'no-error', subject: about };
  if (/^(BeNil|IsNil|Nil|BeEmpty|BeZero|BeBlank)$/.test(positive)) return { fact: 'exists', subject: about };
  return { fact: stated.fact === 'boolean' ? 'boolean' : 'different', subject: about };
}

function positively(subject: Bare, about: string, name: string, expected: Bare | undefined): Stated {
  switch (name) {
    case 'Equal':
    case 'Equals':
    case 'DeepEquals':
    case 'CmpEquals':
    case 'Resemble':
    case 'BeIdenticalTo':
    case 'BeEquivalentTo':
    case 'ConsistOf':
    case 'MatchJSON':
    case 'EqualJSON':
    case 'EqualTrimSpace':
      return expected ? equality(subject, expected) : { fact: 'value', subject: about };
    case 'HaveOccurred':
    case 'Panic':
    case 'BeError':
    case 'Error':
      return { fact: expected ? 'error' : 'any-error', subject: about };
    case 'Succeed':
      return { fact: 'no-error', subject: about };
    case 'MatchError':
    case 'ErrorMatches':
    case 'ErrorIs':
    case 'ErrorAs':
    case 'PanicWith':
    case 'PanicMatches':
      return { fact: 'error', subject: about };
    case 'BeNil':
    case 'IsNil':
    case 'Nil':
    case 'BeTrue':
    case 'BeFalse':
    case 'IsTrue':
    case 'IsFalse':
    case 'BeEmpty':
    case 'BeZero':
    case 'BeBlank':
      return { fact: /Nil/.test(name) && /(^|\.)\w*err(or)?\d*$/i.test(about) ? 'no-error' : 'boolean', subject: about };
    case 'HaveLen':
    case 'HasLen':
    case 'HaveLength':
      return { fact: 'count', subject: about };
    case 'ContainSubstring':
    case 'ContainElement':
    case 'ContainElements':
    case 'Contain':
    case 'Contains':
    case 'HaveKey':
    case 'HaveKeyWithValue':
    case 'HaveField':
    case 'HavePrefix':
    case 'HaveSuffix':
    case 'StartWith':
    case 'EndWith':
    case 'BeIn':
      return { fact: 'partial', subject: `${about}${squeezed(expected ?? '')}` };
    case 'MatchRegexp':
    case 'Matches':
      return { fact: 'pattern', subject: about };
    case 'AlmostEqual':
    case 'BeTemporally':
      return { fact: 'approximate', subject: about };
    case 'BeGreaterThanOrEqualTo':
      if (/^len\(/.test(about) && expected?.text === '0') return { fact: 'order', subject: about, flaw: 'tautology' };
      return { fact: 'order', subject: about };
    case 'BeGreaterThan':
    case 'BeLessThan':
    case 'BeLessThanOrEqualTo':
    case 'BeBetween':
    case 'BeNumerically':
      return { fact: 'order', subject: about };
    case 'HaveSameTypeAs':
    case 'BeAssignableToTypeOf':
    case 'Implement':
      return { fact: 'type', subject: about };
    default:
      return { fact: expected ? 'partial' : 'boolean', subject: about };
  }
}
