import type { Finding } from './model.ts';

/** What can be wrong with a test; each has a page in docs/audit. The last three only show when the tests are run (`engine/witness/`). */
export const RULES = {
  'no-assertion': { severity: 'warning', title: 'A test that checks nothing' },
  'unawaited-assertion': { severity: 'error', title: 'An assertion that nothing waits for' },
  'uncalled-matcher': { severity: 'error', title: 'An assertion that is never made' },
  tautology: { severity: 'warning', title: 'An assertion that cannot fail' },
  'mock-asserted': { severity: 'warning', title: 'An assertion about what the test told its own mock' },
  'conditional-assertion': { severity: 'information', title: 'An assertion that may never run' },
  'swallowed-exception': { severity: 'warning', title: 'A failure that is caught and dropped' },
  'standalone-assertion': { severity: 'warning', title: 'An assertion outside of a test' },
  'focused-test': { severity: 'warning', title: 'A test that keeps others from running' },
  'skipped-test': { severity: 'information', title: 'A test that is not run' },
  'identical-test': { severity: 'information', title: 'A test that is there twice' },
  'empty-snapshot': { severity: 'warning', title: 'A snapshot of nothing' },
  'broad-throws': { severity: 'information', title: 'Any error would do' },
  'never-made-assertion': { severity: 'warning', title: 'An assertion that was not made when the tests ran' },
  'false-positive': { severity: 'warning', title: 'A test that passes whatever the code does' },
  'reaches-nothing': { severity: 'information', title: 'A test that runs no code of its package' },
} as const satisfies Record<string, { severity: 'error' | 'warning' | 'information'; title: string }>;

/** The id of a rule of Assay's own. A project's have ids of their own. */
export type RuleId = keyof typeof RULES;

/** How severe what is told is. */
type ToldSeverity = (typeof RULES)[RuleId]['severity'];

/** How severe a finding is; a `hint` is one that is only hinted at, for it may well be meant. */
export type Severity = ToldSeverity | 'hint';

/** How severe a project takes what rules find, by their ids; `off` is not shown at all. */
export type Severities = Readonly<Record<string, ToldSeverity | 'off'>>;

/** How severe a finding is: as it says itself, or as its rule does. */
export function severityOf({ rule, severity }: Pick<Finding, 'rule' | 'severity'>): Severity {
  return severity ?? (isOwnRule(rule) ? RULES[rule].severity : 'warning');
}

/** Whether a finding is told, and not only hinted at: only those that are count. */
export function isTold({ severity }: Pick<Finding, 'severity'>): boolean {
  return severity !== 'hint';
}

/** Whether a rule is one of Assay's own, and has a page and a title. */
export function isOwnRule(rule: string): rule is RuleId {
  return Object.hasOwn(RULES, rule);
}

/** Findings as severe as a project takes them, without those that it does not want to see. What is hinted at stays so: a project says how bad a rule's findings are, not how sure they are. */
export function settled(findings: readonly Finding[], severities: Severities = {}): Finding[] {
  return findings.flatMap((one) => {
    const severity = Object.hasOwn(severities, one.rule) ? severities[one.rule] : undefined;
    if (severity === 'off') return [];
    return [severity && isTold(one) ? { ...one, severity } : one];
  });
}
