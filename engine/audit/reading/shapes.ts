import type { Bare } from '../../syntax/index.ts';
import type { Check } from '../model.ts';

/** Whether an assertion behind a place looks at what is set in a `try`: it may tell whether that was come to. */
export function setsWhatIsTold(tried: Bare, checks: readonly Check[], behind: number): boolean {
  const names = tried
    .filter(({ type }) => /^(assignment|assignment_expression|augmented_assignment)$/.test(type))
    .map((one) => one.get('left')?.text ?? '');
  return checks.some((check) => check.start >= behind && names.some((name) => name !== '' && check.subject.includes(name)));
}

/** Whether a test asserts something outside of a part of it: that may tell, too, whether that part was come to. */
export function assertsBeside(checks: readonly Check[], part: Bare): boolean {
  return checks.some(({ start, end, flaw, fact }) => (end <= part.start || start >= part.end) && flaw === undefined && fact !== 'no-error');
}
