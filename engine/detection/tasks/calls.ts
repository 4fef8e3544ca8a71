import { programName } from '../tools.ts';
import type { Task, Tasks } from './task.ts';

/** Words behind a package manager that it takes for itself: a script of that name is run with `run` only. */
const NODE_VERBS =
  /^(install|i|ci|add|exec|x|dlx|publish|pack|link|login|audit|outdated|update|up|dedupe|config|set|version|why|create|init|import|cache|prune|rebuild|remove|unlink|view|info|pm)$/;
/** Options with which a package manager works in another package. */
const ELSEWHERE = /^(-C|-F|-w|-r|--(cwd|dir|filter|prefix|workspace|workspaces|recursive|ws))(=|$)/;

/** The tasks that a command calls by name, or undefined where it calls none that is known. */
export function called(words: readonly string[], tasks: Tasks): Task[] | undefined {
  const [program = '', ...rest] = words;
  const found = NAMED[programName(program)]?.(rest, tasks);
  return found && found.length > 0 ? found : undefined;
}

type Finder = (rest: readonly string[], tasks: Tasks) => (Task | undefined)[];

const NAMED: Record<string, (rest: readonly string[], tasks: Tasks) => Task[] | undefined> = {
  ...Object.fromEntries(['npm', 'pnpm', 'yarn', 'bun', 'node'].map((name) => [name, defined((rest, tasks) => nodeScripts(name, rest, tasks))])),
  ...Object.fromEntries(['run-s', 'run-p', 'npm-run-all', 'npm-run-all2', 'redrun'].map((name) => [name, defined(manyScripts)])),
  make: defined((rest, tasks) => [
    ...targets(rest, /^(-C|-f|-j|-o|-W|-I)$/).map((name) => tasks.find('make', name)),
    ...(targets(rest, /^(-C|-f|-j)$/).length === 0 ? [tasks.of('make')[0]] : []),
  ]),
  just: defined((rest, tasks) => targets(rest, /^(-f|-d|--set)$/).map((name) => tasks.find('just', name))),
  task: defined((rest, tasks) => targets(rest, /^(-d|-t)$/).map((name) => tasks.find('task', name))),
  tox: defined(toxEnvironments),
  nox: defined((rest, tasks) => {
    const named = valuesOf(rest, /^(-s|--sessions?|-e)$/, true).map(
      (name) => tasks.find('nox', name.replace(/[-(].*$/, '')) ?? tasks.find('nox', name),
    );
    return named.length > 0 ? named : tasks.of('nox').filter(({ name }) => /test/.test(name));
  }),
  hatch: defined((rest, tasks) => {
    const at = rest.indexOf('run');
    if (at < 0) return rest.includes('test') ? [tasks.find('hatch', 'hatch-test:run')] : [];
    const name = rest.slice(at + 1).find((word) => !word.startsWith('-') && !/^\+/.test(word));
    return [tasks.find('hatch', name ?? ''), tasks.find('hatch', name?.replace(/^[^:]*:/, '') ?? '')].slice(0, 2).filter(Boolean).slice(0, 1);
  }),
  poe: defined((rest, tasks) =>
    targets(rest, /^(-C)$/)
      .slice(0, 1)
      .map((name) => tasks.find('poe', name)),
  ),
  pdm: defined((rest, tasks) => [tasks.find('pdm', rest.filter((word) => word !== 'run' && !word.startsWith('-'))[0] ?? '')]),
  cargo: defined((rest, tasks) => [tasks.find('cargo', rest.find((word) => !word.startsWith('-') && !word.startsWith('+')) ?? '')]),
};

function defined(find: Finder): (rest: readonly string[], tasks: Tasks) => Task[] | undefined {
  return (rest, tasks) => find(rest, tasks).filter((task) => task !== undefined);
}

function nodeScripts(manager: string, rest: readonly string[], tasks: Tasks): (Task | undefined)[] {
  if (manager === 'node' && !rest.includes('--run')) return [];
  const at = rest.findIndex((word) => !/^(-.*|run|run-script|workspaces?)$/.test(word));
  const before = at < 0 ? rest : rest.slice(0, at);
  if (before.some((word) => ELSEWHERE.test(word) || word.startsWith('workspace'))) return [];
  const name = manager === 'npm' && /^(t|tst)$/.test(rest[at] ?? '') ? 'test' : rest[at];
  if (name === undefined) return [];
  const explicit = before.some((word) => word.startsWith('run') || word === '--run');
  if (explicit && /[*/]/.test(name) && !tasks.find('node', name)) return manyScripts([globOf(name)], tasks);
  if (
    !explicit &&
    (NODE_VERBS.test(name) || (manager === 'npm' && !/^(test|start|stop|restart)$/.test(name)) || (manager === 'bun' && /^(test|build)$/.test(name)))
  )
    return [];
  return [tasks.find('node', `pre${name}`), tasks.find('node', name), tasks.find('node', `post${name}`)].filter(
    (task, i, all) => task && (i === 1 || (manager !== 'pnpm' && all[1])),
  );
}

/** What pnpm takes for a regular expression, `^` and the first letters of names between slashes, as the pattern of others. */
function globOf(name: string): string {
  const [, prefix, end] = /^\/\^([\w:-]+)(\.[*+]\$?|\$)?\/\w*$/.exec(name) ?? [];
  if (prefix === undefined) return name;
  return end === '$' ? prefix : `${prefix}**`;
}

/** Longer patterns and those with more stars are not tried, nor are longer names: it could take for ever. */
const LONGEST_NAME = 100;
const MOST_STARS = 4;

/** `run-s build:*`: each script that the pattern fits. */
function manyScripts(rest: readonly string[], tasks: Tasks): Task[] {
  return rest
    .filter((word) => !word.startsWith('-'))
    .flatMap((word) => {
      if (word.length > LONGEST_NAME || word.split(/\*+/).length - 1 > MOST_STARS) return [];
      const pattern = new RegExp(
        `^${word
          .split(' ')[0]
          ?.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
          .replaceAll('**', '.+')
          .replaceAll('*', '[^:]+')}$`,
      );
      return tasks.of('node').filter(({ name }) => name.length <= LONGEST_NAME && pattern.test(name));
    });
}

function toxEnvironments(rest: readonly string[], tasks: Tasks): (Task | undefined)[] {
  const named = valuesOf(rest, /^(-e|--env|-f)$/, true).flatMap((list) => list.split(','));
  const base = tasks.find('tox', '');
  if (named.length === 0) return [base];
  return named.map((name) => tasks.find('tox', name) ?? (/^(py|\$|ALL)|py\d|\d\.\d|unit|test/.test(name) ? base : undefined));
}

/** Words that are no options and no values of options, nor variables (`make test V=1`). */
function targets(rest: readonly string[], valued: RegExp): string[] {
  return rest.filter((word, i) => !word.startsWith('-') && !word.includes('=') && !valued.test(rest[i - 1] ?? ''));
}

/** The values of an option: `-e a`, `-e=a`, `-ea`, and, where there may be several, all words behind it. */
function valuesOf(rest: readonly string[], option: RegExp, many: boolean): string[] {
  const found: string[] = [];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] as string;
    const [head = '', value] = word.split('=', 2);
    if (!option.test(head)) continue;
    if (value !== undefined) found.push(value);
    else for (let k = i + 1; k < rest.length && !(rest[k] as string).startsWith('-') && (many || k === i + 1); k++) found.push(rest[k] as string);
  }
  return found;
}
