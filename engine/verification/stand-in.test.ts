import assert from 'node:assert/strict';
import { standIn } from './stand-in.ts';

/** A command whose program is missing, and what takes its place; nothing where nothing does. */
const CASES: Record<string, string> = {
  'pnpm test': 'npm test',
  'pnpm run build': 'npm run build',
  'pnpm run build --minify': 'npm run build -- --minify',
  'pnpm exec tsc --noEmit': 'npx --no-install tsc --noEmit',
  'pnpm test:unit': 'npm run test:unit',
  'yarn lint:types': 'npm run lint:types',
  'yarn test -- --coverage': 'npm test -- --coverage',
  'yarn workspaces foreach run test': '',
  'pnpm -r test': '',
  'pnpm install': '',
  'bun test': '',
  'bun run build': 'npm run build',
  'uv run pytest -q': 'pytest -q',
  'poetry run python -m unittest': 'python -m unittest',
  'uv run --group dev pytest': '',
  'uv sync': '',
  'make test': '',
  'npm test': '',
};

describe('what takes the place of a program that is missing', () => {
  for (const [line, expected] of Object.entries(CASES)) {
    it(`${line} → ${expected || 'nothing'}`, () => {
      const missing = line.split(' ')[0] === 'npm' ? '' : line.split(' ')[0];
      const found = standIn({ argv: line.split(' '), env: {}, cwd: '/p' }, (program) => program !== missing);
      assert.equal(found?.command.argv.join(' ') ?? '', expected);
    });
  }

  it('nothing where that is missing, too', () => {
    assert.equal(
      standIn({ argv: ['pnpm', 'test'], env: {}, cwd: '/p' }, () => false),
      undefined,
    );
  });
});
