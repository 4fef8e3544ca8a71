import { some } from '../literals.ts';
import type { Outcome } from '../scenario.ts';

/** What is odd about what a test would record. */
export function remarksOn({ kind, value }: Outcome): string[] {
  const remarks: string[] = [];
  const isNumber = (is: string) => some(value, (one) => typeof one === 'object' && one !== null && one.$ === 'number' && one.is === is);
  if (isNumber('NaN')) remarks.push('It records NaN.');
  if (isNumber('-0')) remarks.push('It records negative zero.');
  if (kind === 'throws' || kind === 'rejects') {
    const name = typeof value === 'object' && value !== null && value.$ === 'error' ? value.name : '';
    if (/^(TypeError|ReferenceError|RangeError)$/.test(name)) remarks.push(`It records a ${name}, which may come from deep inside.`);
  }
  return remarks;
}
