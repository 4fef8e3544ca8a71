import type { NamedTool, ProjectCommand, Purpose } from '../model.ts';
import { doingsOfTask } from '../tasks/meaning.ts';
import type { Task, TaskRunner, Tasks } from '../tasks/task.ts';
import { dig, type Table } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { Ground } from '../weighing/grounds.ts';
import { type Draft, noCommands, type Proposal } from '../weighing/proposal.ts';
import { firstTest } from './frameworks.ts';
import { hatchTestEvidence } from './hatch.ts';
import { type PythonSettings, sectionLine } from './settings.ts';
import { namesPythons } from './tasks.ts';
import { isForCertainPython, toxForThisPython } from './tox.ts';

type Spell = (argv: readonly string[], env?: Record<string, string>) => ProjectCommand;

/** The words in front of a program that runs in the environment of a manager. */
const RUN: Record<string, readonly string[]> = {
  uv: ['uv', 'run'],
  poetry: ['poetry', 'run'],
  pdm: ['pdm', 'run'],
  pipenv: ['pipenv', 'run'],
  hatch: ['hatch', 'run'],
  rye: ['rye', 'run'],
};
const BUILD: Record<string, readonly string[]> = {
  uv: ['uv', 'build'],
  poetry: ['poetry', 'build'],
  pdm: ['pdm', 'build'],
  hatch: ['hatch', 'build'],
};
const INSTALL: Record<string, readonly string[]> = {
  uv: ['uv', 'sync'],
  poetry: ['poetry', 'install'],
  pdm: ['pdm', 'install'],
  pipenv: ['pipenv', 'install', '--dev'],
  hatch: ['hatch', 'env', 'create'],
  rye: ['rye', 'sync'],
};

/** The commands of a Python project. */
export function commandProposals(
  tree: Tree,
  settings: PythonSettings,
  tasks: Tasks,
  manager: NamedTool,
  managers: readonly Proposal<NamedTool>[],
  framework: readonly Proposal<NamedTool>[],
  command: Spell,
): Draft['commands'] {
  const commands = noCommands();
  const { directory, pyproject, texts, dependencies } = settings;
  const decided = managers.find(({ value }) => value.name === manager.name);
  // What continuous integration installs with another's program, it runs without it.
  const isOfCi = decided?.ground === 'CI installs with it';
  const run = (isOfCi ? undefined : RUN[manager.name]) ?? [];
  const add = (purpose: Purpose, argv: readonly string[], ground: Ground, evidence: Proposal<unknown>['evidence']) =>
    commands[purpose].push({ value: command(argv), ground, evidence });
  // There, uv is a quicker pip: `uv sync` would make a lock file that the project has not.
  const install = isOfCi && manager.name === 'uv' ? undefined : INSTALL[manager.name];
  if (decided) add('install', install ?? pipInstall(tree, settings), 'way to install', decided.evidence);
  const hatchTest = hatchTestEvidence(tree, settings);
  if (hatchTest) add('test', ['hatch', 'test'], 'framework is set up', hatchTest);
  for (const { value, ground, evidence } of framework) {
    if (value.name === 'pytest') {
      const weight =
        testsOtherwise(tasks) || hatchTest || (manager.name === 'hatch' && testsElsewhere(tasks))
          ? 'documents say so'
          : ground === 'tool is a dependency'
            ? 'task that runs tests'
            : 'framework is set up';
      add('test', [...run, 'pytest', ...testPaths(tree, settings, tasks)], weight, evidence);
    }
    if (value.name === 'django' && texts.has('manage.py')) add('test', [...run, 'python', 'manage.py', 'test'], 'task that runs tests', evidence);
    if (value.name === 'unittest')
      add(
        'test',
        [...run, 'python', '-m', 'unittest', ...discovery(tree, directory)],
        ground === 'tool is used' ? 'task that runs tests' : 'documents say so',
        evidence,
      );
  }
  for (const folder of ['', 'tests', 'test']) {
    const program = tree.files(below(directory, folder)).find((name) => /^run_?tests?\.py$/.test(name));
    if (program === undefined) continue;
    const file = below(folder, program);
    add('test', [...run, 'python', file], 'task that runs tests', tree.at(below(directory, file), 1, `${file} runs the tests`));
  }
  commands.test.push(...taskProposals(tree, settings, tasks, 'test', command, run));
  commands.typecheck.push(...taskProposals(tree, settings, tasks, 'typecheck', command, run));
  for (const [name, config] of [
    ['mypy', 'mypy.ini'],
    ['pyright', 'pyrightconfig.json'],
    ['ty', 'ty.toml'],
  ] as const) {
    const section =
      pyproject && dig(pyproject.table, 'tool', name)
        ? tree.at(pyproject.file, sectionLine(settings, `tool.${name}`), `[tool.${name}] configures it`)
        : undefined;
    const file = tree.has(below(directory, config)) ? tree.at(below(directory, config), 1, `${name} is configured in ${config}`) : undefined;
    const evidence = section ?? file;
    if (!evidence) continue;
    const argv =
      name === 'ty'
        ? ['ty', 'check']
        : name === 'mypy' && !dig(pyproject?.table, 'tool', 'mypy', 'files') && !dig(pyproject?.table, 'tool', 'mypy', 'packages')
          ? ['mypy', sources(tree, directory)]
          : [name];
    add('typecheck', [...run, ...argv], 'types are checked', evidence);
  }
  const section = packedBy(pyproject?.table);
  if (section !== undefined || texts.has('setup.py')) {
    const evidence =
      pyproject && section !== undefined
        ? tree.at(pyproject.file, sectionLine(settings, section), `[${section}] says how it is packed`)
        : tree.at(below(directory, 'setup.py'), 1, 'setup.py says how it is packed');
    add('build', packing(manager.name, dig(pyproject?.table, 'build-system', 'build-backend')), 'package is built', evidence);
  }
  if (texts.has('manage.py'))
    add('start', [...run, 'python', 'manage.py', 'runserver'], 'start script', tree.at(below(directory, 'manage.py'), 1, 'manage.py is Django’s'));
  for (const [name, argv, files] of [
    ['fastapi', ['fastapi', 'run'], ['main.py', 'app.py', 'api.py', 'app/main.py', 'app/app.py', 'app/api.py']],
    ['flask', ['flask', 'run'], ['app.py', 'wsgi.py']],
  ] as const) {
    const dependency = dependencies.get(name);
    const file = files.find((one) => tree.has(below(directory, one)));
    if (dependency && file)
      add('start', [...run, ...argv], 'script that starts', tree.at(below(directory, file), 1, `${name} looks for the application in ${file}`));
  }
  return commands;
}

