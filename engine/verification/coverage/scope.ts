import path from 'node:path';

const APART =
  /^(node_modules|bower_components|jspm_packages|\.venv|venv|\.tox|\.nox|site-packages|vendor|target|\.assay|\.next|\.nuxt|\.svelte-kit|coverage)$/;
/** Folders that hold tests and what these need. */
const TEST_FOLDER = /^(tests?|specs?|__tests__|__mocks__|__fixtures__|fixtures|e2e|cypress|benches)$/;
const TEST_FILE =
  /(^|[.\-_])(test|tests|spec|e2e|bench)\.[cm]?[jt]sx?$|^(test|tests|spec)([-_.][^.]*)?\.([cm]?[jt]sx?|py|rs)$|_test\.(go|py)$|_tests?\.rs$|^test_.*\.py$|^conftest\.py$/;
/** What sets tools up. */
const SET_UP =
  /(^|[.\-_])(config|conf|setup|workspace)\.[cm]?[jt]s$|^\..*rc\.[cm]?[jt]s$|^(Gruntfile|gulpfile|Gulpfile|noxfile|setup)\.([cm]?js|py)$|\.d\.[cm]?ts$/;

/**
 * Tells which files are the project's code under test: below its directory, and no dependencies, tests, or set-up of tools.
 *
 * @param root absolute path of the project
 * @param tests absolute paths of the files in which tests ran
 */
export function ownCode(root: string, tests: ReadonlySet<string>): (file: string) => boolean {
  return (file) => {
    const relative = path.relative(root, file);
    if (relative.startsWith('..') || path.isAbsolute(relative) || tests.has(file)) return false;
    const folders = relative.split(path.sep);
    const name = folders.pop() ?? '';
    return !folders.some((folder) => APART.test(folder) || TEST_FOLDER.test(folder)) && !TEST_FILE.test(name) && !SET_UP.test(name);
  };
}
