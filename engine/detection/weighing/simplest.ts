import { called } from '../tasks/calls.ts';
import { launched } from '../tasks/meaning.ts';
import type { Tasks } from '../tasks/task.ts';
import { programName, TEST_PROGRAM } from '../tools.ts';

/** Options that change how something is told, measured, repeated or sped up, and for which Python or toolchain: what no person types to run the tests. */
const LEFT_OUT =
  /^(-v+|-q+|-s|-x|-ra|-r[a-zA-Z]+|--verbose|--quiet|--silent|--show-output|--no-capture|--nocapture|--no-color|--colou?rs?|-race|-failfast|-json|-cover|-benchmem|--coverage|--cov|--cover|--cover-quiet|--covreport|--randomize|--parallel|--locked|--frozen|--offline|--no-sync|--no-fail-fast|--keep-going|--all-targets|--tests|--release|--ci|--bail|--runInBand|--passWithNoTests|--forbid-only|--all-show|--benches|--instafail|--forked)$/;
/** The same, with a value behind `=` or as a word of its own. */
const WITH_VALUE =
  /^(-count|-cpu|-coverprofile|-covermode|-coverpkg|-timeout|-parallel|-p|-shuffle|-vet|-mod|-ldflags|-n|--numprocesses|--dist|-W|--durations|--maxfail|--tb|--timeout|--reruns|--reruns-delay|--retries|--retry|--retry-delay|--junitxml|--junit-xml|--junitfile|--junit-prefix|--cov-report|--cov-config|--cov-context|--config-file|--color|--message-format|--profile|-P|--config|-j|--jobs|--reporter|-R|--maxWorkers|--shard|--outputFile|--python|-py|--format|--log-level|--force-python|--extra-session|--target)$/;
/** Of these, the words that mean something else to a program. */
const KEPT: Readonly<Record<string, RegExp>> = {
  cargo: /^(-p|-n|-x|-s|-q)$/,
  go: /^(-n|-x|-s|-q|--config|--profile)$/,
  // Of unittest, which it runs: the folder and the pattern of the tests.
  python: /^(-s|-p)$/,
};
/** Programs that only measure or repeat what stands behind them. */
const MEASURING = /^(c8|nyc|retry|time|timeout|nice|xvfb-run|stdbuf|winpty)$/;
/** What names the Python of an environment or session: `test-3.10`, `py312`. */
const OF_PYTHON = /-?(py|pypy-?)?3\.\d+$/;

/** A command of continuous integration as a person would type it: without coverage, reports, retries and the like, versions of a matrix and `.exe`. */
export function simplest(argv: readonly string[], tasks: Tasks): readonly string[] {
  const bare = launched(argv);
  const words = bare.map((word, i) => (i === 0 ? word.replace(/\.exe$/, '') : word));
  const before = argv.slice(0, argv.length - bare.length);
  const suffix = argv.slice(before.length).join('\0') === bare.join('\0');
  return [...(suffix ? launchers(before) : []), ...bareForm(words, tasks)];
}

function launchers(words: readonly string[]): readonly string[] {
  if (MEASURING.test(programName(words[0] ?? ''))) return [];
  return without(words, '').filter((word) => !/^[A-Za-z_]\w*=/.test(word));
}

function bareForm(words: readonly string[], tasks: Tasks): readonly string[] {
  const [first = '', ...rest] = words;
  const program = programName(first);
  if (program === 'make' || program === 'just' || program === 'task') {
    // With a file or folder of its own it is another one.
    if (rest.some((word) => /^(-C|-f|-d|--directory|--file)/.test(word))) return words;
    return [first, ...rest.filter((word) => word !== '' && !word.startsWith('-') && !word.includes('='))];
  }
  if (/^(npm|pnpm|yarn|bun)$/.test(program) && called(words, tasks)) {
    const name = rest.findIndex((word) => !/^(-.*|run|run-script)$/.test(word));
    const behind = rest.slice(name + 1);
    return behind.every((word, i) => word.startsWith('-') || behind[i - 1]?.startsWith('--')) ? [first, ...rest.slice(0, name + 1)] : words;
  }
  const end = rest.indexOf('--');
  if (program === 'nox') {
    const sessions = (end < 0 ? rest : rest.slice(0, end)).filter((word) => word !== '');
    return [first, ...sessions.map((word) => word.replace(OF_PYTHON, ''))];
  }
  if (program === 'cargo' || program === 'cross') return cargoForm(rest);
  // What a program of the project's own takes is how it tells of it, but for names of tests.
  if (program === 'python' && TEST_PROGRAM.test(rest[0] ?? '') && rest.slice(1).every((word) => /^(-\w+|--verbosity(=\d)?|\d)$/.test(word)))
    return [first, rest[0] as string];
  if (program === 'gotestsum' && end >= 0 && /^[-.]/.test(rest[end + 1] ?? '')) return ['go', 'test', ...without(rest.slice(end + 1), 'go')];
  return [first, ...without(rest, program)];
}

