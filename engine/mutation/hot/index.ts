import type { Failure } from '../../model/index.ts';
import { shippedFile } from '../../process/index.ts';
import type { Executor } from '../executor.ts';
import { runHost } from '../host-process.ts';
import { referenceExecutor } from '../reference/index.ts';

/** The hot executor: all mutants in the test framework's own workers, without starting it again. What it is not fit for, the reference executor does. */
export const hotExecutor: Executor = {
  name: 'Assay hot',

  async run(plan, context) {
    const outcome = await runHost(shippedFile('dist', 'hot', 'host.js'), plan, context);
    if (outcome.status !== 'unfit') return outcome;
    if (plan.package.framework.name === 'node:test') return { status: 'failed', failure: notJudged(outcome.reason) };
    context.report({ kind: 'log', line: `Not hot: ${outcome.reason}. ${referenceExecutor.name} runs instead.` });
    return referenceExecutor.run(plan, context);
  },
};

/** StrykerJS does not run node:test, so that nothing else can do it. */
function notJudged(reason: string): Failure {
  return {
    code: 'unsupported-framework',
    message: `These tests of node:test cannot be judged: ${reason}.`,
    action: 'Make the tests pass with "node --test" by themselves, without what is named here.',
  };
}
