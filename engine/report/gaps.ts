import path from 'node:path';
import type { Gap, GapMatrix } from '../gaps/index.ts';
import { PROJECT_CONFIG, relativePosix } from '../workspace/index.ts';
import { sarifPlace } from './sarif-log.ts';

/** The rules that results of gaps refer to. */
export const GAP_RULES = [
  { id: 'critical-gap', shortDescription: { text: 'A critical path that tests leave open' } },
  { id: 'critical-path-not-found', shortDescription: { text: 'A critical path that is declared and not there' } },
];

/** The matrix of a package as it is written into JSON; docs/audit.schema.json describes it. `from` (absolute) is what paths are told from. */
export function gapsJson({ directory, gaps, unmatched, history }: GapMatrix, from: string): object {
  return {
    package: relativePosix(from, directory) || '.',
    history: history ?? null,
    paths: gaps.map(({ name, origin, why, risk, sentence, criticality, functions, unreached, pseudoTested, tests, killRate, signals, at }) => ({
      name,
      origin,
      ...(why !== undefined && { why }),
      risk,
      sentence,
      criticality,
      functions,
      unreached,
      pseudoTested,
      tests,
      killRate,
      ...(signals && { signals }),
      ...(at && { at: { path: relativePosix(from, path.join(directory, at.file)), range: at.range } }),
    })),
    unmatched,
  };
}

/** The paths at high and critical risk, and what is declared and not there, as results of SARIF. */
export function gapsSarif({ directory, gaps, unmatched }: GapMatrix, from: string): object[] {
  const place = (file: string, range: NonNullable<Gap['at']>['range']) => [
    { physicalLocation: sarifPlace(relativePosix(from, path.join(directory, file)), range) },
  ];
  const config = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };
  return [
    ...gaps.flatMap(({ risk, name, sentence, at }) =>
      (risk === 'critical' || risk === 'high') && at
        ? [
            {
              ruleId: 'critical-gap',
              level: risk === 'critical' ? 'error' : 'warning',
              message: { text: `${name}: ${sentence}` },
              locations: place(at.file, at.range),
            },
          ]
        : [],
    ),
    ...unmatched.map((one) => ({
      ruleId: 'critical-path-not-found',
      level: 'warning',
      message: { text: `${one.path}: ${one.message}.` },
      locations: place(PROJECT_CONFIG, config),
    })),
  ];
}

/** The matrix of a package as a table. */
export function gapsMarkdown({ directory, gaps, unmatched }: GapMatrix, from: string): string[] {
  const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
  return [
    `## Critical paths of ${relativePosix(from, directory) || path.basename(directory)}`,
    '',
    ...unmatched.map((one) => `- **Not found**: ${one.path}: ${cell(one.message)}.`),
    ...(unmatched.length > 0 ? [''] : []),
    '| Risk | Path | Reached | Tests | Strength | Kill rate | Why |',
    '| --- | --- | ---: | ---: | ---: | ---: | --- |',
    ...gaps.map((gap) => `| ${[gap.risk, gap.name, ...gapNumbers(gap), gap.sentence].map(cell).join(' | ')} |`),
    '',
  ];
}

/** The numbers of a path as they stand in a table: functions that are reached, tests, their strength and the kill rate. */
export function gapNumbers({
  functions: { total, judged, reached },
  tests,
  killRate,
}: Gap): [reached: string, tests: string, strength: string, killRate: string] {
  return [
    judged === 0 ? `? of ${total}` : judged === total ? `${reached} of ${total}` : `${reached} of ${judged}, ${total - judged} ?`,
    judged === 0 ? '?' : String(tests.count),
    tests.mean === null ? '?' : `${Math.round(tests.mean)}, least ${tests.min}`,
    killRate === null ? '?' : `${Math.floor(killRate)} %`,
  ];
}
