import type { Failure } from '../../../model/index.ts';
import type { DryRunFailed } from './assignment.ts';

/** What a person reads where tests do not pass by themselves and no other executor needs to have a try. */
export function testsFailed({ failed, total, message }: DryRunFailed): Failure {
  const [first] = failed;
  if (!first) {
    return {
      code: 'tests-errored',
      message: `The tests do not run: ${message}`,
      action: 'A mutant can only be judged by tests that pass: make these run, then run again.',
    };
  }
  return {
    code: 'tests-failed',
    message: `${failed.length} of ${total} tests fail before anything was changed: "${first.name}"${failed.length > 1 ? ', …' : ''}.`,
    action: 'A mutant can only be judged by tests that pass: make these pass, then run again.',
    failedTests: failed.map(({ name, message, file, position }) => ({ name, message: message ?? '', file, ...(position && { position }) })),
  };
}
