import type { Failure } from '../../model/index.ts';
import type { TestPackage } from '../../workspace/index.ts';
import type { PlainRun } from './stand.ts';

/** The installation of the framework names no program to start. */
export function notFound(pkg: TestPackage): Failure {
  const { name } = pkg.framework;
  return {
    code: 'framework-not-installed',
    message: `Nothing could be verified: the package ${name} in node_modules names no command "${name}".`,
    action: "Install the project's dependencies again, then run again.",
  };
}

/** The system refused to copy the package or to write into the copy. */
export function notCopied(error: NodeJS.ErrnoException, pkg: TestPackage): Failure {
  const full = error.code === 'ENOSPC';
  return {
    code: full ? 'disk-full' : 'executor-crashed',
    message: `Nothing more could be verified: ${full ? 'the disk is full' : `${pkg.name} could not be copied (${error.message})`}.`,
    action: full ? 'Free some space in the temporary folder, then run again.' : 'Run again; report it if it happens again.',
    ...(error.stack && { detail: error.stack }),
  };
}

/** The plain command does not pass without a mutant, so that it says nothing of any. */
export function doesNotPass(run: PlainRun, pkg: TestPackage, dryRunMinutes: number): Failure {
  const late = run.outcome === 'timed-out';
  return {
    code: late ? 'tests-timed-out' : 'tests-failed',
    message: `Nothing could be verified: \`${run.command}\` ${late ? `does not end within ${dryRunMinutes} min` : 'fails'} in a copy of ${pkg.name} without any mutant.`,
    action: 'Run that command yourself in the package and make it pass; it is what the test script runs, without coverage and watching.',
    detail: run.tail.join('\n'),
  };
}
