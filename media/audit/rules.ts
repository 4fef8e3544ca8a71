import type { PlacedFinding, RuleId } from '../../engine/audit/index.ts';
import type { AuditedPackage } from '../../server/protocol.ts';

/** How severe a finding is. */
type Severity = PlacedFinding['severity'];

/** How a rule is told; the texts are the engine's own, which a webview cannot load. */
export interface RuleLook {
  title: string;
  severity: Severity;
}

/** Assay's own rules; those of projects are told by what they say. */
export const RULE_LOOKS: Readonly<Record<RuleId, RuleLook>> = {
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
};

/** How a rule is told in a package: as severe as the project takes it. */
export function ruleLook(rule: string, chosen: AuditedPackage): RuleLook {
  let looks = known.get(chosen);
  if (!looks) {
    looks = new Map();
    for (const { rule: one, severity, message } of chosen.files.flatMap(({ findings }) => findings))
      if (severity !== 'hint' && !looks.has(one)) looks.set(one, { title: ownLook(one)?.title ?? message, severity });
    known.set(chosen, looks);
  }
  return looks.get(rule) ?? ownLook(rule) ?? { title: rule, severity: 'warning' };
}

/** Packages are never changed, only replaced. */
const known = new WeakMap<AuditedPackage, Map<string, RuleLook>>();

function ownLook(rule: string): RuleLook | undefined {
  return Object.hasOwn(RULE_LOOKS, rule) ? RULE_LOOKS[rule as RuleId] : undefined;
}

/** The codicon of each severity. */
export const SEVERITY_ICONS = { error: 'error', warning: 'warning', information: 'info', hint: 'lightbulb' } as const satisfies Record<
  Severity,
  string
>;
