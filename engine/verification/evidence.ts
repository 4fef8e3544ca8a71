import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ecosystem } from '../detection/index.ts';
import { linkIn, type Row, type Store, StoreFullError } from '../store/index.ts';
import { makeRunFolder } from '../workspace/index.ts';
import type { CoveredFile } from './coverage/index.ts';
import type { Proof, Rung, TestTally, Verdict } from './model.ts';
import { isCoverage, isProof } from './proof-shape.ts';

/** The file of evidence that holds what tests covered. */
const COVERAGE_FILE = 'coverage.json';

/** What a proof is called: when it began, and its rung. */
const ID = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-(compile|test|mutation|load)(-\d+)?$/;
/** What has no proof yet is in the making, by whatever window or command, for at most so long, milliseconds. */
const MAKING_MS = 86_400_000;

/** What is left of a proof in the trend when its evidence is gone. */
export interface ProofPoint {
  id: string;
  rung: Rung;
  /** Milliseconds since the epoch. */
  at: number;
  durationMs: number;
  verdict: Verdict;
  summary: string;
  /** Errors and warnings, counts of tests, the mutation score, or users, throughput and p95 of load, by name. */
  numbers: Record<string, number>;
}

/** How long evidence is kept. */
export interface Keeping {
  days: number;
  /** Bytes of all evidence of a project. */
  bytes: number;
}

/** The proofs of a project: each a folder in `.assay/evidence/` with `proof.json` and `output.log`, and a row in the store that stays when the folder is trimmed. */
export class EvidenceShelf {
  readonly #store: Store;
  readonly #directory: string;
  readonly #folder: string;

  /** @param directory absolute path of the project, to which the store belongs */
  constructor(directory: string, store: Store) {
    this.#store = store;
    this.#directory = directory;
    this.#folder = folderOf(directory);
  }

