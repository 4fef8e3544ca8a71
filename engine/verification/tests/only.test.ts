import assert from 'node:assert/strict';
import type { RanTest } from '../model.ts';
import { only } from './only.ts';

const ran = (framework: string, count: number): RanTest[] =>
  Array.from({ length: count }, (_, i) => ({
    framework,
    file: '/p/a',
    title: [`TestNumber${i}`],
    id: `module.Tests.test_number_${i}`,
    state: 'failed',
  }));

/** Tests of a framework, and what runs those again: its last arguments or our variable, with one test; nothing where they are thousands. */
const CASES: { framework: string; argv: string[]; one: string }[] = [
  { framework: 'vitest', argv: ['npm', 'test'], one: '[["vitest","/p/a",["TestNumber0"],"module.Tests.test_number_0"]]' },
  { framework: 'go', argv: ['go', 'test', './...'], one: 'go test -run=^(TestNumber0)$ -count=1 ./...' },
  { framework: 'go', argv: ['go', 'test', '-coverprofile', 'a.out', '.'], one: 'go test -run=^(TestNumber0)$ -count=1 .' },
  { framework: 'go', argv: ['make', 'test'], one: '^(TestNumber0)$' },
  { framework: 'cargo', argv: ['cargo', 'test'], one: 'cargo test -- --exact module.Tests.test_number_0' },
  { framework: 'nextest', argv: ['cargo', 'nextest', 'run'], one: 'cargo nextest run -E test(=module.Tests.test_number_0)' },
  { framework: 'unittest', argv: ['python3', '-m', 'unittest'], one: 'python3 -m unittest module.Tests.test_number_0' },
];

describe('the command that runs just some tests', () => {
  for (const { framework, argv, one } of CASES)
    it(`${framework} by ${argv[0]}`, () => {
      const command = { argv, env: {}, cwd: '/p' };
      const narrowed = only(ran(framework, 1), command);
      assert.ok(narrowed);
      assert.equal(Object.values(narrowed.env)[0] ?? narrowed.argv.join(' '), one);
      // No system starts a command with an argument of that length.
      assert.equal(only(ran(framework, 5000), command), undefined);
    });
});
