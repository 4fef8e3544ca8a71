import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';
import { kindOf, readText } from '../../workspace/index.ts';

/** Where a project says by which paths its tests find modules. */
const CONFIGURATIONS = ['pyproject.toml', 'pytest.ini', '.pytest.ini', 'setup.cfg', 'tox.ini'];
/** Where tests say so themselves. */
const BY_TESTS = [
  'conftest.py',
  ...['tests', 'test'].flatMap((folder) => ['conftest.py', '__init__.py', 'context.py'].map((name) => path.join(folder, name))),
];
/** What starts them and puts nothing on the path by itself. */
const RUNS_TESTS = /^(pytest|py\.test|unittest)$/;

/**
 * The modules of a project's own package that its tests find only where it is installed: those below `src`, where nothing puts that on Python's path. Names as they
 * are imported; none where the tests are not run by pytest or unittest directly.
 */
export async function ownModules(directory: string, { argv, env }: Pick<ProjectCommand, 'argv' | 'env'>): Promise<string[]> {
  if (!argv.some((one) => RUNS_TESTS.test(one)) || 'PYTHONPATH' in env) return [];
  const src = path.join(directory, 'src');
  const [configured, inserted] = await Promise.all([read(directory, CONFIGURATIONS), read(directory, BY_TESTS)]);
  const isPackaged = /^\[(?:project|tool\.poetry)\]/m.test(configured[0] ?? '') || (await kindOf(path.join(directory, 'setup.py'))) === 'file';
  if (!isPackaged || configured.some((text) => /\bpythonpath\b|\bPYTHONPATH\b/.test(text)) || inserted.some((text) => /\bsys\.path\b/.test(text)))
    return [];
  const modules: string[] = [];
  for (const { name } of await readdir(src, { withFileTypes: true }).catch(() => [])) {
    if (/^[a-z_]\w*\.py$/i.test(name)) modules.push(name.slice(0, -3));
    else if (/^[a-z_]\w*$/i.test(name) && (await kindOf(path.join(src, name, '__init__.py'))) === 'file') modules.push(name);
  }
  return modules;
}

async function read(directory: string, names: readonly string[]): Promise<string[]> {
  return Promise.all(names.map(async (name) => (await readText(path.join(directory, name))) ?? ''));
}
