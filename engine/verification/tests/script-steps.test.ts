import assert from 'node:assert/strict';
import { ScriptSteps } from './script-steps.ts';

/** What a package manager said, the frameworks that were seen to start, and the script that ended before any test began. */
const CASES: Record<string, { lines: string[]; started?: string[]; expected?: string }> = {
  'a linter before the tests': {
    lines: ['> shop@1.0.0 test', '> npm run lint && npm run test:unit', '', '> shop@1.0.0 lint', '> eslint', 'Oops!'],
    expected: 'eslint',
  },
  'with pnpm, in a scope': {
    lines: ['> @me/shop@1.0.0 test /home/me/shop', '> pnpm run lint && vitest run', '> @me/shop@1.0.0 lint /home/me/shop', '> biome check .'],
    expected: 'biome check .',
  },
  'in one script': { lines: ['> shop@1.0.0 test', '> xo && ava && tsd'], expected: 'xo && ava && tsd' },
  'in one script, whose tests began': { lines: ['> shop@1.0.0 test', '> xo && ava'], started: ['ava'] },
  'tests that come first': { lines: ['> shop@1.0.0 test', '> vitest run'] },
  'a program that may be the tests': { lines: ['> shop@1.0.0 test', '> npm run lint && node test.js', '> shop@1.0.0 lint', '> eslint'] },
  'tests whose start is not seen': { lines: ['> shop@1.0.0 test', '> eslint && bun test'] },
  'nothing said': { lines: ['> quoted', 'npm error'] },
};

describe('how far a chain of scripts came', () => {
  for (const [name, { lines, started = [], expected }] of Object.entries(CASES)) {
    it(name, () => {
      const steps = new ScriptSteps();
      for (const line of lines) steps.hear(line);
      assert.equal(steps.beforeTests(new Set(started)), expected);
    });
  }
});
