import { createHash } from 'node:crypto';
import path from 'node:path';
import type { FileAudit } from '../audit/index.ts';
import { Lines } from '../model/index.ts';
import type { Row, Store } from '../store/index.ts';
import { relativePosix } from '../workspace/index.ts';
import type { FileTestimony, NeverMade, TestVerdict, Thrown } from './testimony.ts';

/** What a test was seen to do, as it is kept. */
export interface KnownTestimony {
  verdict: TestVerdict;
  /** With how many breakages it was run and passed, where nothing made it fail. */
  breakages: number;
  /** Why it is undecided, or fails. */
  why?: string;
  /** The functions that it runs: files relative to the package, and the lines of their bodies, from 0. */
  reached: { file: string; name: string; line: number }[];
  neverMade: NeverMade[];
  thrown: Thrown[];
  /** When it was seen, milliseconds since the epoch. */
  seenAt: number;
}

/** The hash of a text, which tells whether it is as it was. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Answers the {@link hashOf} what stands in a file (absolute path) now; of nothing where it is gone. */
export type HashOfFile = (file: string) => string;

/** What the tests of one package were seen to do; the only place that knows its table. It holds as long as a test and the files whose code it ran are as they were. */
export class Testimonies {
  readonly #store: Store;
  readonly #directory: string;

  /** @param directory that of the package, absolute */
  constructor(store: Store, directory: string) {
    this.#store = store;
    this.#directory = directory;
  }

  /** Keeps what the tests of a file were seen to do, in the place of what was known of them. */
  record({ file, text, tests }: FileTestimony, hashOfFile: HashOfFile): void {
    const name = relativePosix(this.#directory, file);
    const seen = new Ordinals();
    const lines = new Lines(text);
    this.#store.transaction(() => {
      this.#store.run('DELETE FROM testimony WHERE file = ?', name);
      for (const { title, start, end, strength, verdict, breakages, why, reached, neverMade, thrown } of tests) {
        const sources = [...new Set(reached.map((one) => one.file))];
        const key = keyOf(title, text.slice(start, end));
        this.#store.run(
          'INSERT INTO testimony VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          name,
          key.title,
          key.hash,
          seen.next(key),
          lines.positionAt(start).line,
          strength,
          Date.now(),
          verdict,
          breakages,
          why ?? null,
          JSON.stringify(reached.map((one) => ({ file: relativePosix(this.#directory, one.file), name: one.name, line: one.range.start.line }))),
          JSON.stringify(neverMade),
          JSON.stringify(Object.fromEntries(sources.map((source) => [relativePosix(this.#directory, source), hashOfFile(source)]))),
          JSON.stringify(thrown),
        );
      }
    });
  }

  /** What is known of the tests of a file (absolute path), by their places in the audit of its text of now. */
  of(file: string, text: string, { tests }: FileAudit, hashOfFile: HashOfFile): Map<number, KnownTestimony> {
    const rows = new Map(
      this.#store.all('SELECT * FROM testimony WHERE file = ?', relativePosix(this.#directory, file)).map((row) => [rowKey(row), row]),
    );
    const found = new Map<number, KnownTestimony>();
    if (rows.size === 0) return found;
    const seen = new Ordinals();
    for (const [place, { title, start, end }] of tests.entries()) {
      const key = keyOf(title, text.slice(start, end));
      const row = rows.get(`${key.title}\0${key.hash}\0${seen.next(key)}`);
      const sources = Object.entries(JSON.parse(String(row?.['sources'] ?? '{}')) as Record<string, string>);
      if (row && sources.every(([source, before]) => hashOfFile(path.join(this.#directory, source)) === before)) found.set(place, known(row));
    }
    return found;
  }

  /** The functions of a source file (absolute path) that tests ran, by the {@link hashOf} its text then: they hold for that text alone. */
  reachedIn(file: string): Map<string, ReachedBy[]> {
    const name = relativePosix(this.#directory, file);
    const found = new Map<string, ReachedBy[]>();
    for (const row of this.#store.all('SELECT * FROM testimony WHERE instr(sources, ?) > 0', JSON.stringify(name))) {
      const hash = (JSON.parse(String(row['sources'])) as Record<string, string>)[name];
      if (hash === undefined) continue;
      const functions = found.get(hash) ?? [];
      found.set(hash, functions);
      const test = {
        file: path.join(this.#directory, String(row['file'])),
        title: JSON.parse(String(row['title'])) as string[],
        line: Number(row['line']),
        strength: Number(row['strength']),
        verdict: row['verdict'] as TestVerdict,
      };
      for (const one of known(row).reached.filter((reached) => reached.file === name)) {
        const same = functions.find((other) => other.line === one.line && other.name === one.name);
        if (same) same.tests.push(test);
        else functions.push({ name: one.name, line: one.line, tests: [test] });
      }
    }
    for (const functions of found.values()) functions.sort((x, y) => x.line - y.line);
    return found;
  }

  /** Whether the tests of a file (absolute path) were run. */
  knows(file: string): boolean {
    return this.#store.get('SELECT 1 FROM testimony WHERE file = ? LIMIT 1', relativePosix(this.#directory, file)) !== undefined;
  }
}

/** A function and the tests that ran it. */
export interface ReachedBy {
  name: string;
  /** Of its body, from 0. */
  line: number;
  /** `file` is absolute, `line` where the test stood when it ran, `strength` what its text said then. */
  tests: { file: string; title: string[]; line: number; strength: number; verdict: TestVerdict }[];
}

interface Key {
  title: string;
  hash: string;
}

/** Counts tests of the same title and text. */
class Ordinals {
  readonly #seen = new Map<string, number>();

  next({ title, hash }: Key): number {
    const key = `${title}\0${hash}`;
    const ordinal = this.#seen.get(key) ?? 0;
    this.#seen.set(key, ordinal + 1);
    return ordinal;
  }
}

function keyOf(title: readonly string[], text: string): Key {
  return { title: JSON.stringify(title), hash: hashOf(text.replaceAll('\r\n', '\n')) };
}

function rowKey(row: Row): string {
  return `${row['title']}\0${row['hash']}\0${row['ordinal']}`;
}

function known(row: Row): KnownTestimony {
  return {
    verdict: row['verdict'] as TestVerdict,
    breakages: Number(row['breakages']),
    ...(row['why'] !== null && { why: String(row['why']) }),
    reached: JSON.parse(String(row['reached'])),
    neverMade: JSON.parse(String(row['never_made'])),
    thrown: JSON.parse(String(row['thrown'])),
    seenAt: Number(row['seen_at']),
  };
}
