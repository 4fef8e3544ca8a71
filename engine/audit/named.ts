/** Tells whether a project names a function among those that assert; the name is as it is called, without white space. */
export type Named = (callee: string) => boolean;

/** Of a project that names none. */
export const NOBODY: Named = () => false;

/** Matches names with patterns, in which `*` stands for any characters. */
export function namedBy(patterns: readonly string[]): Named {
  if (patterns.length === 0) return NOBODY;
  const one = patterns.map((pattern) => pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')).join('|');
  const all = new RegExp(`^(?:${one})$`, 's');
  return (callee) => all.test(callee);
}
