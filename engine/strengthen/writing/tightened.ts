import { UNDEFINED } from '../literals.ts';
import { telling } from '../parts.ts';
import type { Outcome } from '../scenario.ts';
import { assertOutcome, functionOf } from './assertions.ts';
import type { TextChange } from './changes.ts';
import { Printer } from './print.ts';
import { seenBy } from './records.ts';
import type { Site } from './sites.ts';
import type { Style } from './style.ts';

/**
 * How a test comes to say what the value at a place is: the assertion there becomes one that says it all, or one on the part that matters stands behind it.
 * Undefined where it cannot be said.
 *
 * @param held what comes there, and `other` what does with the mutant
 * @param original the text that is there now
 */
export function tightened(site: Site, held: Outcome, other: Outcome, style: Style, original: string): TextChange | undefined {
  const [outcome, mutated] = [seenBy(style.assertions, held), seenBy(style.assertions, other)];
  const part = outcome.kind === 'returns' ? telling(outcome.value, mutated.kind === 'returns' ? mutated.value : UNDEFINED) : undefined;
  if (outcome.kind === 'returns' && !part) return undefined;
  const path = part?.path ?? '';
  const { subject, behind, indent } = site;
  const takesItsPlace = site.kind === 'call' || (site.kind === 'assertion' && path === '');
  if ((path !== '' || !takesItsPlace) && !subject.isPlain) return undefined;
  if (!takesItsPlace && behind === undefined) return undefined;
  const isExpect = style.assertions.kind === 'expect' || style.assertions.kind === 'chai-expect';
  const message = takesItsPlace ? subject.message : undefined;
  const printer = new Printer(style);
  const act = subject.text + printer.path(path) + (isExpect && message !== undefined ? `, ${message}` : '');
  const fact = {
    act,
    outcome: part ? { ...outcome, value: part.one } : outcome,
    mutated: part ? { ...mutated, value: part.other } : mutated,
  };
  const assertion = assertOutcome(style, fact, printer, indent);
  if (!assertion) return undefined;
  let { text } = assertion;
  // It is a function already.
  if (site.how === 'thrown') text = text.replace(functionOf(act, style), () => act);
  if (message !== undefined && !isExpect) text = text.replace(/\)$/, () => `, ${message})`);
  if (text.startsWith('await ') && !subject.text.startsWith('await ')) {
    if (site.returned) text = text.slice('await '.length);
    // It is waited for only where something is already.
    else if (!original.startsWith('await ')) return undefined;
  }
  if (takesItsPlace) return { start: site.start, end: site.end, text };
  return { start: behind as number, end: behind as number, text: `${style.lineEnd}${indent}${text}${style.semicolons ? ';' : ''}` };
}
