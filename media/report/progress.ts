import type { ProgressParams } from '../../server/protocol.ts';

/**
 * What a screen reader is told of a run. It changes with the phase and with each quarter of the mutants,
 * not ten times a second as the run does.
 */
export function announcementOf(progress: ProgressParams): string {
  if (progress.phase === 'ended') return `${progress.packageName}: ${progress.text}`;
  const quarter = Math.floor(4 * fractionOf(progress));
  return quarter === 0
    ? `${progress.packageName}: ${PHASES[progress.phase]}`
    : `${progress.packageName}: ${quarter * 25} percent of the mutants judged`;
}

/** How far a run is, 0 to 1. */
export function fractionOf(progress: ProgressParams): number {
  return progress.planned === 0 ? 0 : Math.min(1, progress.judged / progress.planned);
}

const PHASES = {
  preparing: 'preparing',
  instrumenting: 'writing the mutants into a copy of the code',
  'dry-run': 'running the tests once',
  mutants: 'judging mutants',
} as const;
