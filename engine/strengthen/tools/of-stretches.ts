import type { Stretch } from './messages.ts';
import type { Complaint } from './tool.ts';

/**
 * Which stretches of a text complaints are about: those that they lie in. What a tool has against the rest of the text, and did not before, comes of the nearest.
 *
 * @param known what the tool had against the text without the stretches
 * @returns each with the place of its stretch among them
 */
export function ofStretches(
  complaints: readonly Complaint[],
  known: readonly string[],
  stretches: readonly Stretch[],
): { stretch: number; message: string }[] {
  const before = [...known];
  return complaints.flatMap(({ offset, message }) => {
    const inside = stretches.findIndex(({ start, end }) => offset >= start && offset <= end);
    if (inside >= 0) return [{ stretch: inside, message }];
    const same = before.indexOf(message);
    if (same >= 0) before.splice(same, 1);
    return same >= 0 || stretches.length === 0 ? [] : [{ stretch: nearest(offset, stretches), message }];
  });
}

function nearest(offset: number, stretches: readonly Stretch[]): number {
  const distances = stretches.map(({ start, end }) => Math.min(Math.abs(start - offset), Math.abs(end - offset)));
  return distances.indexOf(Math.min(...distances));
}
