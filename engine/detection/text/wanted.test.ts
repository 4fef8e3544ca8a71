import assert from 'node:assert/strict';
import path from 'node:path';
import { isRead, WATCHED } from './wanted.ts';

const READ =
  'package.json packages/a/package.json package-lock.json justfile Taskfile.yml turbo.json nx.json lerna.json setup.py Pipfile .gitlab-ci.yml .circleci/config.yml .travis.yml README.md docs/CONTRIBUTING.md .github/workflows/ci.yml Makefile Makefile.common .cargo/config.toml build/rules.mk requirements/dev-requirements.txt tsconfig.build.json noxfile.py';
const NOT_READ =
  'node_modules/a/package.json packages/a/node_modules/b/package.json dist/package.json target/x/Cargo.toml .venv/pyproject.toml fixtures/a/package.json src/x.ts src/data.json node_modules/a/README.md .git/config.yml';

describe('what detection reads', () => {
  for (const file of READ.split(' '))
    it(`${file} is, and is watched`, () => {
      assert.ok(isRead(file));
      assert.ok(WATCHED.some((pattern) => path.posix.matchesGlob(file, pattern)));
    });

  for (const file of NOT_READ.split(' ')) it(`${file} is not`, () => assert.equal(isRead(file), false));
});
