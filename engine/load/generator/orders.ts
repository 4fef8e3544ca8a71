import type { LoadedRequest } from '../model.ts';

/** What the generator's process is told to do, a line of JSON each; it answers each with a line: `Generated` without `connections`. */
export interface LoadOrder extends LoadedRequest {
  url: string;
  /** How many requests are under way at any time. */
  connections: number;
  /** How long is measured, seconds, when the first answers are in. */
  seconds: number;
  /** From when on a request has failed, seconds. */
  timeout: number;
  /** How long an answer may take to be called healthy, milliseconds. */
  limit: number;
}
