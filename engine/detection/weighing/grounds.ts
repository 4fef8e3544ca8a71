/**
 * How often an answer is right that rests on a ground: what bench/detection.ts measured on the repositories that are to tune with, drawn towards what was
 * thought before (as if four more answers had come out so), because some grounds are rare.
 */
export const GROUNDS = {
  /** `packageManager` or `devEngines` name it. */
  'manager is declared': 0.99,
  'lock file': 0.98,
  'tool has a section': 0.96,
  'one of several lock files': 0.6,
  'manager is mentioned': 0.8,
  'language has one': 0.99,
  'no lock file': 0.9,
  /** Continuous integration runs it. */
  'CI runs it': 0.97,
  'CI runs it, too': 0.5,
  'test script': 0.97,
  'test script that is not understood': 0.93,
  'test script that runs no tests': 0.6,
  'script that runs tests': 0.75,
  'workspace has it': 0.72,
  'task that runs tests': 0.7,
  'target that runs tests its own way': 0.95,
  'contributors are told': 0.94,
  'framework is set up': 0.85,
  'language runs tests': 0.93,
  'build script': 0.96,
  'script that builds': 0.75,
  'language builds': 0.95,
  'package is built': 0.85,
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
