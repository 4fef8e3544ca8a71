import type { KeyHelp } from '../report/keys.ts';

/** The keys of the test audit, as they are shown. */
export const KEYS: readonly KeyHelp[] = [
  { keys: ['j', '↓'], does: 'Next entry' },
  { keys: ['k', '↑'], does: 'Previous entry' },
  { keys: ['Enter', 'o'], does: 'Open it in the editor, or its list' },
  { keys: ['Esc'], does: 'All tests again, without filters' },
  { keys: ['/'], does: 'Search' },
  { keys: ['?'], does: 'These keys' },
];
