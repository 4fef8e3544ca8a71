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
const MANIFEST =
  /^(package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml|bunfig\.toml|lerna\.json|nx\.json|turbo\.jsonc?|rush\.json|project\.json|deno\.jsonc?|pyproject\.toml|setup\.(py|cfg)|tox\.(ini|toml)|noxfile\.py|pytest\.(ini|toml)|hatch\.toml|uv\.toml|Pipfile|manage\.py|tasks\.py|dev-requirements\.txt|.*requirements.*\.(txt|in)|go\.(mod|work)|Cargo\.toml|nextest\.toml|tsconfig.*\.json|\.mocharc\.[a-z]+|\.tool-versions|\.nvmrc|mise\.toml|\.mise\.toml)$/i;
const TASKS = /^(GNUmakefile|makefile|.*\.mk|\.?justfile|Taskfile(\.dist)?\.ya?ml|magefile\.go)$/i;
const CI_FILES =
  /^(\.travis\.yml|\.gitlab-ci\.yml|azure-pipelines\.ya?ml|\.?appveyor\.ya?ml|bitbucket-pipelines\.yml|\.cirrus\.yml|\.pre-commit-config\.yaml)$/;
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
  if (MANIFEST.test(name) || TASKS.test(name) || CI_FILES.test(name) || name === 'yarn.lock') return true;
  if (isDocument(relative)) return true;
  return /^\.(github|circleci|gitlab|buildkite|azure-pipelines)\/.*\.ya?ml$/.test(relative);
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
