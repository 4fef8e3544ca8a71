import type { Evidence } from '../../model/index.ts';
import { dig, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { PythonSettings } from './settings.ts';

/** The environment of Hatch in which `hatch test` runs pytest, where a project has set it up: https://hatch.pypa.io/latest/config/internal/testing/ */
const ENVIRONMENT = 'hatch-test';

/** Where a project sets up what `hatch test` runs. */
export function hatchTestEvidence(tree: Tree, { directory, pyproject, texts }: PythonSettings): Evidence | undefined {
  const says = `"${ENVIRONMENT}" is the environment of \`hatch test\``;
  const file = below(directory, 'hatch.toml');
  if (dig(tree.toml(file), 'envs', ENVIRONMENT) !== undefined)
    return tree.at(file, tomlLine(texts.get('hatch.toml') ?? '', `envs.${ENVIRONMENT}`), says);
  if (!pyproject || dig(pyproject.table, 'tool', 'hatch', 'envs', ENVIRONMENT) === undefined) return undefined;
  return tree.at(pyproject.file, tomlLine(pyproject.text, `tool.hatch.envs.${ENVIRONMENT}`), says);
}
