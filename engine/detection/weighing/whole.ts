import { called } from '../tasks/calls.ts';
import { launched } from '../tasks/meaning.ts';
import type { Tasks } from '../tasks/task.ts';
import { programName } from '../tools.ts';
import type { OutsidePurpose } from './doing.ts';

/** Words of commands that do only a part, or something beside it: they are what else is run. */
export const PART =
  /\b(e2e|integration|types?|typings|browser|smoke|lint|docs?|examples?|bench\w*|update|watch|deno|doc|tools?|tooling|website|stress|fuzz|wasm|nightly)\b|--no-run|--no-default-features|minimal-versions|miri|(^|\s)-p\s|--package|--manifest-path|@v?\d|--test\s|--lib\b|--example|^cargo test \w/;

/** What only the workflow's shell knows: the output of a command, or a variable that an earlier step or the service sets. */
export const UNKNOWN = /\$[\w{(]|`/;

/** Names of scripts and targets beside one called `test` that run all that it runs, too. */
const ALL = /^(tests?|unit)?[-_:.]?(all|full)?$/;

/** Names of targets that run all tests where none is called so, with how. */
const CHECKS =
  /^(run)?[-_:.]?(all)?[-_:.]?(tests?|unit(-?tests?)?|check|ci|verify|validate|cov|cover|coverage)([-_:.](all|full|ci|unit|race|local|cov|cover|coverage|node|js|ts|prod))*$/;

/** Options with which a tool runs less than it would, or something else. */
const CHOOSING: Readonly<Record<string, RegExp>> = {
  gotestsum: /^-/,
  go: /^-(run|tags|bench|fuzz|exec|c|skip|args|list)\b/,
  nox: /^(-t|--tags|-k)$/,
  cargo:
    /^(hack|miri|minimal-versions|careful|-p|--bins?|--doc|--examples?|--target|--workspace-exclude|--exclude-features|--feature-powerset|--each-feature|--ignored|-E|--filter-expr|-Z)\b/,
  unittest: /^(-k|-p|--pattern)\b/,
  pytest: /^(-m|-k|--pyargs|--deselect|--lf|--ff|--collect-only|--doctest.*|--co|--benchmark.*|--ignore.*|-c)$/,
};

/** Whether all words of a command stand there, and none is left to the workflow's shell. */
export function isResolved(argv: readonly string[]): boolean {
  return !argv.some((word) => UNKNOWN.test(word));
}

/** Whether a command is for a machine that the tests are not usually run on. */
export function isForAnother(argv: readonly string[]): boolean {
  return argv.some((word) => /wasm|wasi\b|miri/.test(word));
}

/** Whether a command, in its simplest form, runs everything of its kind: not one package, folder, file, marker or build tag, nor a script for one part. */
export function isWhole(argv: readonly string[], purpose: OutsidePurpose, tasks: Tasks): boolean {
  const line = argv.join(' ');
  // What only checks types builds nothing; as a build it has a script.
  if (purpose === 'build' && /^(tsc|tsgo|vue-tsc)$/.test(programName(launched(argv)[0] ?? '').replace(/^pnpm$/, launched(argv)[1] ?? '')))
    return false;
  if (purpose !== 'test') return !PART.test(line);
  const bare = launched(argv);
  const name = programName(bare[0] ?? '');
  const program = name === 'python' && bare[1] === '-m' ? (bare[2] ?? '') : name;
  const rest = bare.slice(program === name ? 1 : 3);
  const task = called(bare, tasks)?.at(0);
  // An option of a test program's own making is none of the words of parts.
  if (PART.test(program === 'pytest' ? line.replace(/ --[\w-]+/g, '') : line)) return false;
  if (/^(make|just|task|npm|pnpm|yarn|bun)$/.test(name)) {
    const target = task?.name ?? rest.find((word) => !word.startsWith('-') && !word.startsWith('run'));
    const main = tasks.find('make', 'test') ?? tasks.find('just', 'test') ?? tasks.find('task', 'test') ?? tasks.find('node', 'test');
    if (target === undefined) return true;
    return main ? ALL.test(target) : !/^(make|just|task)$/.test(name) || CHECKS.test(target);
  }
  // What is not known of the workflow (the output of a job) leaves an option without its value.
  if (/^(-s|-e|--sessions?)$/.test(rest.at(-1) ?? '')) return false;
  if (rest.some((word) => CHOOSING[program]?.test(word))) return false;
  if (program === 'go') return rest.filter((word) => /[./]/.test(word)).every((word) => word === './...') && rest.includes('./...');
  if (program === 'pytest') return rest.every((word) => !/[:]|\.py$|\w\/\w/.test(word));
  return true;
}

/** Whether Cargo is given the names of tests to run, which stand behind the options for it. */
export function namesTests(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return end > 0 && programName(argv[0] ?? '') === 'cargo' && /^\w/.test(argv[end + 1] ?? '');
}

/** How much a command, in its simplest form, runs beside others of its kind: the more, the wider. Some features are taken for less than the default ones. */
export function width(argv: readonly string[]): number {
  const line = argv.join(' ');
  if (!/\bcargo\b/.test(line)) return -argv.length;
  const named = /(?:--features|-F)[= ](.*)$/.exec(line)?.[1]?.split(/[\s,]+/).length;
  const features = line.includes('--all-features') ? 1000 : named === undefined ? 100 : Math.min(named, 99);
  return features + (/--(workspace|all)\b/.test(line) ? 0.5 : 0);
}

/** Whether a command makes an environment of its own for what it runs. */
export function isolates(argv: readonly string[]): boolean {
  return /^(tox|nox)$/.test(launched(argv)[0] ?? '');
}

/** The words of a command line that name the tool. */
export function tool(line: string): string {
  return line
    .split(' ', 2)
    .filter((word) => !word.startsWith('-'))
    .join(' ');
}
