import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ToldFailure, ToldTest } from '../events.ts';
import { beginRun, failureOf, tell } from './tell.ts';
import { wantedOf } from './wanted.ts';

interface Runnable {
  type: 'test' | 'hook';
  title: string;
  file?: string;
  duration?: number;
  titlePath(): string[];
}

interface Runner {
  on(event: string, listener: (runnable: Runnable, error?: unknown) => void): void;
}

interface Mocha {
  _reporter: new (runner: Runner, options: unknown) => object;
  suite: { on(event: string, listener: (context: unknown, file: string) => void): void };
  files: string[];
  grep(pattern: RegExp): unknown;
  run(...args: unknown[]): unknown;
  loadFilesAsync?(...args: unknown[]): Promise<unknown>;
  loadFiles(...args: unknown[]): unknown;
}

/** Has Mocha's reporter, whichever it is, made together with one of ours. */
export function listen(script: string | undefined): void {
  if (script === undefined) return;
  const root = packageRoot(script);
  const require = createRequire(path.join(root, 'package.json'));
  const loaded = require(['lib/mocha.cjs', 'lib/mocha.js'].map((name) => path.join(root, name)).find(existsSync) ?? root);
  const { prototype } = ((loaded as { default?: unknown }).default ?? loaded) as { prototype: Mocha };
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const { run, loadFiles, loadFilesAsync } = prototype;
  prototype.run = function (this: Mocha, ...args: unknown[]) {
    this._reporter = new Proxy(this._reporter, {
      construct(reporter, given: ConstructorParameters<Mocha['_reporter']>) {
        listenTo(given[0], beginRun('mocha', version));
        return Reflect.construct(reporter, given);
      },
    });
    const wanted = wantedOf('mocha');
    if (wanted) this.grep(wanted.pattern);
    return run.apply(this, args);
  };
  prototype.loadFiles = function (this: Mocha, ...args: unknown[]) {
    const current = filesLoaded(this);
    try {
      return loadFiles.apply(this, args);
    } catch (error) {
      tellNotLoaded(version, current(), error);
      throw error;
    }
  };
  prototype.loadFilesAsync = async function (this: Mocha, ...args: unknown[]) {
    const current = filesLoaded(this);
    try {
      return await loadFilesAsync?.apply(this, args);
    } catch (error) {
      tellNotLoaded(version, current(), error);
      throw error;
    }
  };
}

function packageRoot(script: string): string {
  const marker = `${path.sep}node_modules${path.sep}mocha`;
  return script.slice(0, script.lastIndexOf(marker + path.sep) + marker.length);
}

/** Tells which file is being loaded, of those that are wanted. */
function filesLoaded(mocha: Mocha): () => string | undefined {
  const wanted = wantedOf('mocha');
  if (wanted) mocha.files = mocha.files.filter((file) => wanted.files.includes(path.resolve(file)));
  let current: string | undefined;
  mocha.suite.on('pre-require', (_context, file) => {
    current = file;
  });
  return () => current;
}

/** A file that does not load ends Mocha: no test of any file runs. */
function tellNotLoaded(version: string, file: string | undefined, error: unknown): void {
  const { message, stack } = failureOf(error);
  const run = beginRun('mocha', version);
  tell({ type: 'broken', run, ...(file !== undefined && { file }), message, ...(stack !== undefined && { stack }) });
  tell({ type: 'end', run });
}

function listenTo(runner: Runner, run: string): void {
  let ended = 0;
  const end = (runnable: Runnable, how: Pick<ToldTest, 'state' | 'failure'>) => {
    ended += 1;
    const { file, duration } = runnable;
    const title = runnable.titlePath();
    tell({
      type: 'test',
      run,
      test: { key: String(ended), ...(file !== undefined && { file }), title, ...(duration !== undefined && { ms: duration }), ...how },
    });
  };
  runner.on('test', (test) => tell({ type: 'begin', run, ...(test.file !== undefined && { file: test.file }), title: test.titlePath() }));
  runner.on('pass', (test) => end(test, { state: 'passed' }));
  runner.on('fail', (runnable, error) => end(runnable, { state: 'failed', failure: withWholePaths(failureOf(error)) }));
  // Mocha makes the same of a test that is skipped and of one that is yet to be written.
  runner.on('pending', (test) => end(test, { state: 'skipped' }));
  runner.on('end', () => tell({ type: 'end', run }));
}

/** Mocha writes the paths of a stack from the folder that it runs in. */
function withWholePaths(failure: ToldFailure): ToldFailure {
  const whole = (_: string, before: string, at: string) => before + path.resolve(at);
  const stack = failure.stack?.replace(/^(\s*at (?:.*\()?)((?!\/|file:|node:|[A-Za-z]:\\)[^()]+:\d+:\d+\)?)$/gm, whole);
  return { ...failure, ...(stack !== undefined && { stack }) };
}
