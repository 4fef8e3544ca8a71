/** What a title may be: texts that stand in it one after the other, the first at its beginning and the last at its end, with anything between them. */
export type TitlePattern = readonly string[];

/** What any title fits. */
export const ANY_TITLE: TitlePattern = ['', ''];

/**
 * What a title may become: `%s` and `$name` of tables and `${…}` of templates stand for anything, and so does what is added to a literal.
 *
 * @param literal as it is written, without its quotes
 */
export function titlePattern(literal: string, isTemplate: boolean, goesOn: boolean): TitlePattern {
  const holes = isTemplate ? /\$\{[^}]*\}|%[sdifjoOpc#%]|\$#|\$\w+(?:\.\w+)*/ : /%[sdifjoOpc#%]|\$#|\$\w+(?:\.\w+)*/;
  const parts = literal.split(holes).map(unescaped);
  return goesOn ? [...parts, ''] : parts;
}

/** Whether a pattern is one title. */
export function isLiteral(pattern: TitlePattern): boolean {
  return pattern.length === 1;
}

/** Whether a title is one that a pattern stands for. Not by a regular expression: with several holes, one takes ever longer the longer the title is. */
export function fits(title: string, pattern: TitlePattern): boolean {
  const [first = '', ...others] = pattern;
  const last = others.pop();
  if (last === undefined) return title === first;
  if (!title.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = title.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return title.length - at >= last.length && title.endsWith(last);
}

function unescaped(literal: string): string {
  return literal.replace(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(\n)|(.))/gis, (_, brace, four, two, newline, one) => {
    const code = brace ?? four ?? two;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return newline !== undefined ? '' : ({ n: '\n', t: '\t', r: '\r' }[one as string] ?? one);
  });
}
