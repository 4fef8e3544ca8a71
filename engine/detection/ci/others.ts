import { asTable } from '../text/documents.ts';
import { readScript } from '../text/script.ts';
import { below, type Tree } from '../text/tree.ts';
import type { YamlText } from '../text/yaml.ts';
import type { OutsideCommand } from '../weighing/outside.ts';

const FILES = [
  '.circleci/config.yml',
  '.travis.yml',
  '.gitlab-ci.yml',
  'azure-pipelines.yml',
  'azure-pipelines.yaml',
  'bitbucket-pipelines.yml',
  '.cirrus.yml',
  'appveyor.yml',
  '.appveyor.yml',
];
/** Keys under which CircleCI, Travis, GitLab, Azure, Bitbucket, Cirrus and AppVeyor have commands. */
const SCRIPTS = /^(script|before_script|install|before_install|run|command|bash|pwsh|powershell|test_script|build_script|.*_script|test)$/;
const DEEPEST = 20;

/** The commands of other services: all texts under the keys that they have commands under, without what the service itself puts in. */
export function otherCommands(tree: Tree): OutsideCommand[] {
  const folders = tree
    .files('.buildkite')
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => below('.buildkite', name));
  return [...FILES, ...folders].flatMap((file) => {
    const yaml = tree.yaml(file);
    return yaml ? walk(yaml, file, yaml.value, [], '', undefined) : [];
  });
}

function walk(
  yaml: YamlText,
  file: string,
  value: unknown,
  path: readonly (string | number)[],
  named: string,
  directory: string | undefined,
): OutsideCommand[] {
  if (path.length > DEEPEST) return [];
  const own = asTable(value)?.['working_directory'] ?? asTable(value)?.['workingDirectory'];
  const cwd = typeof own === 'string' && !/^[~/$]/.test(own) ? below('', own) : directory;
  const entries: [string | number, unknown][] = Array.isArray(value) ? value.map((one, i) => [i, one]) : Object.entries(asTable(value) ?? {});
  return entries.flatMap(([key, inner]) => {
    const here = [...path, key];
    const name = typeof key === 'string' ? key : named;
    if (typeof inner === 'object') return walk(yaml, file, inner, here, name, cwd);
    if (typeof inner !== 'string' || !SCRIPTS.test(name)) return [];
    const first = yaml.lineOf(here) + (inner.includes('\n') ? 1 : 0);
    return readScript(inner.replace(/<<[^>]*>>/g, '')).map((command) => ({
      argv: command.argv,
      env: command.env,
      cwd: below(cwd ?? '', command.cwd.startsWith('/') || command.cwd.startsWith('$') ? '..' : command.cwd),
      file,
      line: first + command.line,
      from: 'ci' as const,
    }));
  });
}
