import type { Failure, Range } from '../model/index.ts';
import { containsRange } from '../model/index.ts';
import { Store, StoreFullError } from '../store/index.ts';
import type { Anchors, PieceKey } from './anchors.ts';
import type { TestCase, Verdict } from './model.ts';
import { mutantKey, Repository, type StoredMutant, type StoredPiece, type StoredRun, type StoredTest } from './repository.ts';

/**
 * The results of one package: what its store holds, and what runs add to it. The store is the truth; what is kept in memory is read again when another
 * window or the command line has written.
 */
export class ResultBook {
  readonly directory: string;
  /** What the results are stored in, for what else is kept of the package. */
  readonly store: Store;
  readonly #repository: Repository;
  readonly #files = new Map<string, StoredPiece[]>();
  readonly #revisions = new Map<string, number>();
  #epoch = 0;
  #recording = false;
  #tests: Map<number, StoredTest> | undefined;

  constructor(directory: string) {
    this.directory = directory;
    this.store = Store.open(directory);
    this.#repository = new Repository(this.store);
  }

  /** What a person should know about the store itself; told once. */
  takeNotices(): Failure[] {
    return this.store.notices.splice(0);
  }

  /** Files with results, relative to the package. */
  files(): string[] {
    this.#refresh();
    return [...new Set([...this.#repository.files(), ...this.#files.keys()])].filter((file) => this.pieces(file).length > 0).sort();
  }

  /** The judged pieces of a file, each with its mutants. */
  pieces(file: string): StoredPiece[] {
    this.#refresh();
    let found = this.#files.get(file);
    if (!found) {
      found = this.#repository.pieces(file);
      this.#files.set(file, found);
    }
    return found;
  }

  /** Changes whenever the results of a file do. */
  revision(file: string): string {
    this.#refresh();
    return `${this.#epoch}.${this.#revisions.get(file) ?? 0}`;
  }

  /** Tests by their ids. */
  tests(): ReadonlyMap<number, StoredTest> {
    this.#refresh();
    this.#tests ??= this.#repository.tests();
    return this.#tests;
  }

  lastRun(): (StoredRun & { packageName: string }) | undefined {
    return this.#repository.lastRun();
  }

  /** Forgets all results. */
  clear(): void {
    this.#repository.clear();
    this.#forget();
  }

  /**
   * Begins to record a run.
   *
   * @param scans whether it is a quick scan, which judges only some of a function's mutants and so takes the place of no others
   */
  record(packageName: string, run: StoredRun, scans = false): Recording {
    this.#recording = true;
    return new Recording(packageName, run, scans, {
      repository: this.#repository,
      store: this.store,
      pieces: (file) => this.pieces(file),
      refresh: () => this.#refresh(),
      knownPieces: (file) => this.#files.get(file) ?? this.pieces(file),
      changed: (file) => this.#revisions.set(file, (this.#revisions.get(file) ?? 0) + 1),
      readAgain: (file) => {
        this.#files.delete(file);
        this.#revisions.set(file, (this.#revisions.get(file) ?? 0) + 1);
      },
      finished: () => {
        this.#recording = false;
      },
      save: (tests) => {
        // Read while there are few: to read all of a large run takes longer than an editor should wait.
        this.tests();
        const ids = this.#repository.saveTests(tests);
        for (const [i, { name, file = '', position, durationMs }] of tests.entries()) {
          const id = ids[i] as number;
          this.#tests?.set(id, { id, name, file, durationMs, ...(position && { position }) });
        }
        return ids;
      },
    });
  }

  /** Whether its file was deleted by someone else, and no run is writing into it. */
  isGone(): boolean {
    return !this.#recording && this.store.isGone();
  }

  close(): void {
    this.store.close();
  }

  #refresh(): void {
    if (this.store.changedElsewhere()) this.#forget();
  }

  #forget(): void {
    this.#epoch++;
    this.#files.clear();
    this.#tests = undefined;
  }
}

interface Access {
  repository: Repository;
  store: Store;
  pieces(file: string): StoredPiece[];
  /** Looks whether another window has written. */
  refresh(): void;
  /** The pieces, as they were when somebody last looked whether another window has written: that takes longer than all else about a verdict. */
  knownPieces(file: string): StoredPiece[];
  changed(file: string): void;
  readAgain(file: string): void;
  finished(): void;
  /** Stores tests, and answers their ids in order. */
  save(tests: readonly TestCase[]): number[];
}

/** How many verdicts are written at once, which takes some milliseconds. */
const FLUSHED = 40;

/** One file of a run: the anchors of the text that was mutated, and which stretches of it. */
export interface RecordedFile {
  /** Relative to the package. */
  file: string;
  anchors: Anchors;
  /** The whole file where missing. */
  ranges?: Range[];
}

/** Writes one run into its package's book, verdict by verdict. What cannot be stored is kept in memory and said once in {@link failure}. */
export class Recording {
  /** Why results could not be stored, if so. */
  failure: Failure | undefined;
  readonly #packageName: string;
  readonly #run: StoredRun;
  readonly #scans: boolean;
  readonly #access: Access;
  /** Keys of the mutants judged in this run, by piece. By name, not by object: another window's write makes the pieces be read anew. */
  readonly #fresh = new Map<string, Set<string>>();
  readonly #unsaved: { file: string; piece: StoredPiece; mutant: StoredMutant }[] = [];
  #changed = false;
  #testIds: number[] = [];
  #id: number | undefined;

