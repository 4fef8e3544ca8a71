import type { Crew } from './crew.ts';
import type { Docket } from './docket.ts';
import type { TestFile } from './driver.ts';
import type { FileRun } from './tracks.ts';

/** What the stages of a run work on together. Files and what their dry runs showed are known by the same names. */
export interface StageParts {
  crew: Crew;
  docket: Docket;
  files: ReadonlyMap<string, TestFile>;
  runs: ReadonlyMap<string, FileRun>;
}