/** The section that says that a project is packed, and how: without a backend it is setuptools, where it or uv is told about packages. */
function packedBy(table: Table | undefined): string | undefined {
  if (table?.['build-system']) return 'build-system';
  if (!table?.['project']) return undefined;
  if (dig(table, 'tool', 'uv', 'package') === true) return 'tool.uv';
  return dig(table, 'tool', 'setuptools') === undefined ? undefined : 'tool.setuptools';
}

/** How a package is packed: Poetry does so with no backend but its own. */
function packing(manager: string, backend: unknown): readonly string[] {
  if (manager !== 'poetry' || typeof backend !== 'string' || backend.startsWith('poetry.')) return BUILD[manager] ?? ['python', '-m', 'build'];
  return backend === 'maturin' ? ['maturin', 'build'] : ['python', '-m', 'build'];
}

/** Whether tox runs the tests with something other than pytest in its own environment. */
function testsOtherwise(tasks: Tasks): boolean {
  const base = tasks.find('tox', '');
  const does = base ? doingsOfTask(base, tasks).filter(({ deed }) => deed === 'test') : [];
  return does.length > 0 && does.every(({ tool }) => tool !== 'pytest');
}

/** Whether scripts of Hatch run the tests, all in environments of their own: the one for everything else has not what they need. */
function testsElsewhere(tasks: Tasks): boolean {
  const testing = tasks.of('hatch').filter((task) => doingsOfTask(task, tasks).some(({ deed }) => deed === 'test'));
  return testing.length > 0 && testing.every(({ name }) => name.includes(':'));
}

/** Options of pytest that have the next word as their value. */
const WITH_VALUE = /^(-[cknopWm]|--(cov|cov-(report|config|fail-under)|numprocesses|junitxml|durations|maxfail|timeout|rootdir|ignore|deselect|tb))$/;

/** A single file of tests that pytest finds only when it is told to: none is called as it looks for them. */
function unfound(tree: Tree, directory: string, configured: string): string[] {
  const alone = ['tests.py', 'test.py'].find((name) => tree.has(below(directory, name)));
  if (alone === undefined || /python_files/.test(configured)) return [];
  const prefix = directory === '' ? '' : `${directory}/`;
  const usual = [...tree.folders].some(
    ([folder, { files }]) => (folder === directory || folder.startsWith(prefix)) && [...files].some((name) => /^test_.*\.py$|_test\.py$/.test(name)),
  );
  return usual ? [] : [alone];
}

/** Where tox has pytest look, unless pytest itself is told where to. */
function testPaths(tree: Tree, { directory, pyproject, texts }: PythonSettings, tasks: Tasks): string[] {
  const configured = JSON.stringify(dig(pyproject?.table, 'tool', 'pytest') ?? '') + [...texts.values()].join('\n');
  const base = tasks.find('tox', '');
  if (/testpaths/.test(configured)) return [];
  if (!base) return unfound(tree, directory, configured);
  const pytest = doingsOfTask(base, tasks).find(({ tool }) => tool === 'pytest');
  const words = (pytest?.argv ?? []).filter((_, i, argv) => !WITH_VALUE.test(argv[i - 1] ?? ''));
  const paths = words.filter((word) => !word.startsWith('-')).map((word) => word.replace(/\/+$/, ''));
  return paths.filter((one) => /^\w/.test(one) && tree.folders.has(below(directory, one)));
}

