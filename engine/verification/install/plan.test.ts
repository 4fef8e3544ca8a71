import assert from 'node:assert/strict';
import type { Project, ProjectCommand } from '../../detection/index.ts';
import { shellLine } from '../shell-line.ts';
import { installPlan } from './plan.ts';

const command = (...argv: string[]): ProjectCommand => ({ argv, env: {}, cwd: '/nowhere' });
const candidate = (value: ProjectCommand) => [{ value, confidence: 0.9, evidence: [] }];
const project = (ecosystem: Project['ecosystem'], install: ProjectCommand, test: ProjectCommand): Project => ({
  ...{ name: 'shop', directory: '/nowhere', ecosystem, language: 'python', manager: [], members: [], framework: [], coverage: [] },
  commands: { install: candidate(install), build: [], typecheck: [], test: candidate(test), start: [] },
});

describe('installPlan', () => {
  const venv = process.platform === 'win32' ? '.venv\\Scripts\\python.exe' : '.venv/bin/python';
  for (const [name, ecosystem, install, there, locks, lines, notes] of [
    ['pnpm as its lock file has it', 'node', ['pnpm', 'install', '--frozen-lockfile'], ['pnpm'], [], ['pnpm install --frozen-lockfile'], []],
    [
      'no other manager in the place of one that is missing',
      'node',
      ['pnpm', 'install', '--frozen-lockfile'],
      ['npm'],
      [],
      [],
      ['pnpm is not installed: get it with `corepack enable pnpm` or `npm install --global pnpm`, then run `pnpm install --frozen-lockfile`.'],
    ],
    ['uv as its lock file has it', 'python', ['uv', 'sync'], ['uv'], ['uv.lock'], ['uv sync --frozen'], []],
    ['Poetry into the project', 'python', ['poetry', 'install'], ['poetry'], [], ['POETRY_VIRTUALENVS_IN_PROJECT=true poetry install'], []],
    [
      'pip into a new environment',
      'python',
      ['pip', 'install', '-e', '.[test]'],
      ['python3'],
      [],
      ['python3 -m venv .venv', `PIP_DISABLE_PIP_VERSION_CHECK=1 ${venv} -m pip install -e '.[test]' pytest`],
      [],
    ],
    [
      'pip in the place of uv, in an environment that is there',
      'python',
      ['uv', 'sync'],
      ['python3'],
      ['.venv/pyvenv.cfg'],
      [`PIP_DISABLE_PIP_VERSION_CHECK=1 ${venv} -m pip install -e . pytest`],
      ['uv is not installed: pip was run in its place, which does not read its lock file.'],
    ],
  ] as const) {
    it(`plans ${name}`, async () => {
      const plan = await installPlan(
        project(ecosystem, command(...install), command('uv', 'run', 'pytest')),
        (file) => (locks as readonly string[]).includes(file.replaceAll('\\', '/')),
        (program) => (there as readonly string[]).includes(program),
      );
      assert.deepEqual({ lines: plan.commands.map((one) => shellLine(one)), notes: plan.notes }, { lines, notes });
    });
  }
});
