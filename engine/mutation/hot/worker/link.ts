import { flushCompileCache } from 'node:module';
import { createConnection, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Garbage } from '../../../memory/index.ts';
import { type Answer, asLine, type JobMessage, type WorkerMessage } from '../jobs.ts';
import { later } from './clock.ts';
import type { Harness } from './harness.ts';
import { Heartbeat } from './heartbeat.ts';
import { Judge } from './judge.ts';
import { ENV } from './names.ts';
import { installSwitches, Switchboard } from './switchboard.ts';

/** The switches of this process; the same object for every realm in it. */
export const switchboard = new Switchboard();
installSwitches(globalThis, switchboard);

let connection: Socket | undefined;

/** Of modules that are loaded anew something stays, so that a heap grows; a seventh of a worker's time was spent on clearing it where a fixed amount was enough. */
const GARBAGE_SHARE = 0.5;

/** How long verdicts wait for others, milliseconds: each message costs as much as several calls of a test. */
const GATHERING_MS = 5;

/** Whether the host alone keeps this process alive; where not, `beforeExit` tells that tests wait for nothing. */
export function stayAlive(stay: boolean): void {
  if (stay) connection?.ref();
  else connection?.unref();
}

/**
 * Connects this process to the host and does what it asks, one job after the other. Resolves when the host says that it is over or is gone.
 *
 * @param first the test file that this worker was started for
 */
export async function serve(harness: Harness, first: string): Promise<void> {
  const heartbeat = new Heartbeat(path.join(process.env[ENV.folder] as string, `beat-${process.pid}`));
  harness.watchCompiling?.((begins) => heartbeat.compiling(begins));
  const judge = new Judge(harness, switchboard, heartbeat);
  const garbage = new Garbage({ share: GARBAGE_SHARE });
  const socket = createConnection(process.env[ENV.socket] as string);
  connection = socket;
  const tell = (message: WorkerMessage) => socket.write(`${asLine(message)}\n`);
  // A host that is gone ends this process by its group; until then there is nobody to tell.
  socket.on('error', () => {});
  tell({ kind: 'hello', pid: process.pid, first, beat: heartbeat.file });
  for await (const line of createInterface({ input: socket })) {
    const { number, job } = JSON.parse(line) as JobMessage;
    if (job.kind === 'end') break;
    const say = (answers: Answer[]) => tell({ kind: 'answers', number, answers });
    try {
      await judge.do(job, job.kind === 'hot' ? gathering(say) : (answer) => say([answer]));
    } catch (error) {
      tell({ kind: 'failed', error: `${job.kind}: ${(error as Error)?.stack ?? error}` });
      await new Promise<void>((resolve) => socket.end(resolve));
      return;
    }
    garbage.look();
    // It is not known when this process ends, nor that it will come to an end by itself.
    if (number === 1) flushCompileCache();
  }
  await judge.close();
  socket.end();
}

/** Gathers what judges say: verdicts for some milliseconds, anything else ends the wait. */
function gathering(tell: (answers: Answer[]) => void): (answer: Answer) => void {
  let waiting: Answer[] = [];
  const flush = () => {
    if (waiting.length > 0) tell(waiting);
    waiting = [];
  };
  return (answer) => {
    if (waiting.push(answer) === 1) later(GATHERING_MS, flush);
    if (answer.kind !== 'judged') flush();
  };
}
