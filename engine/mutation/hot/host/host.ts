import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { HostMessage, HostRequest } from '../../host-messages.ts';
import { UserConfigError } from '../../reference/options.ts';
import { DryRunFailed } from './coordinator.ts';
import { NotHot } from './driver.ts';
import { Session } from './session.ts';
import { Speaker } from './speaker.ts';
import { openSocket } from './workers.ts';

/**
 * The process that judges mutants hot, on the user's Node: `host.js RUN_FOLDER`. It takes requests as lines of JSON on file descriptor 5, one run
 * after the other, and says what happens on file descriptor 4; when no more can come it ends. Its parent ends it and everything it started.
 */

const out = createWriteStream('', { fd: 4 });
// A parent that is gone closes the pipe; the guard around this process then ends it.
out.on('error', () => {});
const tell = (message: HostMessage) => out.write(`${JSON.stringify(message)}\n`);

// A framework's pool does not expect that its workers are killed; what it throws then is not ours.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => tell({ kind: 'note', text: `${event}: ${error instanceof Error ? error.stack : String(error)}` }));
}

const session = new Session(await openSocket(process.argv[2] as string), new Speaker(tell));
for await (const line of createInterface({ input: createReadStream('', { fd: 5 }) })) {
  const unfit = await session.run(JSON.parse(line) as HostRequest).then(() => undefined, reason);
  if (unfit !== undefined) await session.close();
  tell({ kind: 'end', ...(unfit !== undefined && { unfit }) });
}
await session.close();
out.end(() => process.exit(0));

function reason(error: unknown): string {
  if (error instanceof NotHot) return error.message;
  if (error instanceof UserConfigError) return 'its StrykerJS configuration cannot be used';
  if (error instanceof DryRunFailed) return error.message || 'tests fail before anything was changed';
  return `it stopped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
