import { RUNGS, type Rung } from '../engine/verification/index.ts';
import { FLAG, readArguments, TEXT } from './arguments.ts';
import { number } from './numbers.ts';

/** The options of `assay verify`. */
export interface VerifyOptions {
  directory: string;
  level: Rung;
  /** Only the rung of the level, and none below it. */
  only: boolean;
  outputs: { format: 'json' | 'markdown' | 'badge'; file: string }[];
  timeLimitMinutes: number;
  memoryMiB: number;
  /** Names of variables that the commands get besides what every program needs. */
  env: string[];
  offline: boolean;
  coverage: boolean;
  /** Whether dependencies that are not there are installed first. */
  install: boolean;
  node?: string;
  /** Where load goes: a path, or the address of an app that runs. */
  endpoint?: string;
  /** The limit of the 95th percentile of latency under load, milliseconds. */
  p95: number;
  /** The most users that are tried. */
  maxUsers: number;
  /** The id of a proof whose commands are run again. */
  replay?: string;
  help: boolean;
}

/** What `assay verify --help` prints. */
export const VERIFY_HELP = `assay verify [DIRECTORY] [options]

Proves, rung by rung, that a project compiles, that its tests pass, and how much of its code they notice when it is broken.
Runs the project's own commands, which it finds by itself ("assay detect" shows them), and keeps what they said in .assay/evidence.

  --level RUNG          the highest rung: compile, test (the default), mutation or load
  --only                that rung alone, and none below it
  --json FILE           all proofs as JSON ("-" is standard output)
  --markdown FILE       a summary for a pull request
  --badge FILE          the ladder as an SVG badge
  --time-limit MINUTES  how long each command may take (default 3)
  --memory-limit MIB    how much memory the processes of a command may take together (default 4096)
  --env NAME            let the commands have this variable; may be given several times
  --offline             run the commands without a network (needs bubblewrap)
  --coverage            measure how much of the code the tests run: lines, branches, functions
  --install             install dependencies that are not there first, with the project's own command
  --node PATH           the Node that the project's scripts find first
  --endpoint PATH       where load goes (default: a route that answers); or the whole address of an app that runs already
  --p95 MS              the latency that 95 % of requests may have under load (default 500)
  --max-users N         the most users at once that are tried (default 4096)
  --replay ID           run the commands of a kept proof again

Exit status: 0 every rung holds, 1 a rung does not, 2 could not run or not conclusive, 130 cancelled.
`;

/** Its options beside `--help`. */
const OPTIONS = {
  level: TEXT,
  only: FLAG,
  json: TEXT,
  markdown: TEXT,
  badge: TEXT,
  'time-limit': TEXT,
  'memory-limit': TEXT,
  env: { ...TEXT, multiple: true },
  offline: FLAG,
  coverage: FLAG,
  install: FLAG,
  node: TEXT,
  endpoint: TEXT,
  p95: TEXT,
  'max-users': TEXT,
  replay: TEXT,
} as const;

/** Reads the arguments behind `verify`. The error is a sentence for the person who typed them. */
export function parseVerifyOptions(args: string[]): { options: VerifyOptions } | { error: string } {
  const parsed = readArguments(args, OPTIONS);
  if ('error' in parsed) return parsed;
  const { values, positionals } = parsed;
  if (positionals.length > 1) return { error: `It takes one directory, not ${positionals.length}.` };
  const level = RUNGS.find((rung) => rung === (values.level ?? 'test'));
  if (!level) return { error: `--level is one of ${RUNGS.join(', ')}, not "${values.level}".` };
  const minutes = number(values['time-limit'], 0.01, 1440);
  if (minutes === null) return { error: `--time-limit takes a number of minutes, not "${values['time-limit']}".` };
  const memory = number(values['memory-limit'], 64, 1_048_576, true);
  if (memory === null) return { error: `--memory-limit takes a whole number of MiB from 64, not "${values['memory-limit']}".` };
  const p95 = number(values.p95, 1, 600_000);
  if (p95 === null) return { error: `--p95 takes a number of milliseconds, not "${values.p95}".` };
  const maxUsers = number(values['max-users'], 1, 100_000, true);
  if (maxUsers === null) return { error: `--max-users takes a whole number from 1, not "${values['max-users']}".` };
  const outputs = (['json', 'markdown', 'badge'] as const).flatMap((format) => {
    const file = values[format];
    return file === undefined ? [] : [{ format, file }];
  });
  if (outputs.filter(({ file }) => file === '-').length > 1) return { error: 'Only one report can go to standard output.' };
  return {
    options: {
      directory: positionals[0] ?? '.',
      level,
      only: values.only ?? false,
      outputs,
      timeLimitMinutes: minutes ?? 3,
      memoryMiB: memory ?? 4096,
      env: values.env ?? [],
      offline: values.offline ?? false,
      coverage: values.coverage ?? false,
      install: values.install ?? false,
      ...(values.node !== undefined && { node: values.node }),
      ...(values.endpoint !== undefined && { endpoint: values.endpoint }),
      p95: p95 ?? 500,
      maxUsers: maxUsers ?? 4096,
      ...(values.replay !== undefined && { replay: values.replay }),
      help: values.help ?? false,
    },
  };
}
