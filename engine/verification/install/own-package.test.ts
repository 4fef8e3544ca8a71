import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ownModules } from './own-package.ts';

const PACKAGE = {
  'pyproject.toml': '[project]\nname = "wallet"\n',
  'src/wallet/__init__.py': '',
  'src/wallet_cli.py': '',
  'src/wallet.egg-info/PKG-INFO': '',
};

describe('modules that tests find only where the project is installed', () => {
  const made: string[] = [];
  after(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, files, command, modules] of [
    ['those below src', PACKAGE, 'python -m pytest', ['wallet', 'wallet_cli']],
    ['by unittest, too', PACKAGE, 'python -m unittest', ['wallet', 'wallet_cli']],
    ['none of what lies in the folder itself', { 'pyproject.toml': '[project]\n', 'wallet/__init__.py': '' }, 'pytest', []],
    ['none where pytest is told the path', { ...PACKAGE, 'pytest.ini': '[pytest]\npythonpath = src\n' }, 'pytest', []],
    ['none where the tests see to it', { ...PACKAGE, 'tests/conftest.py': 'import sys\nsys.path.insert(0, "src")\n' }, 'pytest', []],
    ['none where something else starts the tests', PACKAGE, 'make test', []],
    ['none of what nothing can install', { 'src/wallet/__init__.py': '' }, 'pytest', []],
  ] as const) {
    it(name, async () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-own-'));
      made.push(folder);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), text);
      }
      assert.deepEqual((await ownModules(folder, { argv: command.split(' '), env: {} })).sort(), modules);
    });
  }
});
