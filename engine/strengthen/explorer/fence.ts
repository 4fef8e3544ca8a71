import { syncBuiltinESMExports } from 'node:module';

/** What changes files. What is written to a descriptor needs one that was opened for it. */
const WRITES =
  /^(writeFile|appendFile|createWriteStream|rm|rmdir|unlink|rename|mkdir|mkdtemp|copyFile|cp|truncate|ftruncate|[fl]?chmod|[fl]?chown|[fl]?utimes|symlink|link)(Sync|Disposable|DisposableSync)?$/;
const OPENS = /^open(Sync)?$/;
const STARTS = /^(spawn|exec|execFile|fork)(Sync)?$/;
const ENDS = ['exit', 'kill', 'abort', 'reallyExit', 'chdir'];

type Functions = Record<string, (...args: unknown[]) => unknown>;

/** Where Node tells of what it kept a process from that may do less than others (`mutation/hot/host/confinement.ts`). */
const REFUSALS = {
  'node:permission-model:fs': 'what changes files',
  'node:permission-model:child': 'what starts processes',
  'node:permission-model:worker': 'what starts threads',
};

/** Thrown where code that is tried would do something to the world outside. */
class Fenced extends Error {}

/**
 * Keeps code from changing files, starting processes, connecting to anything and ending this process: it is tried with values that nobody chose, and what it
 * would do with them nobody wants.
 */
export class Fence {
  /** What code called since this was last cleared, and was kept from. */
  kept: string | undefined;
  readonly #originals: { owner: Functions; name: string; value: Functions[string] }[] = [];

  #isUp = false;
  readonly #hear = (_: unknown, channel: unknown) => {
    if (this.#isUp) this.kept = REFUSALS[channel as keyof typeof REFUSALS];
  };

  /**
   * Builds it, with its gate open. To be called before anything is loaded that it is for, each time that functions of Node's were put back: modules keep what
   * they took from others when they were loaded.
   */
  build(): void {
    this.#originals.length = 0;
    const { subscribe, unsubscribe } = process.getBuiltinModule('node:diagnostics_channel');
    for (const name of Object.keys(REFUSALS)) {
      unsubscribe(name, this.#hear);
      subscribe(name, this.#hear);
    }
    const builtin = (name: string) => process.getBuiltinModule(name) as unknown as Functions & { promises: Functions };
    const fs = builtin('node:fs');
    for (const owner of [fs, fs.promises]) {
      this.#keep(owner, (name) => WRITES.test(name));
      this.#keep(
        owner,
        (name) => OPENS.test(name),
        ([, flags]) => flags === undefined || flags === 'r' || flags === 0 || typeof flags === 'function',
      );
    }
    this.#keep(builtin('node:child_process'), (name) => STARTS.test(name));
    const { Socket } = process.getBuiltinModule('node:net');
    this.#keep(Socket.prototype as unknown as Functions, (name) => name === 'connect');
    this.#keep(process.getBuiltinModule('node:dgram').Socket.prototype as unknown as Functions, (name) => name === 'send');
    this.#keep(process as unknown as Functions, (name) => ENDS.includes(name));
    syncBuiltinESMExports();
  }

  /** Closes the gate. */
  raise(): void {
    this.#isUp = true;
  }

  /** Opens it: test files are loaded as they always are. */
  lower(): void {
    this.#isUp = false;
  }

  /** Takes it away. */
  remove(): void {
    this.#isUp = false;
    const { unsubscribe } = process.getBuiltinModule('node:diagnostics_channel');
    for (const name of Object.keys(REFUSALS)) unsubscribe(name, this.#hear);
    for (const { owner, name, value } of this.#originals.splice(0)) owner[name] = value;
    syncBuiltinESMExports();
  }

  #keep(owner: Functions, isMeant: (name: string) => boolean, mayPass: (args: unknown[]) => boolean = () => false): void {
    for (const name of Object.getOwnPropertyNames(owner).filter(isMeant)) {
      const value = owner[name];
      if (typeof value !== 'function') continue;
      this.#originals.push({ owner, name, value });
      const fence = this;
      owner[name] = function (this: unknown, ...args: unknown[]) {
        if (!fence.#isUp || mayPass(args)) return Reflect.apply(value, this, args);
        fence.kept = name;
        throw new Fenced(`Assay keeps code that it tries from calling ${name}.`);
      };
    }
  }
}
