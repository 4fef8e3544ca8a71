import type { ProofPoint, Rung } from '../../server/protocol.ts';
import { count, counted, exactly, percent } from '../report/format.ts';

/** One run in the chart. */
export interface Bar {
  verdict: ProofPoint['verdict'];
  /** From 0 to 1. */
  height: number;
  title: string;
}

/** Even what failed altogether is to be seen. */
const LEAST = 0.12;

/** The runs of a rung as bars: as high as what was reached, of all that could be. */
export function barsOf(rung: Rung, points: readonly ProofPoint[]): Bar[] {
  const most = Math.max(1, ...points.map((point) => reached(rung, point, 1)));
  return points.map((point) => ({
    verdict: point.verdict,
    height: Math.max(LEAST, Math.min(1, reached(rung, point, most) / (rung === 'load' ? most : 1))),
    title: `${exactly(point.at)}: ${point.summary}`,
  }));
}

/** The chart in a sentence. */
export function sentenceOf(rung: Rung, points: readonly ProofPoint[]): string {
  const of = (verdict: ProofPoint['verdict']) => points.filter((one) => one.verdict === verdict).length;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const parts = [
    `${of('holds')} held`,
    ...(of('fails') > 0 ? [`${of('fails')} did not`] : []),
    ...(of('inconclusive') > 0 ? [`${of('inconclusive')} not conclusive`] : []),
  ];
  return `${points.length} runs since ${exactly(first.at)}: ${parts.join(', ')}; from ${resultOf(rung, first)} to ${resultOf(rung, last)}`;
}

/** What a run came to, in a few words. */
export function resultOf(rung: Rung, { numbers, verdict }: ProofPoint): string {
  const of = (name: string) => numbers[name] ?? 0;
  switch (rung) {
    case 'compile':
      return of('errors') > 0 ? counted(of('errors'), 'error') : verdict === 'holds' ? 'no errors' : 'not compiled';
    case 'test':
      return `${count(of('passed'))} of ${count(of('passed') + of('failed') + of('flaky'))} passed`;
    case 'mutation':
      return numbers['score'] === undefined ? 'no score' : percent(of('score'));
    case 'load':
      return `${count(of('users'))} users`;
  }
}

function reached(rung: Rung, { numbers, verdict }: ProofPoint, otherwise: number): number {
  const of = (name: string) => numbers[name] ?? 0;
  switch (rung) {
    case 'compile':
      return verdict === 'holds' ? 1 : LEAST;
    case 'test': {
      const ran = of('passed') + of('failed') + of('flaky') + of('broken');
      return ran === 0 ? LEAST : of('passed') / ran;
    }
    case 'mutation':
      return of('score') / 100;
    case 'load':
      return numbers['users'] ?? otherwise;
  }
}
