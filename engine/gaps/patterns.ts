/** Matches texts with a pattern in which `*` stands for any characters. */
export function matcher(pattern: string): (text: string) => boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const whole = new RegExp(`^${escaped}$`, 's');
  return (text) => whole.test(text);
}
