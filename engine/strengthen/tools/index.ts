import type { NodeRuntime } from '../../process/index.ts';
import type { MissingName, Stretch, ToolRequest } from './messages.ts';
import { ToolProcess } from './process.ts';

export type { MissingName, Stretch } from './messages.ts';

/** How long tools are kept that nobody uses, milliseconds. */
const IDLE_MS = 120_000;

/** Keeps the tools of packages for a while after they were used: a compiler and its first look at a project take seconds. */
export class ToolShed {
  readonly #kept = new Map<string, { process: ToolProcess; users: number; idle?: NodeJS.Timeout }>();

  /** Does something with the tools of a package (its folder's absolute path). Where `signal` is aborted, they have nothing more to say. */
  async use<T>(directory: string, node: NodeRuntime, signal: AbortSignal, work: (tools: ProjectTools) => Promise<T>): Promise<T> {
    const key = JSON.stringify([directory, node.path]);
    const known = this.#kept.get(key);
    const kept = known && !known.process.gone ? known : { process: new ToolProcess(directory, node), users: 0 };
    this.#kept.set(key, kept);
    clearTimeout(kept.idle);
    kept.users++;
    try {
      return await work(new ProjectTools(kept.process, signal));
    } finally {
      if (--kept.users === 0) kept.idle = setTimeout(() => void kept.process.end(), IDLE_MS).unref();
    }
  }

  /** Ends all processes. */
  async end(): Promise<void> {
    for (const { idle } of this.#kept.values()) clearTimeout(idle);
    await Promise.all([...this.#kept.values()].map(({ process }) => process.end()));
    this.#kept.clear();
  }
}

/** What tools have against a stretch, and how it would have to be written for them to have nothing. */
export interface Checked {
  complaints: string[];
  mended?: { text: string; names: MissingName[] };
}

/** A project's own formatter, linter and compiler. */
export class ProjectTools {
  readonly #process: ToolProcess;
  readonly #signal: AbortSignal;

  constructor(process: ToolProcess, signal: AbortSignal) {
    this.#process = process;
    this.#signal = signal;
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

  /**
   * What the project's linter and compiler have against each of some stretches of a text, and how each would have to be written for one of them to have nothing,
   * where it knows. What others have against a stretch may go with that: a linter that asks for types has something against what has none.
   */
  async check(file: string, text: string, stretches: readonly Stretch[]): Promise<Checked[]> {
    const answer = await this.#ask({ kind: 'check', file, text, stretches: [...stretches] });
    const { complaints, mended } = answer?.kind === 'checked' ? answer : { complaints: [], mended: [] };
    return stretches.map((_, i) => {
      const its = complaints.filter(({ stretch }) => stretch === i);
      const other = mended.find(({ stretch }) => stretch === i);
      return {
        complaints: its.map(({ tool, message }) => `${tool}: ${message}`),
        ...(other && { mended: { text: other.text, names: other.names } }),
      };
    });
  }

  #ask(request: ToolRequest) {
    return this.#process.ask(request, this.#signal);
  }
}