  constructor(packageName: string, run: StoredRun, scans: boolean, access: Access) {
    this.#packageName = packageName;
    this.#run = run;
    this.#scans = scans;
    this.#access = access;
    this.#id = this.#attempt(() => access.repository.saveRun(packageName, run));
  }

  /** Takes who judges, where that turns out during the run. */
  executor(name: string): void {
    this.#run.executor = name;
  }

  /** Takes the tests of the dry run; their files are relative to the package. Verdicts name them by their index in this list. */
  tests(tests: readonly TestCase[]): void {
    this.#run.testsRun = tests.length;
    this.#testIds = this.#attempt(() => this.#access.save(tests)) ?? tests.map(() => -1);
  }

  /** Takes a verdict; it is in memory at once and, when it is final, in the store after the next {@link flush}. */
  add(to: RecordedFile, verdict: Verdict): void {
    const anchored = to.anchors.anchor(verdict.range);
    if (!anchored) return;
    const piece = this.#pieceFor(this.#access.knownPieces(to.file), to.file, anchored.at);
    const mutant: StoredMutant = {
      start: anchored.start,
      end: anchored.end,
      mutator: verdict.mutator,
      replacement: verdict.replacement,
      original: verdict.original,
      static: verdict.static,
      status: verdict.status,
      ...(verdict.reason !== undefined && { reason: verdict.reason }),
      ...(verdict.testsRun !== undefined && { testsRun: verdict.testsRun }),
      coveredBy: verdict.coveredBy.map((index) => this.#testIds[index] ?? -1),
      killedBy: verdict.killedBy.map((index) => this.#testIds[index] ?? -1),
      ...(verdict.provisional && { provisional: true }),
    };
    const key = mutantKey(mutant);
    piece.mutants.set(key, mutant);
    this.#access.changed(to.file);
    this.#changed = true;
    if (mutant.provisional) return;
    this.#fresh.get(pieceId(to.file, piece))?.add(key);
    this.#unsaved.push({ file: to.file, piece, mutant });
  }

  /** Writes what has come since the last time, the first of it where that is much: who waits for an answer waits for this. Answers whether anything has. */
  flush(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    const batch = this.#unsaved.splice(0, FLUSHED);
    if (batch.length === 0) return changed;
    // Another window may have written since: then these are other objects, without what has not been stored yet.
    this.#access.refresh();
    const pieces = new Map<StoredPiece, { file: string; mutants: StoredMutant[] }>();
    for (const { file, piece: then, mutant } of batch) {
      const piece = this.#pieceFor(this.#access.knownPieces(file), file, then);
      piece.mutants.set(mutantKey(mutant), mutant);
      const group = pieces.get(piece) ?? { file, mutants: [] };
      group.mutants.push(mutant);
      pieces.set(piece, group);
    }
    // Saved again although it may have an id: another window may have deleted it. Ids are taken when all is stored, for what is rolled back has none.
    const ids = this.#attempt(() =>
      this.#access.store.transaction(() =>
        [...pieces].map(([piece, { file, mutants }]) => {
          piece.scanned &&= this.#scans;
          const id = this.#access.repository.savePiece(file, piece);
          for (const mutant of mutants) this.#access.repository.saveMutant(id, mutant);
          return { piece, id };
        }),
      ),
    );
    for (const { piece, id } of ids ?? []) piece.id = id;
    return true;
  }

