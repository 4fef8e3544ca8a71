import type { CoveredFile } from './coverage/index.ts';
import { type Proof, RUNGS, type Verdict } from './model.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
/** JSON has no infinity: what was measured as such is null when it is read. */
const number: Check = (value) => typeof value === 'number' || value === null;
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const list =
  (of: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(of);
const record =
  (of: Check): Check =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(of);
const shape =
  (needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const of = value as Record<string, unknown>;
    const fits = ([name, check]: [string, Check]) => check(of[name]);
    return Object.entries(needed).every(fits) && Object.entries(optional).every(([name, check]) => of[name] === undefined || check(of[name]));
  };

const position = shape({ line: number, column: number });
const range = shape({ start: position, end: position });
const placed = { file: text, position };
const counts = record((value) => value === null || shape({ covered: number, total: number })(value));
const tests = list(
  shape(
    { framework: text, title: list(text), state: oneOf('passed', 'failed', 'skipped', 'todo') },
    { ...placed, durationMs: number, id: text, failure: shape({ message: text }, { expected: text, actual: text, ...placed }) },
  ),
);

const proof = shape(
  {
    id: text,
    rung: oneOf(...RUNGS),
    directory: text,
    ecosystem: text,
    verdict: oneOf(...(['holds', 'fails', 'inconclusive'] satisfies Verdict[])),
    summary: text,
    notes: list(text),
    at: number,
    durationMs: number,
    runs: list(shape({ command: shape({ argv: list(text), env: record(text), cwd: text }), durationMs: number, code: number })),
    tools: list(shape({ name: text }, { version: text })),
    environment: record(text),
    changedFiles: list(text),
    problems: list(shape({ tool: text, severity: oneOf('error', 'warning'), message: text }, { code: text, detail: text, file: text, range })),
    lines: record(record(shape({ text }, { before: text, after: text }))),
  },
  {
    git: shape({ commit: text }),
    tests: shape({
      tests,
      flaky: tests,
      broken: list(shape({ framework: text, message: text }, placed)),
      running: list(shape({ framework: text, title: list(text) }, { file: text })),
      counts: record(number),
    }),
    coverage: shape({ counts, files: list(shape({ file: text, counts })), tools: list(text) }),
    mutation: record(number),
    load: shape({ url: text, generator: text, users: number, throughput: number, p95: number, levels: list(shape({})) }),
  },
);

const covered = list(
  shape({
    file: text,
    counts,
    statements: list(shape({ range, count: number })),
    branches: list(shape({ range, kind: text, arms: list(shape({ count: number }, { range })) })),
    functions: list(shape({ name: text, range, count: number })),
  }),
);

/** Whether a value read from a file is a proof, as far as anything is read of one: the file may be damaged, or of another version. */
export function isProof(value: unknown): value is Proof {
  return proof(value);
}

/** Whether a value read from a file says what tests covered. */
export function isCoverage(value: unknown): value is CoveredFile[] {
  return covered(value);
}
