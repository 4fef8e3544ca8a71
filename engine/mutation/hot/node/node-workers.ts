import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NodeChild, shippedFile, startNode } from '../../../process/index.ts';
import type { DriverRequest, TestFile } from '../host/driver.ts';
import { ENV } from '../worker/names.ts';
import { withLoaderHooks } from './loader-thread.ts';
import { TEXTS_FILE } from './texts.ts';

/** Compilers that keep what they compiled would keep instrumented text, and one that checks types would find fault with it. */
const COMPILERS = { BABEL_DISABLE_CACHE: '1', TS_NODE_TRANSPILE_ONLY: 'true' };

/** Starts Node processes of ours as workers, for frameworks that run inside of them. */
export class NodeWorkers {
  readonly #request: DriverRequest;
  readonly #script: string;
  readonly #ready: NodeChild[] = [];
  readonly #texts: Promise<void>;
  #nodeArgs: string[] = [];

  /** @param script file name of what a worker runs, in `dist/hot` */
  constructor(request: DriverRequest, script: string) {
    this.#request = request;
    this.#script = shippedFile('dist', 'hot', script);
    this.#texts = this.#writeTexts();
    this.#texts.catch(() => {});
  }

  /** Starts as many as will work at once, before there is work: loading a framework takes its time. */
  prepare(nodeArgs: string[]): void {
    this.#nodeArgs = nodeArgs;
    while (this.#ready.length < this.#request.workers) this.#ready.push(this.#spawn());
  }

  /** Gives a worker its first file. Resolves when it has ended. */
  async start({ file }: TestFile): Promise<void> {
    const child = this.#ready.shift() ?? this.#spawn();
    await this.#texts;
    child.say(file);
    await child.ended;
  }

  #spawn(): NodeChild {
    const preload = pathToFileURL(shippedFile('dist', 'hot', 'preload.js')).href;
    const options = withLoaderHooks(process.env['NODE_OPTIONS'], this.#nodeArgs);
    return startNode(this.#script, {
      nodeArgs: [`--import=${preload}`, ...this.#nodeArgs],
      cwd: this.#request.directory,
      env: { ...process.env, ...COMPILERS, ...(options !== undefined && { NODE_OPTIONS: options }), [ENV.parent]: String(process.pid) },
    });
  }

  async #writeTexts(): Promise<void> {
    const texts = await this.#request.texts;
    const file = path.join(this.#request.folder, TEXTS_FILE);
    await writeFile(`${file}.part`, JSON.stringify(Object.fromEntries([...texts].map(([name, { code }]) => [name, code]))));
    await rename(`${file}.part`, file);
  }
}
