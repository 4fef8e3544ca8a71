/**
 * A replacement as it may stand in the source text. StrykerJS prints it without what is around it: of `a && b && c` the first two become `a || b`, and
 * `a || b && c` would be another program than the one that ran. Such a replacement gets its parentheses back.
 *
 * @param before the text in front of the mutated code
 * @param after the text behind it
 */
export function replacementInText(mutator: string, replacement: string, before: string, after: string): string {
  const operators =
    mutator === 'LogicalOperator'
      ? /&&|\?\?/
      : mutator === 'BooleanLiteral'
        ? /&&|\|\||\?\?|[-+*/%<>=!]=?|[.[(]|\b(?:instanceof|in|typeof|await)\b/
        : undefined;
  if (!operators || !hasOperator(replacement)) return replacement;
  const left = /(&&|\|\||\?\?|[-+*/%<>!]|[=!]==?|\binstanceof|\bin|\btypeof|\bawait)\s*$/.exec(before)?.[1] ?? '';
  const right = /^\s*(&&|\|\||\?\?|[-+*/%<>]|[=!]==?|\?\.|[.[(]|\binstanceof\b|\bin\b)/.exec(after)?.[1] ?? '';
  return operators.test(left) || operators.test(right) ? `(${replacement})` : replacement;
}

function hasOperator(code: string): boolean {
  return /&&|\|\||\?\?|[^=]=>|\?[^.]|\s(?:[-+*/%<>]|[=!<>]==?|instanceof|in)\s/.test(code);
}
