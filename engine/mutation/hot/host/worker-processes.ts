import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Answer, asLine, type Job, type JobMessage, type WorkerMessage } from '../jobs.ts';
import { type Beat, readBeat } from '../worker/heartbeat.ts';
import { ENV } from '../worker/names.ts';
import type { Driver, TestFile } from './driver.ts';
import { processorMs, queuedMs, residentBytes } from './process-figures.ts';
import type { JobEnd, JobLimits, Worker, Workers } from './worker-port.ts';

/** How often a busy worker is looked at, milliseconds. */
const WATCH_MS = 100;

/** How long the last words of a process that has ended may take, milliseconds. */
const GRACE_MS = 200;

/** How long a worker may take from its start until it calls, milliseconds: it loads the framework, and what that is told to load first. */
const ARRIVAL_MS = 120_000;

/** How long a worker may compile in a job without that being its mutant's doing, milliseconds: a large project's types take ts-jest some seconds. */
const COMPILING_MS = 60_000;

const NO_BEAT: Beat = { count: -1, mutant: '', compiles: false };

/** A process of the test framework's that does jobs. */
/** What is answered while a job runs. */
const GOING_ON = new Set<Answer['kind']>(['judged', 'found', 'goesOn', 'claims']);

class WorkerProcess implements Worker {
  readonly group: string;
  readonly pid: number;
  /** The file that it was started for. */
  readonly first: string;
  readonly #socket: Socket;
  readonly #beat: string;
  #number = 0;
  /** Takes answers; none where the process has ended. */
  #answered: ((answers: readonly Answer[]) => void) | undefined;
  #ended = false;

