import { createReadStream, createWriteStream } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import type { HostMessage, HostRequest } from '../../host-messages.ts';
import { UserConfigError } from '../../stryker-config.ts';
import { DryRunFailed } from './assignment.ts';
import { NotHot } from './driver.ts';
import { Session } from './session.ts';
import { Speaker } from './speaker.ts';
import { testsFailed, unfitFor } from './tests-failed.ts';
import { openSocket } from './worker-processes.ts';

/**
 * The process that judges mutants hot, on the user's Node: `host.js RUN_FOLDER [once]`. It takes requests as lines of JSON on file descriptor 5, one run
 * after the other (or `once`), and says what happens on file descriptor 4; when no more can come it ends. Its parent ends it and everything it started.
 */

const [folder, once] = process.argv.slice(2) as [string, string | undefined];
// Behind an editor, which has to answer while the tests take all processors. What is started from here has the same priority.
if (once === undefined) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const out = createWriteStream('', { fd: 4 });
// A parent that is gone closes the pipe; the guard around this process then ends it.
out.on('error', () => {});
const tell = (message: HostMessage) => out.write(`${JSON.stringify(message)}\n`);

// A framework's pool does not expect that its workers are killed; what it throws then is not ours.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => tell({ kind: 'note', text: `${event}: ${error instanceof Error ? error.stack : String(error)}` }));
}

const session = new Session(folder, await openSocket(folder), new Speaker(tell), once !== undefined);
for await (const line of createInterface({ input: createReadStream('', { fd: 5 }) })) {
  const request = JSON.parse(line) as HostRequest;
  const ending = await session.run(request).then(
    () => undefined,
    (error: unknown) => explain(error, request),
  );
  if (ending && !(ending.failure && session.proven)) await session.close();
  tell({ kind: 'end', ...ending });
}
await session.close(true);
out.end(() => process.exit(0));

/** Why this executor is not the one to do it or, where no other can have a try, why it failed. */
function explain(error: unknown, { framework }: HostRequest): Partial<Extract<HostMessage, { kind: 'end' }>> {
  if (error instanceof NotHot) return { unfit: error.message };
  if (error instanceof UserConfigError) return { unfit: 'its StrykerJS configuration cannot be used' };
  if (error instanceof DryRunFailed && (framework.name === 'node:test' || (session.proven && error.failed.length > 0))) {
    return { failure: testsFailed(error) };
  }
  if (error instanceof DryRunFailed) return { unfit: unfitFor(error) };
  return { unfit: `it stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
}
