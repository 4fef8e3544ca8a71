export { Auditor } from './auditor.ts';
export type { AuditedFile } from './batch/audited-file.ts';
export { auditFiles } from './batch/index.ts';
export { explain } from './explain.ts';
export type { Check, FileAudit, Finding, Fix, Span, TestAudit } from './model.ts';
export type { PlacedAudit, PlacedFinding, PlacedTest } from './placed.ts';
export { RULES, type RuleId } from './rules.ts';
export { BANDS, type Band, bandOf } from './strength.ts';
export { type AuditSummary, summarize } from './summary.ts';
