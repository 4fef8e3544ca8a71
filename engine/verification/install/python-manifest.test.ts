import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pythonManifest } from './python-manifest.ts';

const PROJECTS: readonly [name: string, text: string, needed: readonly string[], ofTests: readonly string[], forTests: readonly string[]][] = [
  [
    'groups of dependencies',
    '[project]\ndependencies = ["attrs>=21"]\n[dependency-groups]\ndev = ["ruff"]\ntests = ["freezegun", "pytest", { include-group = "dev" }]\ndocs = ["sphinx"]\n',
    ['attrs>=21'],
    ['freezegun', 'pytest'],
    ['ruff', 'freezegun', 'pytest'],
  ],
  [
    "Poetry's groups",
    '[tool.poetry.dependencies]\npython = "^3.9"\nrequests = "^2"\nextra = { version = "1", optional = true }\n[tool.poetry.group.test.dependencies]\npytest = "^8"\n[tool.poetry.dev-dependencies]\nmypy = "1"\n',
    ['requests'],
    ['pytest'],
    ['pytest', 'mypy'],
  ],
  ['what cannot be read', '[project\n', [], [], []],
];

describe('what a pyproject.toml says of dependencies', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'assay-manifest-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, text, needed, ofTests, forTests] of PROJECTS)
    it(`reads ${name}`, async () => {
      writeFileSync(path.join(folder, 'pyproject.toml'), text);
      assert.deepEqual(await pythonManifest(folder), { needed, ofTests, forTests });
    });
});
