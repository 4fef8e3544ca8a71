import type { Ladder, LadderStep, ProofSummary, Rung, TestTally, VerifyProgressParams } from '../server/protocol.ts';

/** What the status bar says of a rung. */
export interface StatusPart {
  rung: Rung;
  /** With VS Code's icons in it. */
  text: string;
  /** The same for an ear, and for the tooltip. */
  sentence: string;
}

/** The project that a file belongs to; where none is active, or none has it, the only one, else the one that was proved last. */
export function ladderOf(ladders: readonly Ladder[], uri: string | undefined): Ladder | undefined {
  const around = ladders
    .filter((ladder) => uri !== undefined && (uri === ladder.uri || uri.startsWith(`${ladder.uri.replace(/\/$/, '')}/`)))
    .sort((a, b) => b.uri.length - a.uri.length || provedAt(b) - provedAt(a));
  return around[0] ?? [...ladders].sort((a, b) => provedAt(b) - provedAt(a))[0];
}

/** What is known of the rungs of a project, and what runs of them. */
export function statusParts({ id, steps }: Ladder, progress: VerifyProgressParams | null): StatusPart[] {
  return steps.flatMap((step) => {
    if (progress?.project === id && progress.rung === step.rung) return [running(step, progress)];
    return step.newest ? [{ rung: step.rung, text: textOf(step.newest), sentence: step.newest.summary }] : [];
  });
}

const MARKS = { holds: '$(check)', fails: '$(x)', inconclusive: '$(question)' } as const;
const RUNNING: Readonly<Record<Rung, string>> = { compile: 'Compiling', test: 'Testing', mutation: 'Mutating', load: 'Load' };

function textOf({ rung, verdict, counts, mutation, load }: ProofSummary): string {
  const mark = MARKS[verdict];
  switch (rung) {
    case 'compile':
      return `${{ holds: 'Compiled', fails: 'Not compiled', inconclusive: 'Compiled' }[verdict]} ${mark}`;
    case 'test':
      return counts && ranOf(counts) > 0 ? `${number(counts.passed)}/${number(ranOf(counts))} tests ${mark}` : `Tests ${mark}`;
    case 'mutation':
      return mutation ? `mutation ${percent(mutation.score)}` : `mutation ${mark}`;
    case 'load':
      return load && load.users > 0 ? `${number(load.users)} users ${mark}` : `load ${mark}`;
  }
}

function running({ rung }: LadderStep, { counts, text, command }: VerifyProgressParams): StatusPart {
  const far = counts && ranOf(counts) > 0 ? ` ${number(counts.passed)}/${number(ranOf(counts))}` : '';
  return {
    rung,
    text: `$(loading~spin) ${RUNNING[rung]}${far}`,
    sentence: `${RUNNING[rung]}${command ? `: ${command}` : ''}${text ? `, ${text}` : ''}`,
  };
}

function ranOf({ passed, failed, flaky }: TestTally): number {
  return passed + failed + flaky;
}

function provedAt({ steps }: Ladder): number {
  return Math.max(0, ...steps.map(({ newest }) => newest?.at ?? 0));
}

/** Rounded down, so that 100 % says all. */
function percent(score: number): string {
  return `${Math.floor(score)} %`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
