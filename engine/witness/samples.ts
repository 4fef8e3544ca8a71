import { Auditor, type FileAudit } from '../audit/index.ts';
import type { KnownTestimony } from './testimonies.ts';
import type { WitnessedFile } from './witnessed.ts';

/** The audit of a text of TypeScript, for tests. */
export async function auditOf(text: string): Promise<FileAudit> {
  const audit = (await Auditor.create()).audit('/shop/a.test.ts', text);
  if (!audit) throw new Error('it cannot be read');
  return audit;
}

/** What was seen of a test, for tests: functions as `file#name`. */
export function seen(verdict: KnownTestimony['verdict'], functions: string[], rest: Partial<KnownTestimony> = {}): KnownTestimony {
  const reached = functions.map((one) => ({ file: one.split('#')[0] as string, name: one.split('#')[1] as string, line: 0 }));
  return { verdict, breakages: verdict === 'unnoticed' ? 7 : 0, reached, neverMade: [], thrown: [], seenAt: 0, ...rest };
}

/** A file with tests of which something was seen, for tests. */
export async function witnessedFile(text: string, known: readonly KnownTestimony[], file = '/shop/a.test.ts'): Promise<WitnessedFile> {
  return { file, text, audit: await auditOf(text), seen: new Map(known.entries()), findings: [] };
}
