import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Failure } from '../model/index.ts';
import { linkIn } from './links.ts';
import { MIGRATIONS } from './migrations.ts';
import { sqlite } from './sqlite.ts';

/** Marks a database as Assay's in its header (`PRAGMA application_id`): "ASSY". */
const APPLICATION_ID = 0x41535359;
/** How long a statement waits for another window's write, milliseconds. */
const BUSY_MS = 5000;

/** What is written to when a store is opened. */
const LINKABLE = ['.assay', '.assay/.gitignore', ...['', '-wal', '-shm', '-journal'].map((suffix) => `.assay/assay.db${suffix}`)];

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>;

/** Where the store of a package lies. */
export function storeFile(packageDirectory: string): string {
  return path.join(packageDirectory, '.assay', 'assay.db');
}

/** Whether a package has stored results. */
export function hasStore(packageDirectory: string): boolean {
  return existsSync(storeFile(packageDirectory));
}

/**
 * The embedded store of a package, `.assay/assay.db`. Where it cannot be written (a read-only folder, a newer version's file, a link to somewhere else) it lives in memory;
 * what a person should know about that is in `notices`. Statements after the disk has filled up throw {@link StoreFullError}.
 */
export class Store {
  readonly notices: Failure[] = [];
  #db: DatabaseSync;
  /** Undefined in memory. */
  readonly #file: string | undefined;
  readonly #statements = new Map<string, StatementSync>();
  #dataVersion = 0;

  private constructor(db: DatabaseSync, file: string | undefined) {
    this.#db = db;
    this.#file = file;
  }

  /** Opens a package's store, makes it where there is none, and brings its schema up to date. Never throws. */
  static open(packageDirectory: string): Store {
    const file = storeFile(packageDirectory);
    const notices: Failure[] = [];
    const db = openFile(file, notices);
    const store = db ? new Store(db, file) : new Store(openMemory(), undefined);
    store.notices.push(...notices);
    store.changedElsewhere();
    return store;
  }

  /** All rows of a query. */
  all(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...parameters);
  }

  /** The first row of a query. */
  get(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return sayingFull(() => this.#prepare(sql).get(...parameters));
  }

  /** Runs a statement and answers the id of the row that it inserted. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(sayingFull(() => this.#prepare(sql).run(...parameters)).lastInsertRowid);
  }

  /** Runs `work` as a whole or not at all. */
  transaction<T>(work: () => T): T {
    try {
      return sayingFull(() => {
        this.#db.exec('BEGIN IMMEDIATE');
        const result = work();
        this.#db.exec('COMMIT');
        return result;
      });
    } catch (error) {
      try {
        this.#db.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself.
      }
      throw error;
    }
  }

  /** Whether another connection (a second window, the command line) has written since this was last asked. */
  changedElsewhere(): boolean {
    const now = Number(this.#prepare('PRAGMA data_version').get()?.['data_version'] ?? 0);
    const changed = now !== this.#dataVersion;
    this.#dataVersion = now;
    return changed;
  }

  /** Whether the file it was opened on is there no more. */
  isGone(): boolean {
    return this.#file !== undefined && !existsSync(this.#file);
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The disk has no room for what should have been stored; nothing of it was. */
export class StoreFullError extends Error {
  constructor(options: ErrorOptions) {
    super('the disk is full', options);
  }
}

function sayingFull<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isFull(error) ? new StoreFullError({ cause: error }) : error;
  }
}

function openFile(file: string, notices: Failure[]): DatabaseSync | undefined {
  try {
    const link = linkIn(path.dirname(path.dirname(file)), LINKABLE);
    if (link !== undefined) {
      notices.push(linked(file, link));
      return undefined;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    const ignore = path.join(path.dirname(file), '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (error) {
    notices.push(unwritable(file, error));
    return undefined;
  }
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return prepare(new (sqlite().DatabaseSync)(file));
    } catch (error) {
      if (error instanceof NewerStoreError) {
        notices.push(newer(file));
        return undefined;
      }
      if (attempt > 0 || !(error instanceof ForeignStoreError || isDamaged(error))) {
        notices.push(unwritable(file, error));
        return undefined;
      }
      try {
        notices.push(setAside(file, error));
      } catch (problem) {
        notices.push(unwritable(file, problem));
        return undefined;
      }
    }
  }
  return undefined;
}

function openMemory(): DatabaseSync {
  return prepare(new (sqlite().DatabaseSync)(':memory:'));
}

class ForeignStoreError extends Error {}
class NewerStoreError extends Error {}

function prepare(db: DatabaseSync): DatabaseSync {
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    const isEmpty = Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']) === 0;
    // Asked last: another process may be making the store, and what is in it comes together with whose it is.
    const id = Number(db.prepare('PRAGMA application_id').get()?.['application_id']);
    if (!isEmpty && id !== APPLICATION_ID) throw new ForeignStoreError('the file is a database of another program');
    writeAhead(db);
    db.exec('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    migrate(db);
    if (db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] !== 'ok') throw new ForeignStoreError('the file is damaged');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Keeps what is written in a log of its own. SQLite waits for no lock here, which another process holds that makes the same store. */
function writeAhead(db: DatabaseSync): void {
  const until = performance.now() + BUSY_MS;
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function migrate(db: DatabaseSync): void {
  const version = () => Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version() > MIGRATIONS.length) throw new NewerStoreError();
  if (version() === MIGRATIONS.length) return;
  db.exec('BEGIN IMMEDIATE');
  // Another window may have migrated while this one waited for the lock.
  for (let step = version(); step < MIGRATIONS.length; step++) db.exec(MIGRATIONS[step] as string);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
}

/** SQLite's result codes: https://sqlite.org/rescode.html (5 BUSY; 11 CORRUPT, 26 NOTADB; 13 FULL). */
function code(error: unknown): number {
  return ((error as { errcode?: number }).errcode ?? 0) & 0xff;
}

function isDamaged(error: unknown): boolean {
  return code(error) === 11 || code(error) === 26;
}

function isBusy(error: unknown): boolean {
  return code(error) === 5;
}

function isFull(error: unknown): boolean {
  return code(error) === 13;
}

function setAside(file: string, error: unknown): Failure {
  const aside = `${file}.set-aside-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  return {
    code: 'store-set-aside',
    message: `The stored results in ${file} could not be read (${(error as Error).message}); the file was set aside.`,
    action: `Run mutation testing again to have results. The old file is ${aside}.`,
  };
}

function linked(file: string, link: string): Failure {
  return {
    code: 'store-unwritable',
    message: `Results are not stored in ${file}: ${link} is a symbolic link, and Assay writes to nothing that is not its own.`,
    action: 'They are kept in memory until this window or command ends; delete the link to keep them.',
  };
}

function newer(file: string): Failure {
  return {
    code: 'store-unwritable',
    message: `${file} was written by a newer version of Assay.`,
    action: 'Update Assay. Until then, results are kept in memory only.',
  };
}

function unwritable(file: string, error: unknown): Failure {
  return {
    code: 'store-unwritable',
    message: `Results cannot be stored in ${file}: ${(error as Error).message}.`,
    action: 'They are kept in memory until this window or command ends; make the folder writable to keep them.',
  };
}
