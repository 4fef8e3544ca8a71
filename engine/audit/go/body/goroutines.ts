import type { Bare } from '../../../syntax/index.ts';
import type { Look } from './look.ts';

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

/** Whether a goroutine serves the test, and ends all tests where that fails: a panic is heard of, whoever waits. */
export function onlyPanics(goroutine: Bare, look: Look): boolean {
  const calls = goroutine.filter(({ type }) => type === 'call_expression');
  return (
    calls.some((call) => call.get('function')?.text === 'panic') &&
    calls.every((call) => call.get('function')?.text === 'panic' || !look.asserts(call))
  );
}

/**
 * Whether a callback is given to a double that fails the test where it was not called: the test hands itself to it, or to what is made together with it, for later
 * (`doubles, restore := run.Stub()` and `defer restore(t)`, `defer registry.Verify(t)`).
 */
export function isVerified(callback: Bare, { text }: Bare): boolean {
  const call = callback.parent?.parent;
  const object = call?.type === 'call_expression' ? call.get('function')?.get('operand')?.text : undefined;
  if (object === undefined || !/^\w+$/.test(object)) return false;
  if (new RegExp(`\\bdefer ${object}\\.\\w+\\(t\\)`).test(text)) return true;
  const together = new RegExp(`\\b${object},\\s*(\\w+)\\s*:=`).exec(text)?.[1];
  return together !== undefined && new RegExp(`\\b(?:defer|t\\.Cleanup\\(func\\(\\) \\{) ?${together}\\(t\\)`).test(text);
}

/** Whether something outside of a goroutine receives from a channel, goes through it, or hands it to what waits for it. */
function isLookedAt(channel: string, outside: string): boolean {
  const name = channel.replaceAll('.', '\\.');
  if (name === '') return false;
  if (new RegExp(`<-\\s*${name}\\b|\\brange ${name}\\b|\\(([^()]*,)?\\s*${name}\\s*[,)]`).test(outside.replace(/\bclose\([^)]*\)/g, ''))) return true;
  return /cancel|stop|done/i.test(name) && /<-\s*[\w.]+\.Done\(\)/.test(outside);
}
