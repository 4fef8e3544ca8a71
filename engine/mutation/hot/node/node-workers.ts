import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NodeChild, shippedFile, startNode } from '../../../installation/index.ts';
import type { DriverRequest, ServedText, TestFile } from '../host/driver.ts';
import { SMALL_NURSERY } from '../worker/flags.ts';
import { ENV, transformedFolder } from '../worker/names.ts';
import { withLoaderHooks } from './loader-thread.ts';

/** Compilers that keep what they compiled would keep instrumented text, and one that checks types would find fault with it. */
const COMPILERS = { BABEL_DISABLE_CACHE: '1', TS_NODE_TRANSPILE_ONLY: 'true' };

/** What the processes are. */
export interface NodeWorkersOptions {
  /** File name of what a worker runs, in `dist/hot`. */
  script: string;
  /** Whether Node itself serves the texts to whatever loads a module. */
  servesModules: boolean;
  /** Variables of a process, by the least number from 0 that no other one has. */
  env?(n: number): NodeJS.ProcessEnv;
  /** What a text has to become for what is loaded by other means. */
  adapt?(file: string, code: string): string;
}

/** Starts Node processes of ours as workers, for frameworks that run inside of them. */
export class NodeWorkers {
  readonly #request: DriverRequest;
  readonly #options: NodeWorkersOptions;
  readonly #living = new Map<NodeChild, number>();
  #ready: NodeChild[] = [];
  #nodeArgs: readonly string[] = [];
  /** Each run has texts of its own, which its processes wait for. */
  #run = 0;
  /** Whether those that are started wait for the texts of a run that has not begun. */
  #rests = false;
  #served: Promise<void> | undefined;

  constructor(request: DriverRequest, options: NodeWorkersOptions) {
    this.#request = request;
    this.#options = options;
    this.#served = request.texts.then((texts) => this.serve(texts));
    this.#served.catch(() => {});
  }

  /** Starts as many as will work at once on so many files, before there is work: loading a framework takes its time. */
  prepare(nodeArgs: readonly string[], files: number): void {
    this.#nodeArgs = nodeArgs;
    while (this.#ready.length < Math.min(files, this.#request.workers)) this.#ready.push(this.#spawn());
  }

  /** Gives a worker its first file. Resolves when it has ended. */
  async start({ file }: TestFile): Promise<void> {
    const child = this.#ready.shift() ?? this.#spawn();
    // Those for the next run are there before its texts.
    await this.#served;
    child.say(file);
    await child.ended;
  }

  /** Workers that are started from now on are for the next run. Those of this one may go on. */
  rest(): void {
    for (const child of this.#ready.splice(0)) child.kill();
    const past = this.#textsOf(this.#run - 1);
    for (const file of [past, transformedFolder(past)]) rm(file, { recursive: true, force: true }).catch(() => {});
    this.#served = undefined;
    this.#rests = true;
    this.#run++;
  }

  /** Gives the workers of this run their texts. Rejects where they cannot be written. */
  async serve(texts: ReadonlyMap<string, ServedText>): Promise<void> {
    const file = this.#textsOf(this.#run);
    const { adapt } = this.#options;
    const codes = [...texts].map(([name, { code }]) => [name, adapt ? adapt(name, code) : code]);
    await writeFile(`${file}.part`, JSON.stringify(Object.fromEntries(codes)));
    await rename(`${file}.part`, file);
    this.#rests = false;
  }

  /** Ends all that are there. */
  async stop(): Promise<void> {
    const living = [...this.#living.keys()];
    for (const child of living) child.kill();
    await Promise.all(living.map(({ ended }) => ended));
  }

  #textsOf(run: number): string {
    return path.join(this.#request.folder, `texts-${run}.json`);
  }

  #spawn(): NodeChild {
    const { directory, confinement } = this.#request;
    const { script, servesModules, env } = this.#options;
    const preload = servesModules ? [`--import=${pathToFileURL(shippedFile('dist', 'hot', 'preload.js')).href}`] : [];
    const taken = new Set(this.#living.values());
    let number = 0;
    while (taken.has(number)) number++;
    const options = servesModules ? withLoaderHooks(process.env['NODE_OPTIONS'], this.#nodeArgs) : undefined;
    const child = startNode(shippedFile('dist', 'hot', script), {
      nodeArgs: [SMALL_NURSERY, ...(confinement?.nodeArgs ?? []), ...preload, ...this.#nodeArgs],
      cwd: directory,
      env: {
        ...process.env,
        ...confinement?.env,
        ...(servesModules && COMPILERS),
        ...(options !== undefined && { NODE_OPTIONS: options }),
        [ENV.parent]: String(process.pid),
        [ENV.texts]: this.#textsOf(this.#run),
        ...(this.#rests && { [ENV.waits]: '1' }),
        ...env?.(number),
      },
    });
    this.#living.set(child, number);
    const gone = () => this.#living.delete(child);
    child.ended.then(gone, gone);
    return child;
  }
}