  /**
   * Ends the run. After a complete one, what it was asked to judge and did not meet again is gone: mutants and pieces that no longer exist. A quick scan
   * was not asked for them.
   */
  finish(files: readonly RecordedFile[], complete: boolean, durationMs: number): void {
    while (this.#unsaved.length > 0) this.flush();
    for (const file of files) this.#dropProvisional(file);
    this.#run.durationMs = durationMs;
    this.#run.complete = complete;
    this.#attempt(() =>
      this.#access.store.transaction(() => {
        if (complete && !this.#scans) for (const file of files) this.#prune(file);
        this.#id = this.#access.repository.saveRun(this.#packageName, this.#run, this.#id);
      }),
    );
    this.#access.finished();
  }

  #pieceFor(known: StoredPiece[], file: string, at: PieceKey): StoredPiece {
    let piece = known.find((one) => one.hash === at.hash && one.name === at.name && one.ordinal === at.ordinal);
    if (!piece) {
      const { name, kind, hash, ordinal } = at;
      piece = { id: 0, name, kind, hash, ordinal, judgedAt: this.#run.startedAt, scanned: this.#scans, mutants: new Map() };
      known.push(piece);
    }
    if (!this.#fresh.has(pieceId(file, piece))) {
      this.#fresh.set(pieceId(file, piece), new Set());
      if (this.#scans && !piece.scanned) return piece;
      piece.judgedAt = this.#run.startedAt;
      if (piece.id !== 0) this.#attempt(() => this.#access.repository.savePiece(file, piece));
    }
    return piece;
  }

  /** What was never confirmed is no result. */
  #dropProvisional({ file }: RecordedFile): void {
    const some = this.#access.pieces(file).some(({ mutants }) => [...mutants.values()].some(({ provisional }) => provisional));
    if (some) this.#access.readAgain(file);
  }

  #prune({ file, anchors, ranges }: RecordedFile): void {
    const known = this.#access.pieces(file);
    this.#access.changed(file);
    for (const piece of [...known]) {
      const today = anchors.find(piece) ?? anchors.findByName(piece);
      if (ranges && !(today && ranges.some((range) => containsRange(range, today.piece.range)))) continue;
      const fresh = this.#fresh.get(pieceId(file, piece));
      for (const [key, mutant] of piece.mutants) {
        if (fresh?.has(key)) continue;
        piece.mutants.delete(key);
        if (piece.id !== 0) this.#access.repository.deleteMutant(piece.id, mutant);
      }
      if (piece.mutants.size > 0) continue;
      known.splice(known.indexOf(piece), 1);
      if (piece.id !== 0) this.#access.repository.deletePiece(piece.id);
    }
  }

  #attempt<T>(write: () => T): T | undefined {
    try {
      return write();
    } catch (error) {
      const full = error instanceof StoreFullError;
      this.failure ??= {
        code: full ? 'disk-full' : 'store-unwritable',
        message: full ? 'The disk is full: these results could not be stored.' : `These results could not be stored: ${(error as Error).message}.`,
        action: 'They are shown until this window or command ends. Free some space and run again to keep them.',
      };
      return undefined;
    }
  }
}

function pieceId(file: string, key: PieceKey): string {
  return [file, key.name, key.hash, key.ordinal].join('\0');
}
