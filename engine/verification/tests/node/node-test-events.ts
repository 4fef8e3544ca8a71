import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ToldTest } from '../events.ts';
import { beginRun, failureOf, tell } from './tell.ts';

/** An event of node:test's stream, as far as it is of interest. */
export interface NodeTestEvent {
  type: string;
  data: {
    name: string;
    nesting: number;
    /** Of `test:stderr`. */
    message?: string;
    file?: string;
    line?: number;
    column?: number;
    skip?: string | boolean;
    todo?: string | boolean;
    details?: { type?: string; duration_ms?: number; error?: Error & { failureType?: string; cause?: unknown; exitCode?: number; signal?: string } };
  };
}

/** How much of what a file's process says as an error is kept, in UTF-16 units: its last words tell why it did not load. */
const KEPT_WORDS = 4000;

/** Tells what tests do in a run of node:test. */
export class NodeTestEvents {
  readonly #run = beginRun('node:test', process.versions.node);
  /** What runs, from the outermost: tests are told in the order in which they are written. */
  readonly #names: string[] = [];
  /** The last words of the process of each file. */
  readonly #words = new Map<string, string>();
  #ended = 0;

  take({ type, data }: NodeTestEvent): void {
    const file = pathOf(data.file);
    if (type === 'test:stderr' && file !== undefined) this.#words.set(file, ((this.#words.get(file) ?? '') + data.message).slice(-KEPT_WORDS));
    if (type !== 'test:start' && type !== 'test:pass' && type !== 'test:fail') return;
    this.#names.length = Math.min(this.#names.length, data.nesting);
    this.#names[data.nesting] = data.name;
    const isFile = data.nesting === 0 && file !== undefined && path.resolve(data.name) === file;
    if (type === 'test:start') {
      if (!isFile) tell({ type: 'begin', run: this.#run, ...(file !== undefined && { file }), title: [...this.#names] });
      return;
    }
    if (data.details?.type === 'suite' || isFile) {
      if (type === 'test:fail') this.#tellBroken(data, file, isFile);
      return;
    }
    this.#ended += 1;
    tell({ type: 'test', run: this.#run, test: this.#toldTest(type === 'test:pass', data, file) });
  }

  end(): void {
    tell({ type: 'end', run: this.#run });
  }

  #toldTest(passed: boolean, { line, column, skip, todo, details }: NodeTestEvent['data'], file: string | undefined): ToldTest {
    const state = isSet(todo) ? 'todo' : isSet(skip) ? 'skipped' : passed ? 'passed' : 'failed';
    return {
      key: String(this.#ended),
      ...(file !== undefined && { file }),
      title: [...this.#names],
      ...(line !== undefined && { place: column === undefined ? [line] : [line, column] }),
      state,
      ...(details?.duration_ms !== undefined && { ms: details.duration_ms }),
      ...(state === 'failed' && { failure: failureOf(details?.error?.cause ?? details?.error) }),
    };
  }

  /** A suite whose hook failed, or a file whose process came to a bad end; that something in it failed is told of that. */
  #tellBroken({ name, details }: NodeTestEvent['data'], file: string | undefined, isFile: boolean): void {
    const error = details?.error;
    if (error?.failureType === 'subtestsFailed') return;
    const told = isFile ? this.#lastWords(file, error) : failureOf(error?.cause ?? error);
    tell({
      type: 'broken',
      run: this.#run,
      ...(file !== undefined && { file }),
      message: isFile ? told.message : `${name}: ${told.message}`,
      ...(told.stack !== undefined && { stack: told.stack }),
    });
  }

  /** Of a file's process Node tells only how it ended. */
  #lastWords(file: string | undefined, error: NonNullable<NodeTestEvent['data']['details']>['error']): { message: string; stack?: string } {
    const stack = this.#words.get(file ?? '')?.trim();
    const how = error?.signal ? `ended by ${error.signal}` : `ended with ${error?.exitCode ?? 'an error'}`;
    const [named] = /^(?:Uncaught )?(?:[A-Z]\w*)?Error\b.*$/m.exec(stack ?? '') ?? [];
    return { message: named ?? `The process of this file ${how}.`, ...(stack && { stack }) };
  }
}

function isSet(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}

function pathOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  return file.startsWith('file:') ? fileURLToPath(file) : path.resolve(file);
}
