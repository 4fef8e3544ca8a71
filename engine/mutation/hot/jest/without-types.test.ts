import assert from 'node:assert/strict';
import type { ProjectConfig } from './jest-types.ts';
import { withoutTypes } from './without-types.ts';

const TS_JEST = '/p/node_modules/ts-jest/dist/index.js';
const BABEL = '/p/node_modules/babel-jest/build/index.js';
const QUICK = { isolatedModules: true, diagnostics: false };

const config = (transform: ProjectConfig['transform'], globals?: Record<string, unknown>): ProjectConfig => ({
  ...{ id: 'a', rootDir: '/p', cacheDirectory: '/c', runner: '/r', testEnvironment: '/e', testRunner: '/t', setupFiles: [], transform },
  ...(globals && { globals }),
});

/** Configurations, and what becomes of them; undefined where they stay. */
const CASES: Record<string, [config: ProjectConfig, expected: Pick<ProjectConfig, 'transform' | 'globals'> | undefined]> = {
  'another transformer stays': [config([['js', BABEL, {}]]), undefined],
  'ts-jest compiles file by file': [
    config([
      ['ts', TS_JEST, { tsconfig: 'a.json', diagnostics: { warnOnly: true } }],
      ['js', BABEL, {}],
    ]),
    {
      transform: [
        ['ts', TS_JEST, { tsconfig: 'a.json', ...QUICK }],
        ['js', BABEL, {}],
      ],
    },
  ],
  'so it does where its settings are globals': [
    config([['ts', TS_JEST, {}]], { a: 1, 'ts-jest': { tsconfig: 'a.json' } }),
    { transform: [['ts', TS_JEST, QUICK]], globals: { a: 1, 'ts-jest': { tsconfig: 'a.json', ...QUICK } } },
  ],
  'ts-jest stays where other transformers may ask it for types': [config([['ts', TS_JEST, { astTransformers: {} }]]), undefined],
  'and where they are named in globals': [config([['ts', TS_JEST, {}]], { 'ts-jest': { astTransformers: {} } }), undefined],
};

describe('configurations of Jest without types', () => {
  for (const [title, [given, expected]] of Object.entries(CASES)) {
    it(title, () => assert.deepEqual(withoutTypes([given]), expected && [{ ...given, ...expected }]));
  }

  it('leaves projects as they are that do not use ts-jest', () => {
    const other = config([['js', BABEL, {}]]);
    assert.equal(withoutTypes([other, config([['ts', TS_JEST, {}]])])?.[0], other);
  });
});
