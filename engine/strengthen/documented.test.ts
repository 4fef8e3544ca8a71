import assert from 'node:assert/strict';
import { documentedTypes } from './documented.ts';
import { Printer } from './writing/print.ts';

const printer = new Printer({ quote: "'", indent: '  ', trailingCommas: false });

/** A comment, and the values of the parameters that it gives a type to; those that may be left out with a question mark. */
const CASES: [comment: string, said: string][] = [
  ['/** @param {string} a what it is */', "a: 'a' ''"],
  ['/**\n * @param {number} a\n * @param {Boolean} [b=true]\n */', 'a: 1 0; b?: true false'],
  ['/** @param {?string=} a */', "a?: 'a' ''"],
  ['/** @param {(number|null)} a */', 'a: 1 0 null'],
  ['/** @param {\'x\'|"y"|2} a */', "a: 'x' 'y' 2"],
  ['/** @param {string[]} a @param {Array.<number>} b */', "a: ['a'] [] ['a', '']; b: [1] [] [1, 0]"],
  ['/** @arg {function} a @param {Object} b */', 'a: () => undefined; b: {}'],
  ['/** @param {Cart} a @param {Map<string, number>} b @param {Object} c @param {string} c.name */', 'c: {}'],
  ['/** @returns {string} */', ''],
  ['/* @param {string} a */', ''],
  ['// @param {string} a', ''],
];

describe('types that comments name', () => {
  for (const [comment, said] of CASES) {
    it(comment, () => {
      const found = [...documentedTypes(comment)].map(
        ([name, { values, isOptional }]) => `${name}${isOptional ? '?' : ''}: ${values.map((value) => printer.print(value)).join(' ')}`,
      );
      assert.equal(found.join('; '), said);
    });
  }
});
