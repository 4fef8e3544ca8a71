import type { Failure } from '../../../model/index.ts';
import type { DryRunFailed } from './assignment.ts';

/** Why another executor has to have a try where tests do not pass here. */
export function unfitFor({ failed, total, message }: DryRunFailed): string {
  const [first] = failed;
  if (!first) return message || 'tests fail before anything was changed';
  return `${whichFail(failed, total)}${first.message ? ` (${first.message.split('\n')[0]})` : ''}`;
}

function whichFail(failed: DryRunFailed['failed'], total: number): string {
  return `${failed.length} of ${total} tests fail before anything was changed: "${failed[0]?.name}"${failed.length > 1 ? ', …' : ''}`;
}

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
    message: `${whichFail(failed, total)}.`,
    action: 'A mutant can only be judged by tests that pass: make these pass, then run again.',
    failedTests: failed.map(({ name, message, file, position }) => ({ name, message: message ?? '', file, ...(position && { position }) })),
  };
}
