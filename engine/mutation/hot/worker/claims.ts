import dgram from 'node:dgram';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENV } from './names.ts';

type Call = (this: unknown, ...args: unknown[]) => unknown;
type Functions = Record<string, Call | undefined>;

/** The functions of `node:fs` that make, change or remove what stands at a path, by which of their arguments says where. */
const CHANGING: [at: number, names: string[]][] = [
  [0, ['writeFile', 'appendFile', 'createWriteStream', 'mkdir', 'rmdir', 'rm', 'unlink', 'truncate', 'rename']],
  [1, ['rename', 'copyFile', 'cp', 'symlink', 'link']],
];
/** Folders in which tools keep what they made, for whoever comes: of compilers, frameworks and of ours. */
const CACHES =
  /(^|[\\/])(node_modules|\.assay|\.cache|\.vite|\.nyc_output|coverage|__snapshots__|jiti|jest_\w+|tsx-\d+|v8-compile-cache-\d+)([\\/]|$)/;
/** Names that are made anew each time: of times, hashes and UUIDs. */
const MADE_UP = /\d{9,}|[\da-f]{12,}|[\da-f]{8}-[\da-f]{4}-/i;
/** How often digits and letters take turns in a name that chance made, at least. */
const TURNS = 4;

/**
 * What tests take of the machine, at places that are the same each time: ports that they listen on, and files and folders that they make, change or remove.
 * Two processes that take the same at the same time are in each other's way, and what fails then says nothing about a mutant.
 */
export class Claims {
  readonly #found = new Set<string>();
  /** How the paths of folders begin whose names are made up by Node, and ports that the system chose. */
  readonly #prefixes: string[] = [];
  readonly #ports = new Set<number>();
  /** What stands in front of names that tests choose: it is the same each time, whatever it looks like. */
  #roots: readonly string[] = [];
  #undo: (() => void)[] = [];
  #tell: (port: string) => void = () => {};

  /** From now on it is noted. `tell` hears at once of a port that another process may have, for which tests may wait. */
  begin(tell: (port: string) => void): void {
    this.#found.clear();
    this.#tell = tell;
    this.#roots = [process.cwd(), path.resolve(os.tmpdir())];
    for (const functions of [fs, fs.promises] as unknown as Functions[]) this.#watchFiles(functions);
    this.#hear(net.Server.prototype as unknown as Functions, 'listen', (server, args) => this.#listens(server as net.Server, args));
    this.#hear(dgram.Socket.prototype as unknown as Functions, 'bind', (_, [to]) => this.#takesPort(to));
    syncBuiltinESMExports();
  }

  /** What was taken since: `port 80`, or the absolute path of a file or folder. */
  end(): string[] {
    for (const undo of this.#undo.splice(0).reverse()) undo();
    syncBuiltinESMExports();
    return [...this.#found];
  }

  #watchFiles(functions: Functions): void {
    for (const [at, names] of CHANGING) {
      for (const name of names) for (const each of [name, `${name}Sync`]) this.#hear(functions, each, (_, args) => this.#takesPath(args[at]));
    }
    const opens = ([at, flags]: unknown[]) => {
      if (typeof flags === 'number' ? (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0 : /[wa+]/.test(String(flags ?? 'r')))
        this.#takesPath(at);
    };
    for (const name of ['open', 'openSync']) this.#hear(functions, name, (_, args) => opens(args));
    // One more letter keeps a separator at its end.
    for (const name of ['mkdtemp', 'mkdtempSync'])
      this.#hear(functions, name, (_, [prefix]) => void this.#prefixes.push(path.resolve(`${prefix}x`).slice(0, -1)));
  }

  /** Has `heard` hear of each call of a function before it is done. */
  #hear(functions: Functions, name: string, heard: (self: unknown, args: unknown[]) => void): void {
    const own = Object.getOwnPropertyDescriptor(functions, name);
    const original = functions[name];
    if (!own?.writable || typeof original !== 'function') return;
    const hearing = new Proxy(original, {
      apply: (target, self, args) => {
        // Somebody may have kept it.
        if (this.#undo.length > 0) heard(self, args);
        return Reflect.apply(target, self, args);
      },
    });
    functions[name] = hearing;
    this.#undo.push(() => {
      // Tests may have put something else there.
      if (functions[name] === hearing) functions[name] = original;
    });
  }

  #listens(server: net.Server, [to]: unknown[]): void {
    const options = (typeof to === 'object' && to !== null ? to : { [isPath(to) ? 'path' : 'port']: to }) as { path?: unknown; port?: unknown };
    if (isPath(options.path)) this.#takesPath(options.path);
    else if (Number(options.port)) this.#takesPort(options.port);
    else server.once('listening', () => void this.#ports.add(Number((server.address() as net.AddressInfo | null)?.port)));
  }

  #takesPort(to: unknown): void {
    const port = Number(typeof to === 'object' && to !== null ? (to as { port?: unknown }).port : to);
    const claim = `port ${port}`;
    if (!port || this.#ports.has(port) || this.#found.has(claim)) return;
    this.#found.add(claim);
    this.#tell(claim);
  }

  #takesPath(at: unknown): void {
    const file = pathOf(at);
    if (file === undefined || file.startsWith('/dev/')) return;
    const root = this.#roots.find((one) => file.startsWith(one + path.sep)) ?? '';
    const chosen = file.slice(root.length);
    if (CACHES.test(chosen) || isMadeUp(chosen)) return;
    if (this.#prefixes.some((prefix) => file.startsWith(prefix) && /^.{6}([\\/]|$)/.test(file.slice(prefix.length)))) return;
    if (file.startsWith(process.env[ENV.folder] as string)) return;
    this.#found.add(file);
  }
}

/** Whether a server is to listen at a path: a number in words is a port. */
function isPath(to: unknown): to is string {
  return typeof to === 'string' && Number.isNaN(Number(to));
}

function pathOf(at: unknown): string | undefined {
  if (typeof at === 'string' || Buffer.isBuffer(at)) return path.resolve(String(at));
  return at instanceof URL && at.protocol === 'file:' ? fileURLToPath(at) : undefined;
}

/** Whether one of the names in a path is another one each time. */
function isMadeUp(file: string): boolean {
  if (MADE_UP.test(file)) return true;
  const words = file.split(/[^a-z\d]+/i);
  return words.some((word) => word === String(process.pid) || (word.match(/\d(?=[a-z])|[a-z](?=\d)/gi)?.length ?? 0) >= TURNS);
}
