import { type Row, type Store, StoreFullError } from '../store/index.ts';
import type { Band } from './strength.ts';
import type { AuditSummary } from './summary.ts';

/** What an audit found, in numbers. */
export interface AuditPoint {
  /** Milliseconds since the epoch. */
  at: number;
  tests: number;
  /** The mean strength of the tests that are run; null where there is none. */
  strength: number | null;
  bands: Record<Band, number>;
  findings: number;
  /** Null where the tests were not run for it. */
  falsePositives: number | null;
}

/** From so long on the same numbers are news: they say that nothing has changed. */
const NEWS_MS = 3_600_000;
/** How many of the last points are told. */
const TOLD = 200;

/** How the numbers of a package's audits changed, kept in its store. */
export class AuditTrend {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The last points, oldest first. */
  points(): AuditPoint[] {
    return this.#store.all('SELECT * FROM audit ORDER BY at DESC LIMIT ?', TOLD).map(toPoint).reverse();
  }

  /** Takes a point, unless the last one has the same numbers and is not an hour old; answers all, oldest first. Where it cannot be stored, the store's notices say so. */
  record(point: AuditPoint): AuditPoint[] {
    const known = this.points();
    const last = known.at(-1);
    if (last && point.at - last.at < NEWS_MS && hasSameNumbers(last, point)) return known;
    try {
      this.#store.run(
        'INSERT OR REPLACE INTO audit VALUES (?, ?, ?, ?, ?, ?)',
        point.at,
        point.tests,
        point.strength,
        JSON.stringify(point.bands),
        point.findings,
        point.falsePositives,
      );
    } catch (error) {
      const full = error instanceof StoreFullError;
      this.#store.notices.push({
        code: full ? 'disk-full' : 'store-unwritable',
        message: full
          ? 'The disk is full: the numbers of this audit could not be stored.'
          : `The numbers of this audit could not be stored: ${(error as Error).message}.`,
        action: 'They will be missing from the trend. Free some space and audit again to keep them.',
      });
      return [...known, point];
    }
    return this.points();
  }
}

/** The numbers of an audit as a point of the trend. */
export function pointOf(summary: AuditSummary, at: number, falsePositives: number | null): AuditPoint {
  const findings = Object.values(summary.findings).reduce((sum, count) => sum + count, 0);
  return { at, tests: summary.tests, strength: summary.strength, bands: summary.bands, findings, falsePositives };
}

function hasSameNumbers(a: AuditPoint, b: AuditPoint): boolean {
  const isSameBand = (band: string) => a.bands[band as Band] === b.bands[band as Band];
  return (
    a.tests === b.tests &&
    a.strength === b.strength &&
    a.findings === b.findings &&
    a.falsePositives === b.falsePositives &&
    Object.keys(b.bands).every(isSameBand)
  );
}

function toPoint(row: Row): AuditPoint {
  return {
    at: Number(row['at']),
    tests: Number(row['tests']),
    strength: row['strength'] === null ? null : Number(row['strength']),
    bands: JSON.parse(String(row['bands'])) as Record<Band, number>,
    findings: Number(row['findings']),
    falsePositives: row['false_positives'] === null ? null : Number(row['false_positives']),
  };
}
