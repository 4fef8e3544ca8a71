/**
 * How often an answer is right that rests on a ground. Where bench/detection.ts has repositories to tune with that show it: of the first answers given there,
 * before any rule was changed on their account, drawn towards what had been thought as if four more answers had come out so. `typecheck`, `start`, `install`,
 * frameworks and coverage have no such figures: theirs are what is thought. In those of scripts called `test` and `build`, of configured frameworks, of
 * targets with tests of their own, of what Go, Cargo and Python's front ends build and of features that are wanted, first looks at others are counted, too.
 * The first look at the fourth held-out set is counted in those of configured frameworks, of targets with tests of their own (but for one that checks
 * everything, which is none of them since), of what a language's own command tests and of features: to the share that stood there, as if it had come of four
 * answers and of as many as the other sets give on that ground. The first looks at the sets of owners a to m changed none: 11 of 15 were right there of
 * features that are wanted, 25 of 33 of the defaults. Those of what continuous integration runs are thought, and held below what the sets show with it
 * visible that they were tuned on; at the first look at others 169 of 169 that are declared were right, and 29 of 35 that are not.
 */
export const GROUNDS = {
  /** `packageManager` or `devEngines` name it. */
  'manager is declared': 0.99,
  'lock file': 0.99,
  'tool has a section': 0.96,
  'one of several lock files': 0.68,
  'manager is mentioned': 0.8,
  'language has one': 0.99,
  'no lock file': 0.97,
  /** It is declared, and continuous integration runs it or what comes to the same. */
  'CI runs it': 0.96,
  'CI installs with it': 0.9,
  /** It runs it whole, and nothing that the project declares comes to the same. */
  'only CI runs it': 0.92,
  'CI runs it, too': 0.4,
  'test script': 0.985,
  'test script that is not understood': 0.95,
  'test script that runs no tests': 0.7,
  'script that runs tests': 0.75,
  'workspace has it': 0.61,
  /** And its root has only scripts that are called after a part of it. */
  'script that does a part': 0.5,
  'task that runs tests': 0.7,
  'target that runs tests its own way': 0.91,
  'contributors are told': 0.88,
  'framework is set up': 0.83,
  'language runs tests': 0.885,
  /** Cargo's features choose tests, and nothing says which are wanted. */
  'language runs tests, features aside': 0.735,
  /** Tests or documentation say that all features are. */
  'features are wanted': 0.79,
  'build script': 0.985,
  'script that builds': 0.8,
  'target that prepares and builds': 0.985,
  'language builds': 0.985,
  'package is built': 0.945,
  'typecheck script': 0.95,
  'script that checks types': 0.8,
  'types are checked': 0.75,
  'start script': 0.9,
  'script that starts': 0.6,
  'way to install': 0.93,
  'tool is used': 0.97,
  'tool is configured': 0.93,
  'tool is a dependency': 0.8,
  'language has a framework': 0.97,
  'documents say so': 0.4,
} as const;

/** What an answer rests on. */
export type Ground = keyof typeof GROUNDS;
