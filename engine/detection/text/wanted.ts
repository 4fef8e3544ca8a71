/** What a package manager, a compiler or a test tool wrote, or what is not the project's own. */
const SKIPPED = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'vendor',
  'target',
  'venv',
  '__pycache__',
  'site-packages',
  'dist',
  'coverage',
  'Pods',
]);
/** Folders whose projects are inputs of tests or shown to readers: nobody verifies them with the workspace. */
const SAMPLES =
  /^(fixtures?|__fixtures__|__testfixtures__|test-?fixtures|testdata|test-?data|__mocks__|__snapshots__|snapshots|corpus|third_party|third-party)$/i;
/** The same, but workspaces have members there. */
const SHOWN = /(^|\/)(samples?|examples?|templates?|playgrounds?|demos?)(\/|$)/i;
/** Folders whose name begins with a dot that say how a project is built. */
const CI_FOLDER = /^\.(github|circleci|gitlab|config|cargo|buildkite|azure-pipelines|yarn)(\/|$)/;
/** Files of any folder that say how a project is built, tested or started, by their names; `*` stands for any characters. */
const READ = [
  ...['package.json', 'pnpm-workspace.yaml', '.yarnrc.yml', 'yarn.lock', 'bunfig.toml', 'lerna.json', 'nx.json', 'turbo.json', 'turbo.jsonc'],
  ...['rush.json', 'project.json', 'deno.json', 'deno.jsonc', 'tsconfig*.json', '.mocharc.*'],
  ...['pyproject.toml', 'setup.py', 'setup.cfg', 'tox.ini', 'tox.toml', 'noxfile.py', 'pytest.ini', 'pytest.toml', 'hatch.toml', 'uv.toml'],
  ...['Pipfile', 'manage.py', 'tasks.py', '*requirements*.txt', '*requirements*.in'],
  ...['go.mod', 'go.work', 'Cargo.toml', 'nextest.toml', '.tool-versions', '.nvmrc', 'mise.toml', '.mise.toml'],
  ...['GNUmakefile', 'Makefile', 'makefile', 'Makefile.common', 'Makefile.inc', '*.mk', 'justfile', 'Justfile', '.justfile', 'magefile.go'],
  ...['Taskfile.yml', 'Taskfile.yaml', 'Taskfile.dist.yml', 'Taskfile.dist.yaml'],
  ...['.travis.yml', '.gitlab-ci.yml', 'azure-pipelines.yml', 'azure-pipelines.yaml', '.appveyor.yml', '.appveyor.yaml', 'appveyor.yml'],
  ...['appveyor.yaml', 'bitbucket-pipelines.yml', '.cirrus.yml', '.pre-commit-config.yaml'],
];
/** Files that tell something by being there. */
const NOTED = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'Pipfile.lock',
];
const IS_READ = named(READ);
const IS_NOTED = named(NOTED);

/** Patterns, as editors watch files by them, of all that detection reads; they match more than that ({@link isRead}). */
export const WATCHED: readonly string[] = [
  `**/{${[...READ, ...NOTED].join(',')}}`,
  '**/.{github,circleci,gitlab,buildkite,azure-pipelines}/**/*.{yml,yaml}',
  '**/.cargo/config.toml',
  '**/{README,CONTRIBUTING,DEVELOPING,DEVELOPMENT,HACKING,readme,contributing}{,.md,.rst,.txt,.adoc}',
  '**/docs/contributing/*.md',
];

/** Integration tests of a package of Cargo: their first lines tell which features they need. */
export const TESTS_OF_CARGO = /(^|\/)tests\/[^/]+\.rs$/;
/** Files of which the first lines tell something (the format of yarn.lock); all other lock files are known by their names. */
export const ONLY_HEAD = new RegExp(`(^|/)yarn\\.lock$|${TESTS_OF_CARGO.source}`);

/** Whether a folder is not looked into. */
export function isSkipped(relative: string, name: string): boolean {
  if (name.startsWith('.')) return !CI_FOLDER.test(relative.slice(relative.lastIndexOf('/') + 1));
  return SKIPPED.has(name) || SAMPLES.test(name);
}

/** Whether the text of a file is read. */
export function isWanted(relative: string, name: string): boolean {
  if (IS_READ.test(name) || isDocument(relative)) return true;
  return /^\.(github|circleci|gitlab|buildkite|azure-pipelines)\/.*\.ya?ml$|(^|\/)\.cargo\/config\.toml$/.test(relative);
}

/** Whether detection reads or notes a file (its path from the workspace, with `/`): then projects may be others when it has changed. */
export function isRead(relative: string): boolean {
  const parts = relative.split('/');
  const name = parts.pop() as string;
  if (parts.some((part, i) => isSkipped(parts.slice(0, i + 1).join('/'), part))) return false;
  return isWanted(relative, name) || IS_NOTED.test(name);
}

/** Whether what lies in a folder is there to be looked at, so that it is no project to verify. */
export function isSample(relative: string): boolean {
  return SHOWN.test(relative);
}

/** Whether a file tells those who change the project how to. */
export function isDocument(relative: string): boolean {
  return /^((\.github|docs?)\/)?(README|CONTRIBUTING|DEVELOPING|DEVELOPMENT|HACKING)(\.(md|rst|txt|adoc))?$|^docs\/contributing\/[\w-]+\.md$/i.test(
    relative,
  );
}

function named(names: readonly string[]): RegExp {
  return new RegExp(`^(${names.map((name) => name.replaceAll('.', '\\.').replaceAll('*', '.*')).join('|')})$`, 'i');
}
