import type { TestEvent } from './events.ts';

/** Hears what a command says, and tells what it understands of it as events. */
export interface Listener {
  /** A line without its end; returns what people are to see of it: the line as it is, other lines, or nothing. */
  hear(stream: 'stdout' | 'stderr', line: string): string | undefined;
  /** Nothing more is said. */
  end(): void;
}

/** Where a listener's events go. */
export type Tell = (event: TestEvent) => void;
