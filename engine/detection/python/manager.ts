import type { NamedTool } from '../model.ts';
import { dig } from '../text/documents.ts';
import { below, parentOf, type Tree } from '../text/tree.ts';
import type { Ground } from '../weighing/grounds.ts';
import { installingManagers } from '../weighing/installing.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import type { Proposal } from '../weighing/proposal.ts';
import { type PythonSettings, sectionLine } from './settings.ts';

const LOCKS: readonly [file: string, manager: string][] = [
  ['uv.lock', 'uv'],
  ['poetry.lock', 'poetry'],
  ['pdm.lock', 'pdm'],
  ['Pipfile.lock', 'pipenv'],
  ['Pipfile', 'pipenv'],
];
/** Sections of pyproject.toml that only a manager reads. */
const SECTIONS: readonly [keys: readonly string[], manager: string][] = [
  [['tool', 'uv'], 'uv'],
  [['tool', 'poetry'], 'poetry'],
  [['tool', 'pdm', 'dev-dependencies'], 'pdm'],
  [['tool', 'pdm', 'scripts'], 'pdm'],
  [['tool', 'hatch', 'envs'], 'hatch'],
  [['tool', 'rye'], 'rye'],
];

/** Who may install what a Python project depends on. */
export function managerProposals(tree: Tree, settings: PythonSettings, outside: readonly OutsideCommand[]): Proposal<NamedTool>[] {
  const { directory, pyproject } = settings;
  const found: Proposal<NamedTool>[] = [];
  const add = (name: string, ground: Ground, file: string, line: number, says: string) =>
    found.push({ value: { name }, ground, evidence: tree.at(file, line, says) });
  for (let folder = directory; ; folder = parentOf(folder)) {
    const locks = LOCKS.filter(([name]) => tree.has(below(folder, name)));
    const several = new Set(locks.map(([, manager]) => manager)).size > 1;
    for (const [name, manager] of locks) {
      const ground =
        several && !SECTIONS.some(([keys, one]) => one === manager && dig(pyproject?.table, ...keys)) ? 'one of several lock files' : 'lock file';
      add(manager, ground, below(folder, name), 1, several ? `${name} is one of several lock files` : `${name} is ${manager}'s`);
    }
    if (locks.length > 0 || folder === '') break;
  }
  for (const [keys, manager] of SECTIONS) {
    if (!pyproject || dig(pyproject.table, ...keys) === undefined) continue;
    add(manager, 'tool has a section', pyproject.file, sectionLine(settings, keys.join('.')), `[${keys.join('.')}] is ${manager}'s`);
  }
  // With pip CI installs also what it needs itself.
  found.push(...installingManagers(tree, directory, outside, ['uv', 'poetry', 'pdm', 'pipenv']));
  if (settings.texts.has('hatch.toml')) add('hatch', 'tool has a section', below(directory, 'hatch.toml'), 1, "hatch.toml is hatch's");
  const [file, line] = pyproject ? [pyproject.file, 1] : [below(directory, [...settings.texts.keys()][0] ?? 'pyproject.toml'), 1];
  add('pip', found.length === 0 ? 'no lock file' : 'documents say so', file, line, 'nothing names another manager, and pip comes with Python');
  return found;
}
