import type { Range } from 'vscode-languageserver';
import type { FileAudit, Span } from '../engine/audit/index.ts';
import type { WitnessedFile } from '../engine/witness/index.ts';

/** A test file that is open, as it is now. */
export interface Looked {
  uri: string;
  /** Its absolute path, and the open folder that holds it. */
  file: string;
  folder: string;
  text: string;
  audit: FileAudit;
  /** What the tests were seen to do when they ran, if they did. */
  witnessed: WitnessedFile | undefined;
  range(span: Span): Range;
  /** By offsets. */
  span(range: Range): Span;
}
