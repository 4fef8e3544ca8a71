/** What a reader found; what it says may still grow while further lines come. */
export interface Found {
  tool: string;
  severity: 'error' | 'warning';
  message: string;
  code?: string;
  detail?: string;
  /** As the tool told it: absolute, or relative to a directory that the log does not always tell. */
  path?: string;
  /** Zero-based. */
  line?: number;
  /** Zero-based. */
  column?: number;
  /** The end, exclusive and zero-based, where the tool tells one. */
  end?: { line: number; column: number };
}

/** Takes what was found. */
export type Tell = (found: Found) => void;

/** Hears the lines of one stream, in order, and tells what one tool says in them. It must know its tool's lines among all others. */
export interface Reader {
  /** Hears a line without colours; `true` where the reader is sure that the line is its tool's and no other reader should hear it. */
  hear(line: string): boolean;
}

/** Makes a reader for a stream. */
export type ReaderOf = (tell: Tell) => Reader;

/** A place from one-based figures as tools write them; what is missing or zero is left out. */
export function placed(path: string, line?: string | number, column?: string | number): Pick<Found, 'path' | 'line' | 'column'> {
  const [row, at] = [Number(line ?? 0) - 1, Number(column ?? 0) - 1];
  return { path, ...(row >= 0 && { line: row }), ...(row >= 0 && at >= 0 && { column: at }) };
}

/** `error` or `warning`, from any word that begins so. */
export function severityOf(word: string): Found['severity'] {
  return /^warn/i.test(word) ? 'warning' : 'error';
}
