import type { ProjectCommand, Purpose } from '../model.ts';
import { type Doing, doingsOfTask, isUnderstood } from '../tasks/meaning.ts';
import type { Task, Tasks } from '../tasks/task.ts';
import { dig } from '../text/documents.ts';
import { below, parentOf, type Tree } from '../text/tree.ts';
import type { Ground } from '../weighing/grounds.ts';
import type { Proposal } from '../weighing/proposal.ts';

/** What `npm init` writes: a script that says that there is none. */
const PLACEHOLDER = /no tests? (specified|yet|defined)|^\s*(echo\b[^&|;]*(&&\s*)?)?exit [01]\s*$|^\s*echo\b[^&|;]*$|^\s*(true|:)\s*$/i;
/** Names of scripts for each purpose, the best first. */
const NAMES: Record<Exclude<Purpose, 'install'>, readonly RegExp[]> = {
  test: [
    /^test$/,
    /^test:(run|once|ci)$|^ci:test$|^test-ci$/,
    /^(test[:-])?units?(-tests?)?$/,
    /^test[:-](node|all|js|ts|src|lib)$/,
    /^tests?$|^specs?$/,
    /^(vitest|jest|mocha|ava|tap)$/,
    /^(test[:-])?(coverage|cov|cover)$|^coverage[:-]test$/,
    /^(ci|verify|validate|check)$/,
    /^(test|spec|unit)/,
  ],
  build: [
    /^build$/,
    /^build[:-](all|prod|production|packages|lib|libs|ts|js|dist)$|^dist$/,
    /^(compile|bundle|transpile|rollup|webpack)$/,
    /^(tsc|build:.*)$/,
    /^(prepare|prepack|prepublishOnly|prepublish)$/,
  ],
  typecheck: [
    /^(type-?check|check-?types?|types?:check|ts:check|tsc:check|check:ts|check:tsc)$/,
    /^(check|lint|test|build)[:-](types?|tsc?|typescript|typings|typecheck)$/,
    /^(tsc|types?|typings|tsc:.*|type-?check:.*|check:.*)$/,
    /^check$/,
  ],
  start: [/^start$/, /^start[:-](prod|production)$/, /^serve$/, /^(dev|develop|start[:-]dev)$/, /^preview$/],
};
/** Scripts that build whatever they run, by what they are called. */
const CALLED_BUILD = /^(compile|dist|build[:-](?!.*(docs?|site|website|examples?|demo|toc|watch|storybook|types?|bench))[\w:-]+)$/;
/** The pattern among them that names what does a part. */
const PART: Partial<Record<Purpose, number>> = { test: NAMES.test.length - 1, build: NAMES.build.length - 2 };
/** Scripts that run all tests, where `test` runs a part, */
const ALL_TESTS = /^test[:-](all|ci)$/;
/** which it names: a project of Vitest, or a package. Patterns of packages stand for several. */
const NAMES_A_PART =
  /(^|\s)--(project[ =]("[^"]*"|'[^']*'|\S+)|(filter|workspace)[ =]["']?[\w@][\w@/-]*["']?)(\s|$)(?!.*--(project|filter|workspace)[ =])/;
/** The same script in the packages of a workspace. */
const IN_PACKAGES = /(^|\s)(pnpm|npm|yarn)\s([^&|;]{0,99}\s)?(-r|--recursive|--workspaces|-ws)\s([^&|;]{0,199}\s)?test(\s|$)/;
/** So many characters of a script are looked at for them. */
const FIRST = 1000;
/** Scripts that stay with the files and run again when they change. */
const WATCHING = /(^|\s)--watch(All)?(\s|=true|$)|(^|\s)-w(\s|$)|\bnodemon\b|\bwatch\b(?!man|:?=false)/;
/** Options that say that nothing is watched, and those of a manager that name a package. */
const NOT_WATCHING = /--no-watch(All)?\b|--watch(All)?[ =]false\b|\b(npm|pnpm|yarn) [^&|;]{0,99}?-w\b/g;
const WATCHING_NAME = /watch|:w$|[:-](dev|debug|ui|open|update|snap)/;

/** What is known of a package beside its scripts. */
interface Around {
  /** The packages of its workspace have scripts for the purpose. */
  everywhere: boolean;
  /** What others import of it is there without being built. */
  asItIs: boolean;
}

