import { shippedFile } from '../../installation/index.ts';
import { type NodeRuntime, start, userEnvironment } from '../../process/index.ts';
import type { ToolAnswer, ToolRequest } from './messages.ts';

/** How long one question may take, milliseconds: a large project's types take a compiler that long the first time. */
const ANSWER_MS = 60_000;

/** The process that a package's own tools run in. */
export class ToolProcess {
  readonly #stop = new AbortController();
  readonly #running: ReturnType<typeof start>;
  #waiting: ((answer: ToolAnswer | undefined) => void)[] = [];
  #gone = false;

  constructor(directory: string, node: NodeRuntime) {
    this.#running = start(
      { program: node.path, args: [shippedFile('dist', 'strengthen', 'tools.js')], cwd: directory, env: userEnvironment() },
      { signal: this.#stop.signal, onMessage: (line) => this.#waiting.shift()?.(JSON.parse(line) as ToolAnswer) },
    );
    void this.#running.ended.then(() => {
      this.#gone = true;
      for (const answer of this.#waiting.splice(0)) answer(undefined);
    });
  }

  /** Whether it ended, and answers nothing any more. */
  get gone(): boolean {
    return this.#gone;
  }

  /** What it answers; undefined where it does not, or `signal` is aborted before. */
  ask(request: ToolRequest, signal: AbortSignal): Promise<ToolAnswer | undefined> {
    if (this.#gone || signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#stop.abort(), ANSWER_MS);
      const cancel = () => resolve(undefined);
      signal.addEventListener('abort', cancel, { once: true });
      this.#waiting.push((answer) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        resolve(answer);
      });
      this.#running.send(JSON.stringify(request));
    });
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running.ended;
  }
}
