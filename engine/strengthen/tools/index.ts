import type { NodeRuntime } from '../../process/index.ts';
import { shippedFile, start, userEnvironment } from '../../process/index.ts';
import type { Stretch, ToolAnswer, ToolRequest } from './messages.ts';

export type { Stretch } from './messages.ts';

/** How long one question may take, milliseconds: a large project's types take a compiler that long the first time. */
const ANSWER_MS = 60_000;

/** A project's own formatter, linter and compiler, in a process of their own until it is ended. */
export class ProjectTools {
  readonly #stop = new AbortController();
  readonly #running: ReturnType<typeof start>;
  #waiting: ((answer: ToolAnswer | undefined) => void)[] = [];
  #gone = false;

  constructor(directory: string, node: NodeRuntime, signal: AbortSignal) {
    this.#running = start(
      { program: node.path, args: [shippedFile('dist', 'strengthen', 'tools.js')], cwd: directory, env: userEnvironment() },
      { signal: AbortSignal.any([signal, this.#stop.signal]), onMessage: (line) => this.#waiting.shift()?.(JSON.parse(line) as ToolAnswer) },
    );
    void this.#running.ended.then(() => {
      this.#gone = true;
      for (const answer of this.#waiting.splice(0)) answer(undefined);
    });
  }

  /** Loads what the project has for a file. Answers the names of what there is. */
  async open(file: string, text: string): Promise<string[]> {
    const answer = await this.#ask({ kind: 'open', file, text });
    return answer?.kind === 'opened' ? answer.tools : [];
  }

  /** The text with a stretch of it written as the project's formatter and linter would have it. */
  async tidy(file: string, text: string, stretch: Stretch): Promise<string> {
    const answer = await this.#ask({ kind: 'tidy', file, text, stretch });
    return answer?.kind === 'tidied' ? answer.text : text;
  }

  /** What the project's linter and compiler have against each of some stretches of a text. */
  async check(file: string, text: string, stretches: readonly Stretch[]): Promise<string[][]> {
    const answer = await this.#ask({ kind: 'check', file, text, stretches: [...stretches] });
    const complaints = answer?.kind === 'checked' ? answer.complaints : [];
    return stretches.map((_, i) => complaints.filter(({ stretch }) => stretch === i).map(({ tool, message }) => `${tool}: ${message}`));
  }

  /** Ends the process. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running.ended;
  }

  #ask(request: ToolRequest): Promise<ToolAnswer | undefined> {
    if (this.#gone) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#stop.abort(), ANSWER_MS);
      this.#waiting.push((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#running.send(JSON.stringify(request));
    });
  }
}
