/** What one of the tests of {@link manyTests} asserts, from nothing to much. */
const BODIES = [
  'add(1, 2);',
  'expect(add(1, 2)).toBeDefined();',
  'expect(add(1, 2)).toBe(3);',
  'expect(add(1, 2)).toBe(3);\n    expect(add(0, 0)).toBe(0);\n    expect(() => add(null)).toThrow("a number");',
  'try {\n      add(null, 2);\n    } catch (error) {\n      expect(error.message).toBe("a number");\n    }',
  'expect([add(1, 2), add(2, 3)]).toEqual([3, 5]);',
];
const AREAS = ['cart', 'catalogue', 'checkout', 'customers', 'delivery', 'invoices', 'payments', 'search'];

/** Test files by their paths, `each` tests in each of `files`, of all strengths and with findings of several rules. */
export function manyTests(files: number, each: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: files }, (_, file) => {
      const area = AREAS[file % AREAS.length] as string;
      const tests = Array.from({ length: each }, (_, test) => {
        const body = BODIES[(file * 7 + test * 5) % BODIES.length] as string;
        return `  it('adds what the ${area} of order ${file} hold, case ${test}', () => {\n    ${body}\n  });\n`;
      });
      return [
        `test/${area}/part-${String(file).padStart(3, '0')}.test.js`,
        `import { describe, expect, it } from 'vitest';\nimport { add } from '../../src/add.js';\n\ndescribe('${area} ${file}', () => {\n${tests.join('\n')}});\n`,
      ];
    }),
  );
}
