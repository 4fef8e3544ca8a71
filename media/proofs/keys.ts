import type { KeyHelp } from '../report/keys.ts';

/** The keys of the proofs, as they are shown. */
export const KEYS: readonly KeyHelp[] = [
  { keys: ['j', '↓'], does: 'Next project, rung, failure or error' },
  { keys: ['k', '↑'], does: 'Previous one' },
  { keys: ['Enter', 'o'], does: 'Open or close it, or open its line in the editor' },
  { keys: ['?'], does: 'These keys' },
];
