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
    context.report({ kind: 'executor', name: referenceExecutor.name, because: outcome.reason });
    return referenceExecutor.run(plan, context);
  },
};
