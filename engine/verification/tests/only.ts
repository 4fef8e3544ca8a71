import type { ProjectCommand } from '../../detection/index.ts';
import type { RanTest } from '../model.ts';
import { ONLY_VARIABLE, type WantedTest } from './events.ts';
import { programOfCommand } from './programs.ts';

/** Longer lists are no longer "just those". In bytes: a variable or an argument holds no more than 128 KiB on Linux, and all arguments together 32,767 characters on Windows. */
const LONGEST_LIST = process.platform === 'win32' ? 24_000 : 60_000;
/** Frameworks in whose processes a piece of ours runs, which can leave out all other tests. */
const REACHED = new Set(['vitest', 'jest', 'mocha', 'node:test', 'pytest']);

/**
 * The command that runs just those tests again, recorded like any other; undefined where there is none that does. What else the command does (a build, a
 * linter) it does again. Node's own runner gets the whole files of the tests.
 */
export function only(tests: readonly RanTest[], command: ProjectCommand): ProjectCommand | undefined {
  const narrowed = narrowedTo(tests, command);
  return narrowed && lengthOf(narrowed) - lengthOf(command) <= LONGEST_LIST ? narrowed : undefined;
}

function lengthOf({ argv, env }: ProjectCommand): number {
  return [...argv, ...Object.values(env)].reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
}

function narrowedTo(tests: readonly RanTest[], command: ProjectCommand): ProjectCommand | undefined {
  const frameworks = new Set(tests.map(({ framework }) => framework));
  if (frameworks.size === 0) return undefined;
  if ([...frameworks].every((framework) => REACHED.has(framework))) return reached(tests, command);
  if (frameworks.size > 1) return undefined;
  const [framework] = frameworks;
  if (framework === 'go') return goOnly(tests, command);
  const program = programOfCommand(command);
  if (program === 'cargo') return framework === 'nextest' ? nextestOnly(tests, command) : cargoOnly(tests, command);
  return framework === 'unittest' && program === 'python' ? unittestOnly(tests, command) : undefined;
}

function reached(tests: readonly RanTest[], command: ProjectCommand): ProjectCommand | undefined {
  if (tests.some(({ framework, file, id }) => (framework === 'pytest' ? id : file) === undefined)) return undefined;
  const wanted = tests.map(({ framework, file, title, id }): WantedTest => [framework, file ?? '', [...title], id ?? '']);
  return { ...command, env: { ...command.env, [ONLY_VARIABLE]: JSON.stringify(wanted) } };
}

/** Behind make and the like, our stand-in for go takes the pattern from the environment. */
function goOnly(tests: readonly RanTest[], command: ProjectCommand): ProjectCommand | undefined {
  const pattern = `^(${[...new Set(tests.map(({ title }) => title[0] ?? ''))].join('|')})$`;
  if (programOfCommand(command) !== 'go') return { ...command, env: { ...command.env, ASSAY_GO_RUN: pattern } };
  const { argv } = command;
  if (argv[1] !== 'test' || argv.some((one) => /^--?(run|C)(=|$)/.test(one))) return undefined;
  // The profile of some tests would take the place of that of all.
  const profile = argv.findIndex((one) => /^--?coverprofile(=|$)/.test(one));
  const others = profile < 0 ? argv : argv.toSpliced(profile, argv[profile]?.includes('=') ? 1 : 2);
  return { ...command, argv: ['go', 'test', `-run=${pattern}`, '-count=1', ...others.slice(2)] };
}

function cargoOnly(tests: readonly RanTest[], command: ProjectCommand): ProjectCommand | undefined {
  const names = tests.map(({ id }) => id);
  if (names.some((name) => name === undefined) || command.argv.includes('--')) return undefined;
  return { ...command, argv: [...command.argv, '--', '--exact', ...(names as string[])] };
}

function nextestOnly(tests: readonly RanTest[], command: ProjectCommand): ProjectCommand | undefined {
  if (command.argv.includes('--') || command.argv.some((one) => /^(-E|--filterset|--filter-expr)/.test(one))) return undefined;
  return { ...command, argv: [...command.argv, '-E', tests.map(({ id }) => `test(=${id})`).join(' | ')] };
}

function unittestOnly(tests: readonly RanTest[], command: ProjectCommand): ProjectCommand | undefined {
  const at = command.argv.indexOf('unittest');
  if (command.argv[at - 1] !== '-m') return undefined;
  // What is set up for a class is told as `module.Class.setUpClass`: its tests are those of the class.
  const names = tests.map(({ id }) => id?.replace(/\.(setUp|tearDown)(Class|Module)$/, ''));
  return names.includes(undefined) ? undefined : { ...command, argv: [...command.argv.slice(0, at + 1), ...new Set(names as string[])] };
}
