import type { TestFile } from './driver.ts';
import type { Worker, Workers } from './worker-port.ts';

/** How much a worker may grow over the runs before it is replaced by a new one, bytes. */
const GROWTH = 384 * 2 ** 20;

/** One of the places at which work is done, with its worker. */
export interface Slot {
  worker?: Worker | undefined;
  /** The file that is open in the worker. */
  open?: string | undefined;
  /** The file that was chosen last: running it again may be cheaper than another. */
  at?: string | undefined;
  /** The file that was open when the last task ended: the next one begins with closing it, which takes a while. */
  held?: string | undefined;
  /** Whether the worker ran another file before. */
  used: boolean;
}

/** A piece of work, done at a slot. */
export type Task = () => Promise<void>;

/** The workers that work at the same time, each at its slot. */
export class Crew {
  readonly #workers: Workers;
  readonly #slots: readonly Slot[];
  readonly #headroom: number;
  /** Names of the files that only the first slot runs, and of those that no two slots run at once. */
  readonly #pinned = new Set<string>();
  readonly #single = new Set<string>();
  #peak = 0;
  #active = 0;
  #over = false;
  #came = false;
  #idle: (() => void)[] = [];

  /**
   * @param headroom how much memory a worker may take beyond what the dry run took, bytes
   * @param spares workers that wait for their first job
   */
  constructor(workers: Workers, size: number, headroom: number, spares: readonly Worker[]) {
    this.#workers = workers;
    this.#headroom = headroom;
    this.#slots = Array.from({ length: size }, (_, i) => ({ used: false, worker: spares[i] }));
  }

  get size(): number {
    return this.#slots.length;
  }

  /** How much memory a worker may take, bytes. */
  get maxMemory(): number {
    return this.#peak > 0 ? this.#peak + this.#headroom : Number.POSITIVE_INFINITY;
  }

  /** Takes note of what a worker took without any mutant. */
  weigh({ memory }: Worker): void {
    this.#peak = Math.max(this.#peak, memory);
  }

  /** Has files run at the first slot only: what they take of the machine none may take at the same time. Other workers may hold some of it, and are ended. */
  pin(files: Iterable<string>): void {
    for (const file of files) this.#pinned.add(file);
    if (this.#pinned.size > 0) for (const { worker } of this.#slots.slice(1)) worker?.kill();
  }

  /** Has each of these files run at one slot at a time: what it takes of the machine none may take at the same time, but those beside it take other things. */
  keepSingle(files: Iterable<string>): void {
    for (const file of files) this.#single.add(file);
  }

  /** Whether there are files that not every slot may run. */
  get restricts(): boolean {
    return this.#pinned.size + this.#single.size > 0;
  }

  /** Whether a slot may run a file. */
  mayRun(slot: Slot, file: string): boolean {
    if (slot !== this.#slots[0] && this.#pinned.has(file)) return false;
    return !this.#single.has(file) || !this.#slots.some((other) => other !== slot && (other.at === file || other.held === file));
  }

  /** Works until there is nothing left to do, at all slots. What one is at may come back as new work for the others. When a task fails, all is over. */
  async workOff(next: (slot: Slot) => Task | undefined): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.#work(slot, next)));
  }

  /** The same with one worker, while no other is there. */
  async workOffAlone(next: (slot: Slot) => Task | undefined): Promise<void> {
    const [first, ...others] = this.#slots;
    for (const other of others) {
      other.worker?.kill();
      Object.assign(other, { at: undefined, held: undefined });
    }
    if (first) await this.#work(first, next);
  }

  /** The slot's worker, if it can run the file; a new one otherwise, which is asked for where what ran in it before may matter. */
  async workerFor(slot: Slot, file: TestFile, fresh = false): Promise<Worker> {
    const { worker } = slot;
    const tooBig = this.#peak > 0 && (worker?.memory ?? 0) > this.#peak + GROWTH;
    if (worker && !worker.ended && worker.group === file.group && !tooBig && !(fresh && slot.used)) return worker;
    worker?.kill();
    Object.assign(slot, { open: undefined, used: false });
    const started = await this.#started(file);
    if (this.#over) {
      started.kill();
      throw new Error('The run is over.');
    }
    slot.worker = started;
    return started;
  }

  /** A worker may be lost before it calls, on a machine that is busy for example: where others came, another one may. */
  async #started(file: TestFile): Promise<Worker> {
    const started = await this.#workers.start(file).catch((error: unknown) => {
      if (!this.#came || this.#over) throw error;
      return this.#workers.start(file);
    });
    this.#came = true;
    return started;
  }

  /**
   * Chooses of files with work, and that the slot may run, the one that is open in its worker or ran in it last, else one that this worker can run and no other
   * is at, else any. What only this slot may run comes first.
   */
  choose(slot: Slot, waiting: Iterable<string>, files: ReadonlyMap<string, TestFile>): TestFile | undefined {
    let chosen: TestFile | undefined;
    let best = -1;
    for (const name of waiting) {
      if (!this.mayRun(slot, name)) continue;
      const file = files.get(name) as TestFile;
      const here = name === (slot.open ?? slot.at);
      const taken = this.#slots.some((other) => other !== slot && name === other.at);
      const fitness = Number(this.#pinned.has(name)) * 8 + Number(here) * 4 + Number(file.group === slot.worker?.group) * 2 + Number(!taken);
      if (fitness > best) [chosen, best] = [file, fitness];
    }
    if (chosen) slot.at = chosen.file;
    return chosen;
  }

  /** Ends all workers. */
  end(): void {
    this.#over = true;
    for (const { worker } of this.#slots) worker?.kill();
  }

  async #work(slot: Slot, next: (slot: Slot) => Task | undefined): Promise<void> {
    while (!this.#over) {
      const task = next(slot);
      if (task) {
        this.#active++;
        try {
          await task();
        } catch (error) {
          this.#over = true;
          throw error;
        } finally {
          this.#active--;
          slot.held = slot.open;
          for (const wake of this.#idle.splice(0)) wake();
        }
      } else if (this.#active === 0) {
        return;
      } else {
        await new Promise<void>((resolve) => this.#idle.push(resolve));
      }
    }
  }
}
