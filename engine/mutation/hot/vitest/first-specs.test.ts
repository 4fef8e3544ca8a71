import assert from 'node:assert/strict';
import { firstSpecs } from './first-specs.ts';
import type { Project, Spec } from './server-types.ts';

const MUTATED = ['/src/price.ts', '/src/cart.ts'];

/** The test files of each project by its name, and those that are to come first in their order. */
const CASES: Record<string, { projects: Record<string, string[]>; first: string[] }> = {
  'those named like what is mutated, then others': {
    projects: { one: ['/test/a.test.ts', '/test/price.spec.ts', '/src/cart.test.ts'] },
    first: ['/test/price.spec.ts', '/src/cart.test.ts', '/test/a.test.ts'],
  },
  'all, where none is named like it': { projects: { one: ['/test/a.test.ts', '/test/b.test.ts'] }, first: ['/test/a.test.ts', '/test/b.test.ts'] },
  'none, where projects run tests in different ways and no name says which': { projects: { one: ['/a.test.ts'], two: ['/b.test.ts'] }, first: [] },
  'others of the same project only': {
    projects: { one: ['/a.test.ts'], two: ['/b.test.ts', '/cart.test.ts'] },
    first: ['/cart.test.ts', '/b.test.ts'],
  },
  'only those named like it, where several projects have some': {
    projects: { one: ['/a.test.ts', '/one/cart.test.ts'], two: ['/two/cart.test.ts'] },
    first: ['/one/cart.test.ts', '/two/cart.test.ts'],
  },
};

describe('the test files that Vitest’s workers begin in', () => {
  for (const [title, { projects, first }] of Object.entries(CASES)) {
    it(title, () => {
      const specs = Object.values(projects).flatMap((files) => {
        const project = { vite: {} } as unknown as Project;
        return files.map((moduleId): Spec => ({ project, moduleId }));
      });
      assert.deepEqual(
        firstSpecs(specs, MUTATED).map((spec) => 'moduleId' in spec && spec.moduleId),
        first,
      );
    });
  }
});
