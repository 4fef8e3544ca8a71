import type { Bare } from '../../../syntax/index.ts';

/**
 * Up to where in a text a test waits for what a goroutine (its function literal) does: up to the last signal that it gives, and that something else in the test
 * looks at; to its end where the signal is deferred. Undefined where nothing waits for it.
 */
export function awaitedUntil(goroutine: Bare, fn: Bare): number | undefined {
  const { text } = goroutine;
  const outside = `${fn.text.slice(0, goroutine.start - fn.start)}\n${fn.text.slice(goroutine.end - fn.start)}`;
  const signals = [
    ...[...text.matchAll(/\b([\w.]+)\.Done\(\)/g)].filter(([, name = '']) => outside.includes(`${name}.Wait()`)),
    ...[...text.matchAll(/\bclose\(([\w.]+)\)|\b([\w.]+)\s*<-/g), ...text.matchAll(/\b(\w*(?:cancel|stop|done|signal)\w*)\(\)/gi)].filter(
      ([, closed, sent]) => isLookedAt(closed ?? sent ?? '', outside),
    ),
  ];
  if (signals.length === 0) return undefined;
  const isDeferred = signals.some(({ index }) => /\bdefer\s+(func\(\)\s*\{[^}]*)?$/.test(text.slice(0, index)));
  return isDeferred ? Number.POSITIVE_INFINITY : goroutine.start + Math.max(...signals.map(({ index }) => index));
}

/** Whether something outside of a goroutine receives from a channel, goes through it, or hands it to what waits for it. */
function isLookedAt(channel: string, outside: string): boolean {
  const name = channel.replaceAll('.', '\\.');
  if (name === '') return false;
  if (new RegExp(`<-\\s*${name}\\b|\\brange ${name}\\b|\\(([^()]*,)?\\s*${name}\\s*[,)]`).test(outside.replace(/\bclose\([^)]*\)/g, ''))) return true;
  return /cancel|stop|done/i.test(name) && /<-\s*[\w.]+\.Done\(\)/.test(outside);
}
