import type { Row, Store } from '../store/index.ts';
import type { PieceKey } from './anchors.ts';
import type { MutantStatus, TestCase } from './model.ts';

/** A judged mutant as it is stored: its place is offsets in its piece's own text. */
export interface StoredMutant {
  start: number;
  end: number;
  mutator: string;
  replacement: string;
  original: string;
  static: boolean;
  status: MutantStatus;
  reason?: string;
  testsRun?: number;
  /** Ids of tests in the store. */
  coveredBy: number[];
  killedBy: number[];
  /** Whether it may still change while its run goes on; such a one is never stored. */
  provisional?: boolean;
}

/** A piece of a file with its judged mutants. */
export interface StoredPiece extends PieceKey {
  id: number;
  /** Milliseconds since the epoch. */
  judgedAt: number;
  /** Whether only a quick scan judged it: then most of its mutants are missing, and there is no score to make of the others. */
  scanned: boolean;
  mutants: Map<string, StoredMutant>;
}

/** A test as it is stored; `file` is relative to the package, empty where the framework does not tell it. */
export interface StoredTest {
  id: number;
  name: string;
  file: string;
  position?: { line: number; column: number };
  durationMs: number;
}

/** A run as it is stored. */
export interface StoredRun {
  startedAt: number;
  durationMs: number;
  executor: string;
  framework: string;
  node: string;
  command: string;
  testsRun: number;
  complete: boolean;
}

/** What tells one mutant of a piece from the others. */
export function mutantKey(mutant: Pick<StoredMutant, 'start' | 'end' | 'mutator' | 'replacement'>): string {
  return `${mutant.start}:${mutant.end}:${mutant.mutator}:${mutant.replacement}`;
}