  constructor(group: string, hello: { pid: number; first: string; beat: string }, socket: Socket) {
    this.group = group;
    this.pid = hello.pid;
    this.first = hello.first;
    this.#beat = hello.beat;
    this.#socket = socket;
    socket.on('close', () => {
      this.#ended = true;
      this.#answered?.([]);
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  get memory(): number {
    return residentBytes(this.pid);
  }

  do(job: Job, limits: JobLimits, maxMemory: number, hear: (answer: Answer) => void): Promise<JobEnd> {
    const number = ++this.#number;
    if (this.#ended) return Promise.resolve({ end: 'died', mutant: '' });
    return new Promise((resolve) => {
      let waitedMs = 0;
      const mark = () => {
        // How much others use the machine says nothing about a mutant. Of a process that has just ended nothing is known any more.
        waitedMs = queuedMs(this.pid) ?? waitedMs;
        return { at: performance.now() - waitedMs, workedMs: processorMs(this.pid) ?? 0 };
      };
      let began = mark();
      let lastSign = began;
      let beat = NO_BEAT;
      const started = began.at;
      let reason: Exclude<JobEnd['end'], 'done'> = 'died';
      const watch = setInterval(() => {
        const now = mark();
        const latest = this.#readBeat();
        if (latest.count !== beat.count) lastSign = now;
        if (latest.compiles && now.at - started < COMPILING_MS) began = lastSign = now;
        beat = latest;
        const late = now.at - began.at > limits.totalMs ? began : now.at - lastSign.at > limits.stallMs ? lastSign : undefined;
        if (this.memory > maxMemory) reason = 'memory';
        else if (late) {
          const workedMs = now.workedMs - late.workedMs;
          const isBusy = workedMs > (now.at - late.at) / 2;
          if (isBusy && workedMs < (limits.busyMs ?? 0)) return;
          reason = isBusy ? 'busy' : 'hung';
        } else return;
        this.kill();
      }, WATCH_MS);
      this.#answered = (answers) => {
        for (const answer of answers) hear(answer);
        const answer = answers.at(-1);
        if (answer && GOING_ON.has(answer.kind)) {
          began = mark();
          lastSign = began;
          return;
        }
        clearInterval(watch);
        this.#answered = undefined;
        resolve(answer ? { end: 'done' } : { end: reason, mutant: this.#readBeat().mutant });
      };
      this.#socket.write(`${asLine<JobMessage>({ number, job })}\n`);
    });
  }

  /** Takes answers that came over its socket at once, of which none but the last ends a job. */
  take(answers: readonly Answer[]): void {
    this.#answered?.(answers);
  }

  finish(): void {
    if (!this.#ended) this.#socket.write(`${asLine<JobMessage>({ number: ++this.#number, job: { kind: 'end' } })}\n`);
  }

  kill(): void {
    this.#ended = true;
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // ESRCH: it is gone already.
    }
    this.#socket.destroy();
  }

  #readBeat(): Beat {
    try {
      return readBeat(readFileSync(this.#beat, 'latin1'));
    } catch {
      return NO_BEAT;
    }
  }
}

/** A worker that was started and has not called yet. */
interface Expected {
  group: string;
  arrived(worker: Worker): void;
  gone(error: Error): void;
}

/** Starts workers and takes their calls. */
export class WorkerProcesses implements Workers {
  readonly #driver: Driver;
  readonly #log: (line: string) => void;
  readonly #expected = new Map<string, Expected[]>();
  /** How many processes were started for a file and have not ended, whether they called or not. */
  readonly #running = new Map<string, number>();
  readonly #all = new Set<WorkerProcess>();

  readonly #server: Server;
  readonly #greeter = (socket: Socket) => this.#greet(socket);

  /** `server` is where the workers of `driver` call, until {@link WorkerProcesses.leave}. */
  constructor(driver: Driver, server: Server, log: (line: string) => void) {
    this.#driver = driver;
    this.#log = log;
    this.#server = server;
    server.on('connection', this.#greeter);
  }

  /** Takes no more calls: they are for others. */
  leave(): void {
    this.#server.off('connection', this.#greeter);
  }

  start(first: TestFile): Promise<Worker> {
    return new Promise((resolve, reject) => {
      const expected = this.#expected.get(first.file) ?? [];
      this.#expected.set(first.file, expected);
      const one: Expected = { group: first.group, arrived: resolve, gone: reject };
      expected.push(one);
      setTimeout(() => {
        const index = expected.indexOf(one);
        if (index === -1) return;
        expected.splice(index, 1);
        reject(new Error(`The test worker did not begin within ${ARRIVAL_MS / 1000} s.`));
      }, ARRIVAL_MS).unref();
      this.#running.set(first.file, (this.#running.get(first.file) ?? 0) + 1);
      this.#driver
        .startWorker(first)
        .then(
          () => new Error('The test worker ended before it began.'),
          (error: unknown) => {
            this.#log(`A worker ended: ${causes(error).map(String).join('; ')}`);
            return error instanceof Error ? error : new Error(String(error));
          },
        )
        .then((error) => setTimeout(() => this.#ended(first.file, error), GRACE_MS));
    });
  }

  /** Of several processes for one file it is not known which of them called: one is missed only when there are fewer than are expected. */
  #ended(file: string, error: Error): void {
    const running = (this.#running.get(file) ?? 0) - 1;
    this.#running.set(file, running);
    const called = [...this.#all].filter((worker) => worker.first === file).length;
    const expected = this.#expected.get(file);
    if (expected && expected.length > running - called) expected.pop()?.gone(error);
  }

  #greet(socket: Socket): void {
    let worker: WorkerProcess | undefined;
    socket.on('error', () => {});
    createInterface({ input: socket }).on('line', (line) => {
      const message = JSON.parse(line) as WorkerMessage;
      if (message.kind === 'hello') {
        const expected = this.#expected.get(message.first)?.shift();
        if (!expected) return socket.destroy();
        worker = new WorkerProcess(expected.group, message, socket);
        this.#all.add(worker);
        socket.on('close', () => worker && this.#all.delete(worker));
        expected.arrived(worker);
      } else if (message.kind === 'failed') {
        this.#log(`A worker failed: ${message.error}`);
        worker?.kill();
      } else worker?.take(message.answers);
    });
  }
}

/** What an error consists of, where it is several. */
function causes(error: unknown): unknown[] {
  return error instanceof AggregateError ? error.errors : [error];
}

/** Makes the socket that workers call, and tells them where it is by variables that they inherit. */
export async function openSocket(folder: string): Promise<Server> {
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\assay-${process.pid}` : path.join(folder, 'host.sock');
  process.env[ENV.socket] = address;
  process.env[ENV.folder] = folder;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return server;
}
