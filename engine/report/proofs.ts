import path from 'node:path';
import type { CoverageSummary, Problem, Proof, RanTest, Rung, RungOutcome, Verdict, VerifyOutcome } from '../verification/index.ts';
import { describeCoverage, shellLine } from '../verification/index.ts';
import { relativePosix } from '../workspace/index.ts';
import { toBadge } from './badge.ts';

/** The formats that proofs can be written in. */
export type ProofsFormat = 'json' | 'markdown' | 'badge';

/** What a rung proves, as people call it. */
export const RUNG_NAMES: Readonly<Record<Rung, string>> = {
  compile: 'Compiles',
  test: 'Tests pass',
  mutation: 'Tests notice changes',
  load: 'Holds load',
};

const MARKS: Readonly<Record<Verdict, string>> = { holds: '✅', fails: '❌', inconclusive: '❔' };
/** How many failing tests and errors a summary names. */
const NAMED = 10;

/** Proofs as a text in one of the formats; paths are told from `from` (absolute). */
export function renderProofs(format: ProofsFormat, outcomes: readonly VerifyOutcome[], from: string): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ projects: outcomes.map((outcome) => outcomeJson(outcome, from)) }, null, 2)}\n`;
    case 'markdown':
      return outcomes.map((outcome) => toMarkdown(outcome, from)).join('\n');
    case 'badge':
      return toBadge(outcomes.flatMap(({ rungs }) => rungs.flatMap((rung) => ('proof' in rung ? [rung.proof] : []))));
  }
}

/** Lines and columns are 1-based here, as tools tell them; docs/proofs.schema.json describes all of it. */
function outcomeJson({ project, rungs }: VerifyOutcome, from: string): object {
  return {
    name: project.name,
    directory: relativePosix(from, project.directory) || '.',
    ecosystem: project.ecosystem,
    rungs: rungs.map((rung) => rungJson(rung, from)),
  };
}

function rungJson(outcome: RungOutcome, from: string): object {
  if ('failure' in outcome) return { rung: outcome.rung, verdict: null, reason: `${outcome.failure.message} ${outcome.failure.action}` };
  const { proof } = outcome;
  const { id, rung, verdict, summary, notes, at, durationMs, runs, tools, git, changedFiles, problems, tests, coverage, mutation, load } = proof;
  return {
    ...{ rung, verdict, summary, notes, id, at: new Date(at).toISOString(), durationMs: Math.round(durationMs) },
    commands: runs.map(({ command, code, stopped, durationMs: took, installs }) => ({
      command: shellLine(command),
      directory: relativePosix(from, command.cwd) || '.',
      exitStatus: code,
      ...(stopped && { stopped }),
      durationMs: Math.round(took),
      ...(installs && { installs }),
    })),
    tools,
    ...(git && { git }),
    changedFiles,
    problems: problems.map((problem) => ({ ...problem, ...placeJson(problem.file, problem.range?.start, from), range: undefined })),
    ...(tests && {
      tests: {
        ...{
          counts: tests.counts,
          source: tests.source,
          broken: tests.broken.map((one) => ({ ...one, ...placeJson(one.file, one.position, from), position: undefined })),
        },
        flaky: tests.flaky.map((test) => test.title.join(' > ')),
        tests: tests.tests.map((test) => testJson(test, from)),
      },
    }),
    ...(coverage && { coverage: coverageJson(coverage, from) }),
    ...(mutation && { mutation }),
    ...(load && { load }),
  };
}

function coverageJson({ counts, tools, files }: CoverageSummary, from: string): object {
  return { tools, ...counts, files: files.map((one) => ({ file: relativePosix(from, one.file), ...one.counts })) };
}

function testJson({ framework, file, title, position, state, durationMs, failure }: RanTest, from: string): object {
  return {
    ...{ framework, title, ...placeJson(file, position, from), state },
    ...(durationMs !== undefined && { durationMs }),
    ...(failure && { failure: { ...failure, ...placeJson(failure.file, failure.position, from), position: undefined } }),
  };
}

function placeJson(file: string | undefined, position: { line: number; column: number } | undefined, from: string): object {
  return { ...(file && { file: relativePosix(from, file) }), ...(position && { line: position.line + 1, column: position.column + 1 }) };
}

function toMarkdown({ project, rungs }: VerifyOutcome, from: string): string {
  const rows = rungs.map((outcome) => {
    if ('failure' in outcome) return `| ➖ | ${RUNG_NAMES[outcome.rung]} | ${cell(outcome.failure.message)} | | |`;
    const { rung, verdict, summary, durationMs, runs } = outcome.proof;
    const commands = [...new Set(runs.map(({ command }) => `\`${cell(shellLine(command, project.directory))}\``))].join('<br>');
    return `| ${MARKS[verdict]} | ${RUNG_NAMES[rung]} | ${cell(summary)} | ${commands} | ${(durationMs / 1000).toFixed(1)} s |`;
  });
  const proofs = rungs.flatMap((outcome) => ('proof' in outcome ? [outcome.proof] : []));
  const git = proofs[0]?.git;
  return [
    `## Proofs: ${project.name}`,
    '',
    '| | rung | what was proved | command | time |',
    '| --- | --- | --- | --- | ---: |',
    ...rows,
    ...(git ? ['', `At commit \`${git.commit.slice(0, 10)}\`${git.dirty ? ', with changes that are not committed' : ''}.`] : []),
    ...proofs.flatMap((proof) => details(proof, from)),
    '',
  ].join('\n');
}

function details({ problems, tests, coverage, notes }: Proof, from: string): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error').map((problem) => `- ${problemLine(problem, from)}`);
  const failures = (tests?.tests ?? []).filter(({ state }) => state === 'failed').map((test) => `- ${testLine(test, from)}`);
  const broken = (tests?.broken ?? []).map(({ file, message }) => `- ${file ? `\`${relativePosix(from, file)}\`: ` : ''}${firstLine(message)}`);
  const lines = [...errors, ...broken, ...failures];
  const more = lines.length > NAMED ? [`- and ${lines.length - NAMED} more`] : [];
  return [
    ...(lines.length > 0 ? ['', ...lines.slice(0, NAMED), ...more] : []),
    ...(coverage
      ? ['', `The tests run ${describeCoverage(coverage.counts)} of ${coverage.files.length} ${coverage.files.length === 1 ? 'file' : 'files'}.`]
      : []),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `> ${note}`)] : []),
  ];
}

function problemLine({ file, range, message, code }: Problem, from: string): string {
  return `${file ? `\`${relativePosix(from, file)}${range ? `:${range.start.line + 1}` : ''}\`: ` : ''}${firstLine(message)}${code ? ` (${code})` : ''}`;
}

function testLine({ file, position, title, failure }: RanTest, from: string): string {
  const place = file ? ` (\`${path.posix.normalize(relativePosix(from, file))}${position ? `:${position.line + 1}` : ''}\`)` : '';
  return `**${title.join(' › ')}**${place}${failure ? `: ${firstLine(failure.message)}` : ''}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