/** Reads and writes mutation results; the only place that knows their tables. Files are relative to the package, with forward slashes. */
export class Repository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  files(): string[] {
    return this.#store.all('SELECT DISTINCT file FROM piece ORDER BY file').map((row) => String(row['file']));
  }

  pieces(file: string): StoredPiece[] {
    const found = this.#store.all('SELECT * FROM piece WHERE file = ? ORDER BY id', file).map(
      (row): StoredPiece => ({
        id: Number(row['id']),
        name: String(row['name']),
        kind: row['kind'] === 'function' ? 'function' : 'statement',
        hash: String(row['hash']),
        ordinal: Number(row['ordinal']),
        judgedAt: Number(row['judged_at']),
        scanned: row['scanned'] === 1,
        mutants: new Map(),
      }),
    );
    const byId = new Map(found.map((piece) => [piece.id, piece]));
    for (const row of this.#store.all('SELECT mutant.* FROM piece JOIN mutant ON mutant.piece = piece.id WHERE piece.file = ?', file)) {
      const mutant = toMutant(row);
      byId.get(Number(row['piece']))?.mutants.set(mutantKey(mutant), mutant);
    }
    return found;
  }

  /** Stores a piece, or how it was judged where it is known; answers its id. */
  savePiece(file: string, piece: PieceKey & Pick<StoredPiece, 'judgedAt' | 'scanned'>): number {
    return Number(
      this.#store.get(
        `INSERT INTO piece (file, name, kind, hash, ordinal, judged_at, scanned) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (file, name, hash, ordinal)
         DO UPDATE SET judged_at = excluded.judged_at, kind = excluded.kind, scanned = excluded.scanned RETURNING id`,
        file,
        piece.name,
        piece.kind,
        piece.hash,
        piece.ordinal,
        piece.judgedAt,
        piece.scanned ? 1 : 0,
      )?.['id'],
    );
  }

  saveMutant(piece: number, mutant: StoredMutant): void {
    this.#store.run(
      'INSERT OR REPLACE INTO mutant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      piece,
      mutant.start,
      mutant.end,
      mutant.mutator,
      mutant.replacement,
      mutant.original,
      mutant.static ? 1 : 0,
      mutant.status,
      mutant.reason ?? null,
      mutant.testsRun ?? null,
      mutant.coveredBy.join(','),
      mutant.killedBy.join(','),
    );
  }

  deletePiece(id: number): void {
    this.#store.run('DELETE FROM piece WHERE id = ?', id);
  }

  deleteMutant(piece: number, mutant: StoredMutant): void {
    this.#store.run(
      'DELETE FROM mutant WHERE piece = ? AND start = ? AND end = ? AND mutator = ? AND replacement = ?',
      piece,
      mutant.start,
      mutant.end,
      mutant.mutator,
      mutant.replacement,
    );
  }

  clear(): void {
    this.#store.transaction(() => {
      for (const table of ['mutant', 'piece', 'test', 'run', 'testimony']) this.#store.run(`DELETE FROM ${table}`);
    });
  }

  /** Stores tests and answers their ids, in order. `file` of each is relative to the package. */
  saveTests(tests: readonly TestCase[]): number[] {
    return this.#store.transaction(() =>
      tests.map((test) =>
        Number(
          this.#store.get(
            `INSERT INTO test (name, file, line, column, duration_ms) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (file, name) DO UPDATE SET line = excluded.line, column = excluded.column, duration_ms = excluded.duration_ms RETURNING id`,
            test.name,
            test.file ?? '',
            test.position?.line ?? null,
            test.position?.column ?? null,
            test.durationMs,
          )?.['id'],
        ),
      ),
    );
  }

  tests(): Map<number, StoredTest> {
    return new Map(this.#store.all('SELECT * FROM test').map((row) => [Number(row['id']), toTest(row)]));
  }

  saveRun(packageName: string, run: StoredRun, id?: number): number {
    if (id !== undefined) {
      this.#store.run(
        'UPDATE run SET executor = ?, duration_ms = ?, tests_run = ?, complete = ? WHERE id = ?',
        run.executor,
        Math.round(run.durationMs),
        run.testsRun,
        run.complete ? 1 : 0,
        id,
      );
      return id;
    }
    return this.#store.run(
      'INSERT INTO run (package, started_at, duration_ms, executor, framework, node, command, tests_run, complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      packageName,
      run.startedAt,
      Math.round(run.durationMs),
      run.executor,
      run.framework,
      run.node,
      run.command,
      run.testsRun,
      run.complete ? 1 : 0,
    );
  }

  lastRun(): (StoredRun & { packageName: string }) | undefined {
    const row = this.#store.get('SELECT * FROM run ORDER BY id DESC LIMIT 1');
    return (
      row && {
        packageName: String(row['package']),
        startedAt: Number(row['started_at']),
        durationMs: Number(row['duration_ms']),
        executor: String(row['executor']),
        framework: String(row['framework']),
        node: String(row['node']),
        command: String(row['command']),
        testsRun: Number(row['tests_run']),
        complete: row['complete'] === 1,
      }
    );
  }
}

function toMutant(row: Row): StoredMutant {
  return {
    start: Number(row['start']),
    end: Number(row['end']),
    mutator: String(row['mutator']),
    replacement: String(row['replacement']),
    original: String(row['original']),
    static: row['static'] === 1,
    status: row['status'] as MutantStatus,
    ...(row['reason'] !== null && { reason: String(row['reason']) }),
    ...(row['tests_run'] !== null && { testsRun: Number(row['tests_run']) }),
    coveredBy: ids(row['covered_by']),
    killedBy: ids(row['killed_by']),
  };
}

function toTest(row: Row): StoredTest {
  return {
    id: Number(row['id']),
    name: String(row['name']),
    file: String(row['file']),
    ...(row['line'] !== null && { position: { line: Number(row['line']), column: Number(row['column']) } }),
    durationMs: Number(row['duration_ms']),
  };
}

function ids(value: unknown): number[] {
  return value === '' ? [] : String(value).split(',').map(Number);
}
