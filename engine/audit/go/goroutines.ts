import type { Bare } from '../../syntax/index.ts';

/** Whether a test waits for what a goroutine (its function literal) does: for a signal that it gives, and that something else in the test looks at. */
export function isAwaited(goroutine: Bare, fn: Bare): boolean {
  const { text } = goroutine;
  const outside = `${fn.text.slice(0, goroutine.start - fn.start)}\n${fn.text.slice(goroutine.end - fn.start)}`;
  const waits = [...text.matchAll(/\b([\w.]+)\.Done\(\)/g)].some(([, name = '']) => outside.includes(`${name}.Wait()`));
  if (waits) return true;
  const signals = [...text.matchAll(/\bclose\(([\w.]+)\)|\b([\w.]+)\s*<-/g), ...text.matchAll(/\b(\w*(?:cancel|stop|done|signal)\w*)\(\)/gi)];
  return signals.some(([, closed, sent]) => {
    const name = (closed ?? sent ?? '').replaceAll('.', '\\.');
    if (name === '') return false;
    // Received from, gone through, or handed to what waits for it.
    if (new RegExp(`<-\\s*${name}\\b|\\brange ${name}\\b|\\(([^()]*,)?\\s*${name}\\s*[,)]`).test(outside.replace(/\bclose\([^)]*\)/g, '')))
      return true;
    return /cancel|stop|done/i.test(name) && /<-\s*[\w.]+\.Done\(\)/.test(outside);
  });
}