/** Cargo's own words for what runs the tests to measure them, or with one set of features after the other, the default one among them, or on another system. */
function cargoForm(rest: readonly string[]): readonly string[] {
  const end = rest.indexOf('--');
  const given = (end < 0 ? rest : rest.slice(0, end)).filter(
    (word, i, all) => !word.startsWith('+') && !isExclude(word) && all[i - 1] !== '--exclude',
  );
  // Where all features are named, the default ones are among them.
  const [verb = '', ...words] = given.includes('--all-features') ? given.filter((word) => word !== '--no-default-features') : given;
  if (verb === 'hack' && words.includes('test') && words.some((word) => SETS.test(word))) {
    const kept = words.filter((word, i) => word !== 'test' && !SETS.test(word) && !OF_SETS.test(word) && !OF_SETS.test(words[i - 1] ?? ''));
    return ['cargo', 'test', ...without(kept, 'cargo')];
  }
  // One kind after the other is all that is tested, but for examples in the documentation.
  if (verb === 'test' && words.includes('--lib') && words.includes('--tests'))
    return [
      'cargo',
      'test',
      ...without(
        words.filter((word) => !/^--(lib|bins|tests)$/.test(word)),
        'cargo',
      ),
    ];
  if (!/^(llvm-cov|tarpaulin)$/.test(verb)) return ['cargo', verb, ...without(words, 'cargo')];
  const kept = words.filter((word, i) => !REPORT.test(word) && !isReport(word) && !isReport(words[i - 1] ?? '') && !(i === 0 && word === 'test'));
  return words[0] === 'nextest' ? ['cargo', 'nextest', 'run', ...without(kept.slice(1), 'cargo')] : ['cargo', 'test', ...without(kept, 'cargo')];
}

/** What `cargo hack` is told to try: https://github.com/taiki-e/cargo-hack. */
const SETS = /^--(each-feature|feature-powerset)$/;
const OF_SETS = /^--(skip|exclude-features|depth|mutually-exclusive-features|at-least-one-of|group-features)$/;

/** What is left out in one job is tested in another, or elsewhere. */
function isExclude(word: string): boolean {
  return /^--exclude(=|$)/.test(word);
}

const REPORT =
  /^--(lcov|json|html|text|codecov|cobertura|branch|doctests|no-report|include-ffi|no-clean|mcdc|(output-\w+|ignore-filename-regex|out|engine)=.*)$/;

function isReport(word: string): boolean {
  return /^(--(output-path|output-dir|ignore-filename-regex|fail-under-\w+|out|engine|exclude-files)|-o)$/.test(word);
}

function without(words: readonly string[], program: string): readonly string[] {
  const kept: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const name = /^(--?[\w-]+)=/.exec(word)?.[1] ?? word;
    const mine = KEPT[program]?.test(name) ?? false;
    if (word === '--cov') {
      // The package that is measured may stand behind it, as a word of its own.
      if (/^[^-]/.test(words[i + 1] ?? '')) i++;
    } else if (word === '') {
      // Nothing stands behind an option whose variable is empty.
      if (kept.at(-1)?.startsWith('-')) kept.pop();
    } else if (!mine && WITH_VALUE.test(name)) {
      if (!word.includes('=')) i++;
    } else if (mine || !LEFT_OUT.test(name)) kept.push(word);
  }
  if (/^(--features|-F|--target|-tags)$/.test(kept.at(-1) ?? '')) kept.pop();
  return kept;
}