function pipInstall(tree: Tree, { directory, extras, pyproject, texts }: PythonSettings): string[] {
  const wanted = ['test', 'tests', 'testing', 'dev', 'develop'].find((name) => extras.has(name));
  const packed = pyproject?.table['project'] !== undefined || pyproject?.table['build-system'] !== undefined || texts.has('setup.py');
  const lists = [
    'requirements-dev.txt',
    'requirements-test.txt',
    'test-requirements.txt',
    'dev-requirements.txt',
    'requirements_dev.txt',
    'requirements.txt',
  ];
  const list = lists.find((name) => tree.has(below(directory, name)));
  return ['pip', 'install', ...(packed ? ['-e', wanted ? `.[${wanted}]` : '.'] : []), ...(list && !wanted ? ['-r', list] : [])];
}

/** Where `unittest` looks, when it is not where it stands. */
function discovery(tree: Tree, directory: string): string[] {
  const test = firstTest(tree, directory);
  const folder = test
    ?.slice(directory === '' ? 0 : directory.length + 1)
    .split('/')
    .slice(0, -1)
    .join('/');
  return folder && !tree.has(below(directory, `${folder}/__init__.py`)) ? ['discover', '-s', folder] : [];
}

function sources(tree: Tree, directory: string): string {
  return tree.folders.get(directory)?.folders.has('src') ? 'src' : '.';
}

const CALLS: Partial<Record<TaskRunner, (task: Task) => string[]>> = {
  tox: ({ name }) => ['tox', '-e', name],
  nox: ({ name }) => ['nox', '-s', name],
  hatch: ({ name }) => ['hatch', 'run', name],
  poe: ({ name }) => ['poe', name],
  pdm: ({ name }) => ['pdm', 'run', name],
  make: ({ name }) => ['make', name],
  just: ({ name }) => ['just', name],
  task: ({ name }) => ['task', name],
};

/** The words that run a task; of tasks that are there for several Pythons, for the one at hand. */
function callOf(task: Task, tree: Tree, settings: PythonSettings): string[] {
  if (task.runner === 'tox' && task.name === '') return toxForThisPython(tree, settings);
  const call = CALLS[task.runner]?.(task) ?? [];
  return task.runner === 'nox' && namesPythons(task, settings.texts.get('noxfile.py') ?? '') ? [...call, '--force-python', 'python'] : call;
}

const TASK_NAMES: Record<'test' | 'typecheck', readonly RegExp[]> = {
  test: [/^$/, /^(run-)?(tests?|unit|unittests?|py|py3|pytest|check)$/, /(^|:)(tests?|run|cov|unit)$/, /test/],
  typecheck: [/^(typing|type|types|mypy|pyright|type-?check|check-types)$/, /(^|:)(types?|typing|mypy|check)$/, /typ|mypy|pyright/],
};

/** Tasks that test or check types, the best named first. */
function taskProposals(
  tree: Tree,
  settings: PythonSettings,
  tasks: Tasks,
  purpose: 'test' | 'typecheck',
  command: Spell,
  run: readonly string[],
): Proposal<ProjectCommand>[] {
  return (Object.keys(CALLS) as TaskRunner[])
    .flatMap((runner) => tasks.of(runner))
    .map((task) => ({ task, rank: TASK_NAMES[purpose].findIndex((pattern) => pattern.test(task.name)) }))
    .filter(({ task }) => task.runner !== 'tox' || !isForCertainPython(task.name))
    .filter(({ task, rank }) => {
      if (rank < 0) return false;
      const does = doingsOfTask(task, tasks);
      // What is called so tests with a tool that is not known.
      return does.some(({ deed }) => deed === purpose) || (purpose === 'test' && rank === 1 && does.length === 0 && task.script.trim() !== '');
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ task, rank }) => {
      const argv = callOf(task, tree, settings);
      const words = /^(tox|nox|poe)$/.test(task.runner) && run[0] !== 'hatch' ? [...run, ...argv] : argv;
      const ground: Ground = purpose === 'typecheck' ? 'script that checks types' : rank <= 2 ? 'task that runs tests' : 'documents say so';
      return {
        value: command(words),
        ground,
        evidence: tree.at(
          task.file,
          task.line,
          `${task.runner} has ${task.name ? `"${task.name}"` : 'environments'} that ${purpose === 'test' ? 'runs tests' : 'checks types'}`,
        ),
      };
    });
}
