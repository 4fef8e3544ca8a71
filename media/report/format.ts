/** A score as people read it: rounded down, so that `100 %` says all, and `0 %` only where it is exactly that; a dash where there is none. */
export function percent(score: number | null): string {
  if (score === null) return '–';
  const rounded = score > 0 ? Math.max(1, Math.floor(score)) : score;
  return `${rounded}\u00a0%`;
}

/** A stretch of time as people read it: `380 ms`, `4.2 s`, `2 min 5 s`, `1 h 12 min`. */
export function duration(ms: number): string {
  if (ms < 1) return '<\u00a01\u00a0ms';
  if (ms < 999.5) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)}\u00a0s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}\u00a0s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}\u00a0min\u00a0${seconds % 60}\u00a0s`;
  return `${Math.floor(seconds / 3600)}\u00a0h\u00a0${Math.floor((seconds % 3600) / 60)}\u00a0min`;
}

/** How long ago a moment was, as people say it; the date where that is more than a week. */
export function ago(moment: number, now: number): string {
  const seconds = Math.max(0, (now - moment) / 1000);
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return RELATIVE.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return RELATIVE.format(-Math.floor(seconds / 3600), 'hour');
  if (seconds < 7 * 86_400) return RELATIVE.format(-Math.floor(seconds / 86_400), 'day');
  return DATE.format(moment);
}

/** A moment to the minute. */
export function exactly(moment: number): string {
  return MOMENT.format(moment);
}

/** A number with separators of thousands. */
export function count(value: number): string {
  return NUMBER.format(value);
}

/** A number with its noun. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${value === 1 ? noun : `${noun}s`}`;
}

const RELATIVE = new Intl.RelativeTimeFormat('en');
const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const NUMBER = new Intl.NumberFormat('en');
