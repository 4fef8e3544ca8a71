import { readTextNow } from '../../workspace/index.ts';
import type { Auditor } from '../auditor.ts';
import { type PlacedAudit, placed } from '../placed.ts';

/** A file that was looked at; `audit` is undefined where it could not be: not readable, too large, or of another language. */
export interface AuditedFile {
  /** Absolute path. */
  file: string;
  audit?: PlacedAudit;
  /** What went wrong in Assay itself. */
  defect?: string;
}

/** Texts of files (absolute paths) that are others than those on the disk. */
export type Unsaved = ReadonlyMap<string, string>;

/** Looks at a file as it is in an editor, else on the disk. */
export async function auditWholeFile(auditor: Auditor, file: string, unsaved: Unsaved): Promise<AuditedFile> {
  try {
    await auditor.prepare(file);
    const text = unsaved.get(file) ?? readTextNow(file);
    const audit = text === undefined ? undefined : auditor.audit(file, text);
    return { file, ...(audit && text !== undefined && { audit: placed(audit, text) }) };
  } catch (error) {
    // A defect on one file must not take the others with it.
    return { file, defect: String(error) };
  }
}
