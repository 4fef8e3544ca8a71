/** What a key asks for. */
export type Command = 'next' | 'previous' | 'openLine' | 'back' | 'filter' | 'keys' | 'leaveFilter';

/** The part of a keyboard event that decides. */
export interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What some keys do, as it is shown. */
export interface KeyHelp {
  keys: string[];
  does: string;
}

/** The keys of the report, as they are shown. */
export const KEYS: readonly KeyHelp[] = [
  { keys: ['j', '↓'], does: 'Next file, test or mutant' },
  { keys: ['k', '↑'], does: 'Previous file, test or mutant' },
  { keys: ['Enter'], does: 'Open the file; expand or collapse the mutant' },
  { keys: ['o'], does: 'Open the line of the mutant in the editor' },
  { keys: ['Esc'], does: 'Back to the files' },
  { keys: ['/'], does: 'Filter' },
  { keys: ['?'], does: 'These keys' },
];

/**
 * What a key asks for; undefined where it is not ours.
 *
 * @param typing whether the focus is where text is typed or an option chosen
 */
export function commandOf(event: Key, typing: boolean): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return (typing ? WHILE_TYPING : COMMANDS)[event.key];
}

const COMMANDS: Readonly<Record<string, Command>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  o: 'openLine',
  Escape: 'back',
  '/': 'filter',
  '?': 'keys',
};
const WHILE_TYPING: Readonly<Record<string, Command>> = { Escape: 'leaveFilter', ArrowDown: 'next' };
