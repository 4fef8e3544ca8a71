/**
 * The schema, one step a version; `PRAGMA user_version` is the number of steps taken. Steps that have been released are never edited: a change is a new step.
 * Offsets are UTF-16 units in the piece's own text; times are milliseconds since the epoch; durations are milliseconds.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    package TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL DEFAULT 0,
    executor TEXT NOT NULL,
    framework TEXT NOT NULL,
    node TEXT NOT NULL,
    command TEXT NOT NULL,
    tests_run INTEGER NOT NULL DEFAULT 0,
    complete INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE test (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    file TEXT NOT NULL DEFAULT '',
    line INTEGER,
    column INTEGER,
    duration_ms REAL NOT NULL,
    UNIQUE (file, name)
  ) STRICT;
  CREATE TABLE piece (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    judged_at INTEGER NOT NULL,
    UNIQUE (file, name, hash, ordinal)
  ) STRICT;
  CREATE TABLE mutant (
    piece INTEGER NOT NULL REFERENCES piece (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    mutator TEXT NOT NULL,
    replacement TEXT NOT NULL,
    original TEXT NOT NULL,
    static INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    tests_run INTEGER,
    covered_by TEXT NOT NULL,
    killed_by TEXT NOT NULL,
    PRIMARY KEY (piece, start, end, mutator, replacement)
  ) STRICT, WITHOUT ROWID;
  `,
  'ALTER TABLE piece ADD COLUMN scanned INTEGER NOT NULL DEFAULT 0',
  // What tests were seen to do when they ran; `hash` is of a test's own text, `sources` has those of the files that it ran code of.
  `
  CREATE TABLE testimony (
    file TEXT NOT NULL,
    title TEXT NOT NULL,
    hash TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    line INTEGER NOT NULL,
    strength INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    breakages INTEGER NOT NULL,
    why TEXT,
    reached TEXT NOT NULL,
    never_made TEXT NOT NULL,
    sources TEXT NOT NULL,
    PRIMARY KEY (file, title, hash, ordinal)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE audit (
    at INTEGER PRIMARY KEY,
    tests INTEGER NOT NULL,
    strength REAL,
    bands TEXT NOT NULL,
    findings INTEGER NOT NULL,
    false_positives INTEGER
  ) STRICT;
  `,
  // What rungs of the ladder came to; the evidence lies in `.assay/evidence/ID`.
  `
  CREATE TABLE proof (
    id TEXT PRIMARY KEY,
    rung TEXT NOT NULL,
    at INTEGER NOT NULL,
    duration_ms REAL NOT NULL,
    verdict TEXT NOT NULL,
    summary TEXT NOT NULL,
    numbers TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX proof_by_rung ON proof (rung, at);
  CREATE TABLE choice (
    question TEXT PRIMARY KEY,
    answer TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  "ALTER TABLE testimony ADD COLUMN thrown TEXT NOT NULL DEFAULT '[]'",
  // Two projects of different ecosystems may share a directory, and with it a store.
  `
  ALTER TABLE proof ADD COLUMN ecosystem TEXT NOT NULL DEFAULT '';
  DROP INDEX proof_by_rung;
  CREATE INDEX proof_by_rung ON proof (ecosystem, rung, at);
  `,
];