  /** A new folder for a proof that begins now; its name sorts by time. Where none can be made it is a temporary one, and {@link keep} will say that nothing is kept. */
  async begin(rung: Rung, at: number): Promise<{ id: string; folder: string }> {
    const base = `${new Date(at).toISOString().replace(/[:.]/g, '-')}-${rung}`;
    const can =
      this.#link() === undefined &&
      (await mkdir(this.#folder, { recursive: true }).then(
        () => true,
        () => false,
      ));
    if (!can) return { id: base, folder: await makeRunFolder() };
    for (let n = 1; ; n++) {
      const id = n === 1 ? base : `${base}-${n}`;
      try {
        await mkdir(path.join(this.#folder, id));
        return { id, folder: path.join(this.#folder, id) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return { id, folder: await makeRunFolder() };
      }
    }
  }

  /** Keeps a proof, and what it comes to in the trend unless it is partial. Answers what a person should know where that did not work. */
  async keep(proof: Proof): Promise<string[]> {
    try {
      const link = this.#link();
      if (link !== undefined) throw new Error(`${link} is a symbolic link`);
      await writeFile(path.join(this.#folder, proof.id, 'proof.json'), `${JSON.stringify(proof, null, 1)}\n`);
      if (proof.partial) return [];
      this.#store.run(
        'INSERT OR REPLACE INTO proof (id, rung, at, duration_ms, verdict, summary, numbers, ecosystem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        proof.id,
        proof.rung,
        proof.at,
        proof.durationMs,
        proof.verdict,
        proof.summary,
        JSON.stringify(numbersOf(proof)),
        proof.ecosystem,
      );
      return [];
    } catch (error) {
      const why = error instanceof StoreFullError ? 'the disk is full' : (error as Error).message;
      return [`The proof could not be kept: ${why}.`];
    }
  }

  /** A kept proof; undefined where its evidence is gone or cannot be read. */
  read(id: string): Promise<Proof | undefined> {
    return readProof(this.#directory, id);
  }

  /** Where the log of a proof lies. */
  logOf(id: string): string {
    return path.join(this.#folder, id, 'output.log');
  }

  /** The last proofs of a rung of one of the projects here, oldest first. */
  points(ecosystem: Ecosystem, rung: Rung, limit = 50): ProofPoint[] {
    return this.#store
      .all('SELECT * FROM proof WHERE ecosystem = ? AND rung = ? ORDER BY at DESC, id DESC LIMIT ?', ecosystem, rung, limit)
      .map(toPoint)
      .reverse();
  }

  /** Removes the oldest evidence until what is left is young and small enough; the newest proof of each rung always stays, and so does what is none of Assay's or in the making. */
  async trim(keeping: Keeping, now: number): Promise<void> {
    if (this.#link() !== undefined) return;
    const newest = new Set(this.#store.all('SELECT id, MAX(at) FROM proof GROUP BY ecosystem, rung').map(({ id }) => id));
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch(() => []);
    const ids = entries.filter((entry) => entry.isDirectory() && ID.test(entry.name)).map(({ name }) => name);
    let bytes = 0;
    for (const id of ids.sort().reverse()) {
      const folder = path.join(this.#folder, id);
      const { size, modified, isMade } = await weigh(folder);
      bytes += size;
      const age = now - modified;
      const stays = newest.has(id) || (!isMade && age < MAKING_MS);
      if (!stays && (age > keeping.days * 86_400_000 || bytes > keeping.bytes)) await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }

  /** What of the way to the evidence is a link: what it leads to is not Assay's. */
  #link(): string | undefined {
    return linkIn(this.#directory, ['.assay', '.assay/evidence']);
  }
}

/** A proof that was kept for a project (absolute path); undefined where its evidence is gone, cannot be read or is none. */
export async function readProof(directory: string, id: string): Promise<Proof | undefined> {
  const proof = await readEvidence(directory, id, 'proof.json');
  return isProof(proof) && proof.id === id ? proof : undefined;
}

/** Keeps what tests covered in a proof's folder of evidence (absolute path). */
export async function keepCoverage(folder: string, files: readonly CoveredFile[]): Promise<void> {
  await writeFile(path.join(folder, COVERAGE_FILE), JSON.stringify(files));
}

/** What tests covered in a proof that was kept for a project (absolute path), file by file; nothing where it was not measured or is gone. */
export async function readCoverage(directory: string, id: string): Promise<CoveredFile[]> {
  const files = await readEvidence(directory, id, COVERAGE_FILE);
  return isCoverage(files) ? files : [];
}

/** What a file of a proof's evidence says; undefined where it is no JSON. */
async function readEvidence(directory: string, id: string, file: string): Promise<unknown> {
  if (path.basename(id) !== id) return undefined;
  return readFile(path.join(folderOf(directory), id, file), 'utf8').then(parsed, () => undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The numbers of a proof that a trend is drawn of. */
function numbersOf(proof: Proof): Record<string, number> {
  if (proof.mutation) return { ...proof.mutation };
  if (proof.load) return { users: proof.load.users, throughput: proof.load.throughput, p95: proof.load.p95 };
  if (proof.tests) return { ...(proof.tests.counts satisfies TestTally) };
  const count = (severity: string) => proof.problems.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

function folderOf(directory: string): string {
  return path.join(directory, '.assay', 'evidence');
}

async function weigh(folder: string): Promise<{ size: number; modified: number; isMade: boolean }> {
  const names: string[] = await readdir(folder).catch(() => []);
  const files = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  const times = files.length > 0 ? files : [await stat(folder).catch(() => undefined)];
  return {
    size: files.reduce((sum, file) => sum + (file?.size ?? 0), 0),
    modified: Math.max(...times.map((one) => one?.mtimeMs ?? 0)),
    isMade: names.includes('proof.json'),
  };
}

function toPoint(row: Row): ProofPoint {
  return {
    id: String(row['id']),
    rung: String(row['rung']) as Rung,
    at: Number(row['at']),
    durationMs: Number(row['duration_ms']),
    verdict: String(row['verdict']) as Verdict,
    summary: String(row['summary']),
    numbers: (parsed(String(row['numbers'])) ?? {}) as Record<string, number>,
  };
}
