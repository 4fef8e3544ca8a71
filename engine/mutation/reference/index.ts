import { shippedFile } from '../../installation/index.ts';
import type { Failure } from '../../model/index.ts';
import type { Executor } from '../executor.ts';
import { runHost } from '../host-process.ts';
import { STRYKER_VERSION } from './version.ts';

/** StrykerJS, our own dependency, in a process of its own on the user's Node. */
export const referenceExecutor: Executor = {
  name: `StrykerJS ${STRYKER_VERSION}`,

  async run(plan, context) {
    if (plan.package.framework.name === 'node:test') return { status: 'failed', failure: NOT_STRYKER };
    const outcome = await runHost(shippedFile('dist', 'reference', 'host.js'), plan, {
      ...context,
      report(event) {
        context.report(event);
        // The only word StrykerJS gives of the moment when the tests begin to run.
        if (event.kind === 'log' && /Starting initial test run/.test(event.line)) context.report({ kind: 'phase', phase: 'dry-run' });
      },
    });
    if (outcome.status === 'unfit') throw new Error(outcome.reason);
    return outcome;
  },
};

const NOT_STRYKER: Failure = {
  code: 'unsupported-framework',
  message: 'StrykerJS does not run tests of node:test one by one.',
  action: 'Run without --reference.',
};
