import type { NamedTool } from '../model.ts';
import { doingsOfTask } from '../tasks/meaning.ts';
import type { TaskRunner, Tasks } from '../tasks/task.ts';
import { dig, lineOfMatch } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { Ground } from '../weighing/grounds.ts';
import type { Proposal } from '../weighing/proposal.ts';
import { type PythonSettings, sectionLine } from './settings.ts';

const RUNNERS: readonly TaskRunner[] = ['tox', 'nox', 'hatch', 'poe', 'pdm', 'make', 'just', 'task'];
const NAMES = new Set(['pytest', 'unittest', 'nose2', 'nose', 'twisted.trial', 'django', 'behave', 'ward', 'stestr']);

/** The frameworks that a Python project's tests are written for. */
export function frameworkProposals(tree: Tree, settings: PythonSettings, tasks: Tasks): Proposal<NamedTool>[] {
  const { directory, pyproject, texts, dependencies } = settings;
  const found: Proposal<NamedTool>[] = [];
  const pytest = dependencies.get('pytest');
  const tool = { name: 'pytest', ...(pytest && /\d/.test(pytest.range) && { version: pytest.range }) };
  const add = (value: NamedTool, ground: Ground, file: string, line: number, says: string) =>
    found.push({ value, ground, evidence: tree.at(file, line, says) });
  if (pyproject && dig(pyproject.table, 'tool', 'pytest'))
    add(tool, 'tool is configured', pyproject.file, sectionLine(settings, 'tool.pytest'), '[tool.pytest] configures it');
  for (const [name, section] of [
    ['pytest.ini', /^\[pytest\]/m],
    ['pytest.toml', /^\[pytest\]/m],
    ['tox.ini', /^\[pytest\]/m],
    ['setup.cfg', /^\[tool:pytest\]/m],
  ] as const) {
    const text = texts.get(name);
    if (text !== undefined && section.test(text))
      add(tool, 'tool is configured', below(directory, name), lineOfMatch(text, section), `pytest is configured in ${name}`);
  }
  const conftest = ['', 'tests', 'test'].map((folder) => below(below(directory, folder), 'conftest.py')).find((file) => tree.has(file));
  if (conftest) add(tool, 'tool is configured', conftest, 1, 'conftest.py is pytest’s');
  if (pytest) add(tool, 'tool is a dependency', pytest.file, pytest.line, 'pytest is a dependency');
  if (texts.has('manage.py')) add({ name: 'django' }, 'tool is a dependency', below(directory, 'manage.py'), 1, 'manage.py is Django’s');
  for (const runner of RUNNERS) {
    for (const task of tasks.of(runner)) {
      for (const { deed, tool: name } of doingsOfTask(task, tasks)) {
        if (deed === 'test' && NAMES.has(name))
          add(name === 'pytest' ? tool : { name }, 'tool is used', task.file, task.line, `${runner} ${task.name || 'testenv'} runs ${name}`);
      }
    }
  }
  if (!found.some(({ value }) => value.name === 'pytest')) {
    const test = firstTest(tree, directory);
    if (test)
      add({ name: 'unittest' }, 'tool is a dependency', test, 1, 'it has tests, and nothing names another framework than what comes with Python');
  }
  return found;
}

/** A file that looks like a test. */
export function firstTest(tree: Tree, directory: string): string | undefined {
  for (const folder of ['tests', 'test', '', 'src'].map((name) => below(directory, name))) {
    const name = tree.files(folder).find((one) => /^test.*\.py$|_test\.py$/.test(one));
    if (name !== undefined) return below(folder, name);
  }
  return undefined;
}

/** What measures coverage. */
export function coverageProposals(tree: Tree, settings: PythonSettings): Proposal<NamedTool>[] {
  const found: Proposal<NamedTool>[] = [];
  for (const name of ['pytest-cov', 'coverage']) {
    const dependency = settings.dependencies.get(name);
    if (!dependency) continue;
    const value = { name, ...(/\d/.test(dependency.range) && { version: dependency.range }) };
    found.push({ value, ground: 'tool is a dependency', evidence: tree.at(dependency.file, dependency.line, `${name} is a dependency`) });
  }
  const { pyproject, directory } = settings;
  if (pyproject && dig(pyproject.table, 'tool', 'coverage')) {
    found.push({
      value: { name: 'coverage' },
      ground: 'tool is configured',
      evidence: tree.at(pyproject.file, sectionLine(settings, 'tool.coverage'), '[tool.coverage] configures it'),
    });
  }
  if (tree.has(below(directory, '.coveragerc')))
    found.push({
      value: { name: 'coverage' },
      ground: 'tool is configured',
      evidence: tree.at(below(directory, '.coveragerc'), 1, '.coveragerc configures it'),
    });
  return found;
}
