import assert from 'node:assert/strict';
import { assay } from '../support/assay.ts';
import { project } from './project.ts';

/** Each supported major version but the newest, which the fixtures have: the same verdicts on the same code. */
const VERSIONS = [
  { fixture: 'vitest', packages: ['vitest@2', 'vite@5'], says: /10 tests on vitest 2\./, mutants: 43 },
  { fixture: 'vitest', packages: ['vitest@3', 'vite@6'], says: /10 tests on vitest 3\./, mutants: 43 },
  { fixture: 'vitest', packages: ['vitest@4', 'vite@7'], says: /10 tests on vitest 4\./, mutants: 43 },
  { fixture: 'jest', packages: ['jest@29'], says: /5 tests on jest 29\./, mutants: 46 },
  { fixture: 'mocha', packages: ['mocha@10'], says: /4 tests on mocha 10\./, mutants: 30 },
  { fixture: 'mocha', packages: ['mocha@11'], says: /4 tests on mocha 11\./, mutants: 30 },
] as const;
const SURVIVED: Record<string, number> = { vitest: 14, jest: 10, mocha: 6 };

describe('versions of the frameworks', () => {
  for (const { fixture, packages, says, mutants } of VERSIONS) {
    it(packages[0], async () => {
      const directory = project(fixture, packages);
      const said = await assay(directory, ['mutate']);
      assert.equal(said.status, 0, said.err);
      assert.match(said.out, says);
      assert.match(said.out, /judged by Assay hot/);
      assert.match(said.out, new RegExp(`\\n${mutants} mutants: \\d+ killed, \\d+ timed out, ${SURVIVED[fixture]} survived`));
    });
  }
});
