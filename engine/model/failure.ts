import type { Position } from './position.ts';

/** A test that failed, with its place where the framework told it. */
export interface FailedTest {
  name: string;
  message: string;
  /** Absolute path. */
  file?: string;
  position?: Position;
}

/**
 * Why something could not be done. What cannot be done is a value, never an exception:
 * `message` says what failed and where, `action` what a person does about it.
 */
export interface Failure {
  code: FailureCode;
  message: string;
  action: string;
  /** The tool's own words, for the log and for "Show details". */
  detail?: string;
  failedTests?: FailedTest[];
}

/** Stable names of the ways a run can end without a result; part of the JSON output. */
export type FailureCode =
  | 'no-package'
  | 'no-command'
  | 'no-framework'
  | 'unsupported-framework'
  | 'framework-not-installed'
  | 'node-not-found'
  | 'node-too-old'
  | 'outside-workspace'
  | 'not-a-source-file'
  | 'file-not-found'
  | 'syntax-error'
  | 'tests-failed'
  | 'tests-errored'
  | 'tests-timed-out'
  | 'test-process-ended'
  | 'no-tests'
  | 'not-reached'
  | 'no-git'
  | 'invalid-config'
  | 'disk-full'
  | 'store-set-aside'
  | 'store-unwritable'
  | 'executor-crashed'
  | 'untrusted';

/** Either a value or the reason there is none. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Wraps a value as a {@link Result}. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a failure as a {@link Result}. */
export function fail(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}
