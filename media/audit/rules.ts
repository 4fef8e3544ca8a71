import type { RuleId } from '../../engine/audit/index.ts';

/** How a rule is told; the texts are the engine's own, which a webview cannot load. */
export interface RuleLook {
  title: string;
  severity: 'error' | 'warning' | 'information';
}

/** All rules. */
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

/** The codicon of each severity. */
export const SEVERITY_ICONS = { error: 'error', warning: 'warning', information: 'info' } as const;
