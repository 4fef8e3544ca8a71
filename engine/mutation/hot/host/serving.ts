import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Forked } from '../../../installation/index.ts';
import type { HostMessage, HostRequest } from '../../host-messages.ts';
import { UserConfigError } from '../../stryker-config.ts';
import { DryRunFailed } from './assignment.ts';
import { NotHot } from './driver.ts';
import { InstrumentingProcess } from './instrumenting.ts';
import { Session } from './session.ts';
import { Speaker } from './speaker.ts';
import { testsFailed, unfitFor } from './tests-failed.ts';
import { openSocket } from './worker-processes.ts';

/**
 * Takes requests and answers them, until no more can come and all that was started has ended; then this process ends.
 *
 * @param folder the folder of this host's runs
 * @param instrumenter a process of `instrumenter.ts`
 * @param once whether one request comes, and nothing has to be ready for another one
 */
export async function serveRequests(folder: string, instrumenter: Forked, once: boolean): Promise<void> {
  const out = createWriteStream('', { fd: 4 });
  // A parent that is gone closes the pipe; the guard around this process then ends it.
  out.on('error', () => {});
  const tell = (message: HostMessage) => out.write(`${JSON.stringify(message)}\n`);

  // A framework's pool does not expect that its workers are killed; what it throws then is not ours.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => tell({ kind: 'note', text: `${event}: ${error instanceof Error ? error.stack : String(error)}` }));
  }

  const instrumenting = new InstrumentingProcess(instrumenter);
  const session = new Session(folder, await openSocket(folder), new Speaker(tell), instrumenting, once);
  for await (const line of createInterface({ input: createReadStream('', { fd: 5 }) })) {
    const request = JSON.parse(line) as HostRequest;
    const ending = await session.run(request).then(
      () => undefined,
      (error: unknown) => explain(error, request, session),
    );
    if (ending && !(ending.failure && session.proven)) await session.close();
    tell({ kind: 'end', ...ending });
  }
  await session.close(true);
  out.end(() => process.exit(0));
}

/** Why this executor is not the one to do it or, where no other can have a try, why it failed. */
function explain(error: unknown, { framework }: HostRequest, { proven }: Session): Partial<Extract<HostMessage, { kind: 'end' }>> {
  if (error instanceof NotHot) return { unfit: error.message };
  if (error instanceof UserConfigError) return { unfit: 'its StrykerJS configuration cannot be used' };
  if (error instanceof DryRunFailed && (framework.name === 'node:test' || (proven && error.failed.length > 0))) {
    return { failure: testsFailed(error) };
  }
  if (error instanceof DryRunFailed) return { unfit: unfitFor(error) };
  return { unfit: `it stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
}
