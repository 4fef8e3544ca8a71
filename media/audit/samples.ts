import type { AuditedPackage, AuditedTest, AuditedTestFile, AuditPoint, CriticalGap, FalsePositive } from '../../server/protocol.ts';

const NOWHERE = { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } };

/** A test of a strength; its title is a list of suites and its own, with `>` between. */
export function testOf(title: string, strength: number, more: Partial<AuditedTest> = {}): AuditedTest {
  const band = strength <= 20 ? 'execution only' : strength <= 50 ? 'weak' : strength <= 80 ? 'behaviour' : 'comprehensive';
  return { title: title.split(' > '), range: NOWHERE, state: 'run', strength, band, assertions: 1, rules: [], ...more };
}

/** A file with tests, each on a line of its own, and a finding for each rule that they break. */
export function fileOf(path: string, tests: AuditedTest[]): AuditedTestFile {
  const placed = tests.map((test, line) => ({ ...test, range: { start: { line, column: 0 }, end: { line, column: 9 } } }));
  const findings = placed.flatMap(({ rules, range }) =>
    rules.map((rule) => ({ rule, severity: 'warning' as const, message: `broken: ${rule}`, range })),
  );
  return { uri: `file:///${path}`, path, tests: placed, findings };
}

/** A file with what is only hinted at besides, on the line of a test each. */
export function withHints(file: AuditedTestFile, rules: readonly string[]): AuditedTestFile {
  const hints = rules.map((rule, line) => ({
    rule,
    severity: 'hint' as const,
    message: `perhaps: ${rule}`,
    range: file.tests[line]?.range ?? NOWHERE,
  }));
  return { ...file, findings: [...file.findings, ...hints] };
}

/** A package with files, and the numbers that follow. */
export function packageOf(name: string, files: AuditedTestFile[], more: Partial<AuditedPackage> = {}): AuditedPackage {
  const tests = files.flatMap((file) => file.tests);
  const run = tests.filter(({ state }) => state !== 'skipped');
  const inBand = (band: AuditedTest['band']) => run.filter((test) => test.band === band).length;
  const findings: AuditedPackage['summary']['findings'] = {};
  const found = files.flatMap((file) => file.findings);
  const told = found.filter(({ severity }) => severity !== 'hint');
  for (const { rule } of told) findings[rule] = (findings[rule] ?? 0) + 1;
  return {
    name,
    uri: `file:///${name}`,
    summary: {
      files: files.length,
      tests: tests.length,
      skipped: tests.length - run.length,
      strength: run.length === 0 ? null : run.reduce((sum, { strength }) => sum + strength, 0) / run.length,
      bands: {
        'execution only': inBand('execution only'),
        weak: inBand('weak'),
        behaviour: inBand('behaviour'),
        comprehensive: inBand('comprehensive'),
      },
      findings,
      hints: found.length - told.length,
    },
    files,
    trend: [],
    falsePositives: null,
    gaps: null,
    ...more,
  };
}

/** An audit, on a day of June 2026. */
export function pointOf(day: number, more: Partial<AuditPoint> = {}): AuditPoint {
  const bands = { 'execution only': 2, weak: 8, behaviour: 20, comprehensive: 10 };
  return { at: Date.UTC(2026, 5, day, 12), tests: 40, strength: 60, bands, findings: 5, falsePositives: null, ...more };
}

/** A test that nothing makes fail. */
export function falsePositiveOf(title: string, more: Partial<FalsePositive> = {}): FalsePositive {
  return {
    uri: 'file:///test/checkout.test.js',
    path: 'test/checkout.test.js',
    range: NOWHERE,
    title: title.split(' > '),
    priority: 'medium',
    sentence: 'It passes whatever `charge` returns: 12 breakages of the code that it runs, and it noticed none.',
    breakages: 12,
    functions: ['charge'],
    ...more,
  };
}

/** A critical path of which everything is known. */
export function gapOf(name: string, more: Partial<CriticalGap> = {}): CriticalGap {
  return {
    name,
    origin: 'declared',
    risk: 'medium',
    sentence: 'Tests reach most of it, and would miss what it returns.',
    functions: { reached: 7, all: 9 },
    strength: 41.5,
    killRate: 62.4,
    pseudoTested: [],
    uri: 'file:///src/charge.js',
    range: NOWHERE,
    ...more,
  };
}