/** The commands that the scripts of a manifest offer for a purpose. */
export function scriptProposals(
  tree: Tree,
  tasks: Tasks,
  purpose: Exclude<Purpose, 'install'>,
  { everywhere, asItIs }: Around,
  command: (script: string) => ProjectCommand,
): Proposal<ProjectCommand>[] {
  const whole = purpose === 'test' ? tasks.of('node').find((task) => ALL_TESTS.test(task.name) && testsAll(task, tasks)) : undefined;
  return tasks
    .of('node')
    .flatMap((task): { task: Task; ground: Ground; rank: number }[] => {
      const rank = NAMES[purpose].findIndex((pattern) => pattern.test(task.name));
      const ground = groundOf(task, tasks, doingsHere(tree, task, tasks), purpose, rank);
      if (task === whole) return [{ task, ground: 'script that runs tests', rank }];
      if (!ground || (purpose === 'build' && asItIs && rank === PART.build && task.name !== 'tsc')) return [];
      const part = (everywhere && rank === PART[purpose]) || (whole !== undefined && namesAPart(task));
      return [{ task, ground: part ? 'script that does a part' : ground, rank: rank < 0 ? 99 : rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ task, ground }) => ({
      value: command(task.name),
      ground,
      evidence: tree.at(task.file, task.line, `the script "${task.name}" is \`${shortened(task.script)}\``),
    }));
}

/** Whether a script runs tests and names no part of them. */
function testsAll(task: Task, tasks: Tasks): boolean {
  if (namesAPart(task)) return false;
  return doingsOfTask(task, tasks).some(({ deed }) => deed === 'test') || IN_PACKAGES.test(task.script.slice(0, FIRST));
}

function namesAPart({ script }: Task): boolean {
  return NAMES_A_PART.test(script.slice(0, FIRST));
}

/** What a script does, with what tsconfig.json says of TypeScript's compiler: it builds nothing where it must not emit. */
function doingsHere(tree: Tree, task: Task, tasks: Tasks): Doing[] {
  return doingsOfTask(task, tasks).map((one) =>
    one.deed === 'build' && one.tool === 'tsc' && emitsNothing(tree, parentOf(task.file), one.argv) ? { ...one, deed: 'typecheck' } : one,
  );
}

function emitsNothing(tree: Tree, directory: string, argv: readonly string[]): boolean {
  if (argv.some((word) => /^(-b|--build|--noEmit|--outDir|--emitDeclarationOnly)$/.test(word))) return false;
  const option = argv.findIndex((word) => word === '-p' || word === '--project');
  const project = below(directory, option < 0 ? 'tsconfig.json' : (argv[option + 1] ?? ''));
  return dig(tree.json(project.endsWith('.json') ? project : below(project, 'tsconfig.json')), 'compilerOptions', 'noEmit') === true;
}

function groundOf(task: Task, tasks: Tasks, does: readonly Doing[], purpose: Exclude<Purpose, 'install'>, rank: number): Ground | undefined {
  const { name, script } = task;
  if (script.trim() === '' || PLACEHOLDER.test(script)) return undefined;
  const watches = WATCHING_NAME.test(name) || (WATCHING.test(script.replace(NOT_WATCHING, '')) && purpose !== 'start');
  const fits = does.some(({ deed }) => deed === purpose);
  switch (purpose) {
    case 'test':
      if (name === 'test') return watches ? 'task that runs tests' : groundOfTest(task, tasks, does);
      return !watches && fits && rank >= 0 ? 'script that runs tests' : undefined;
    case 'build':
      if (name === 'build') return 'build script';
      return !watches && (fits || CALLED_BUILD.test(name) || makes(task, tasks)) && rank >= 0 ? 'script that builds' : undefined;
    case 'typecheck':
      if (watches || rank < 0) return undefined;
      if (rank === 0) return 'typecheck script';
      return fits ? 'script that checks types' : undefined;
    case 'start':
      if (name === 'start') return 'start script';
      return rank >= 0 ? 'script that starts' : undefined;
  }
}

/** Whether a script, or one that it needs, starts a program of the project's own that is called after making something. Many are called `build:` something. */
function makes(task: Task, tasks: Tasks): boolean {
  if (task.name.startsWith('build')) return false;
  const needed = task.needs.flatMap((name) => tasks.find('node', name) ?? []);
  return [task, ...needed].some(({ script }) => OWN_PROGRAM.test(script));
}

const OWN_PROGRAM =
  /(^|[&|;]\s*)((node|tsx|ts-node|bun|bash|sh|zx)\s+)?(\.\/)?((?!test|fixture)[\w.-]+\/)*([a-z]+-)*(build|compile|bundle|generate|transpile|convert)[\w-]{0,60}\.([mc]?[jt]s|sh)\b/;

function groundOfTest(task: Task, tasks: Tasks, does: readonly Doing[]): Ground {
  if (does.some(({ deed }) => deed === 'test')) return 'test script';
  return does.length > 0 && does.every(({ deed }) => deed === 'check' || deed === 'typecheck') && isUnderstood(task, tasks)
    ? 'test script that runs no tests'
    : 'test script that is not understood';
}

/** Whether a script runs tests once only where it is told that nobody is watching (`CI=1`). */
export function needsCi(name: string, tasks: Tasks): boolean {
  const task = tasks.find('node', name);
  if (!task) return false;
  return doingsOfTask(task, tasks).some(({ deed, argv }) => deed === 'test' && watchesAtTerminal(argv));
}

/** Whether a command watches unless it is told that nobody is there. */
export function watchesAtTerminal(argv: readonly string[]): boolean {
  const [program, ...rest] = argv;
  if (program === 'vitest') return !rest.some((word) => /^(run|--run|bench|list|typecheck|related|--watch=false|--no-watch)$/.test(word));
  return program === 'react-scripts' && !rest.some((word) => /^--(watchAll=false|no-watch)/.test(word));
}

function shortened(script: string): string {
  const line = script.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
