import type { Command, Exit, Listeners } from '../../process/index.ts';

/** Runs a command that is no part of what is proven, within the limits of what is: its time, its memory, its place without a network. */
export type Ask = (command: Command, listeners: Omit<Listeners, 'signal'>) => Promise<Exit>;
