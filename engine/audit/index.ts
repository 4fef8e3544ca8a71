export { Auditor, LARGEST_FILE } from './auditor.ts';
export { FACTS, type Fact } from './facts.ts';
export type { Check, FileAudit, Finding, Fix, Span, TestAudit } from './model.ts';
export { RULES, type RuleId } from './rules.ts';
export { BANDS, type Band, bandOf, pointsOf } from './strength.ts';
