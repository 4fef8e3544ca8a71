/** What StrykerJS says of a change: `original` is the text that the change takes the place of. */
export interface PrintedChange {
  mutator: string;
  original: string;
  replacement: string;
}

/** How much text on each side is looked at, characters: more than any comment between two operators. */
const WINDOW = 4000;

/**
 * A replacement as it may stand in the source text. StrykerJS prints it without what is around it: of `a && b && c` the first two become `a || b`, and
 * `a || b && c` would be another program than the one that ran. Such a replacement gets back its parentheses, the space in front of it (`return!a`),
 * and the semicolon that parentheses at the start of a line ask for.
 *
 * @param before the text in front of the mutated code
 * @param after the text behind it
 */
export function replacementInText({ mutator, original, replacement }: PrintedChange, before: string, after: string): string {
  const near = before.slice(-WINDOW);
  const left = withoutCommentsBehind(near);
  const behind = after.slice(0, WINDOW);
  const right = behind.replace(/^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)+/, '');
  const code = withoutOuterComments(replacement, near, behind);
  const needed =
    mutator === 'LogicalOperator' ? meetsTighter(left, right) : changesKind(mutator, original) && isOpen({ code, original, left, right });
  const closed = needed ? `(${code}${/\/\/.*$/.test(code) ? '\n' : ''})` : code;
  return spaced(needed && !original.startsWith('(') && endsStatement(near, left) ? `;${closed}` : closed, near, after);
}

/** Comments in front of the mutated code and behind it, which StrykerJS prints with it, still stand in the text. */
function withoutOuterComments(code: string, before: string, after: string): string {
  const next = /^[\s,;)\]}]*(\/\*[\s\S]*?\*\/|\/\/.*)/.exec(after)?.[1];
  return code
    .replace(/^(?:\/\*[\s\S]*?\*\/|\/\/.*)\s*/, (comment) => (before.trimEnd().endsWith(comment.trim()) ? '' : comment))
    .replace(/\s*(?:\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/.*)$/, (comment) => (comment.trim() === next?.trim() ? '' : comment));
}

function withoutCommentsBehind(text: string): string {
  for (let left = text.trimEnd(), last = ''; ; left = left.replace(/(?:\/\*(?:[^*]|\*(?!\/))*\*\/|(?:^|\s)\/\/[^\n]*)$/, '').trimEnd()) {
    if (left === last) return left;
    last = left;
  }
}

/** `&&` binds tighter than the `||` that may take its place, and neither may stand beside `??`. */
function meetsTighter(left: string, right: string): boolean {
  return /(&&|\?\?)$/.test(left) || /^(&&|\?\?)/.test(right);
}

/** Whether what is left is another kind of expression than what stood there: `!x` and `x.trim()` lose their outer part, an `a + b` stays one. */
function changesKind(mutator: string, original: string): boolean {
  return (
    mutator === 'MethodExpression' ||
    (mutator === 'BooleanLiteral' && original.startsWith('!')) ||
    (mutator === 'UnaryOperator' && original.startsWith('~'))
  );
}

function isOpen({ code, original, left, right }: { code: string; original: string; left: string; right: string }): boolean {
  if (/^(\/\/|\/\*|\{|(async\s+)?function\b|class\b)/.test(code)) return true;
  const shape = shapeOf(code);
  // Out of its parentheses, `(a?.b).c` would end early where `a` is none.
  if (shape === 'operand') return (/^\d/.test(code) || (code.includes('?.') && original.startsWith('('))) && /^(\.|\?\.|!|\[|\()/.test(right);
  return shape === 'list' || !(beginsExpression(left) && endsExpression(right));
}

/** What a code is beside others: an operand that nothing tears apart, an expression, or one with a comma. What cannot be told counts as the latter. */
function shapeOf(code: string): 'operand' | 'expression' | 'list' {
  let depth = 0;
  let shape: 'operand' | 'expression' = 'operand';
  for (const [token] of code.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\?\.|[\w$#.\u0080-\uffff]+|\s+|./gsu)) {
    if (/^["'`]$/.test(token)) return 'list';
    if (/^[([{]$/.test(token)) depth++;
    else if (/^[)\]}]$/.test(token)) depth--;
    else if (depth === 0 && token === ',') return 'list';
    else if (depth === 0 && token !== '?.' && !/^["'`\w$#.\u0080-\uffff]/.test(token)) shape = 'expression';
  }
  return depth === 0 ? shape : 'list';
}

function beginsExpression(left: string): boolean {
  return /(^|[([{,;:]|=>|[^=!<>]=|>>=|<<=|[^?]\?|(^|[^\w$.])(return|case|throw|else|do|of|default|yield))$/.test(left);
}

function endsExpression(right: string): boolean {
  return /^($|[)\]},;:]|(?!(in|instanceof|as|satisfies)\b)[A-Za-z_$])/.test(right);
}

/** Whether a line that begins with `(` would go on with the statement of the line before: where that has no semicolon and does not wait for this one. */
function endsStatement(before: string, left: string): boolean {
  if (!/\n\s*$/.test(before) || !/[\w$)\]}"'`]$/.test(left)) return false;
  if (/(^|[^\w$.])(else|do|return|typeof|await|in|of|instanceof|case|void|delete|throw|new|yield|extends|default)$/.test(left)) return false;
  return !left.endsWith(')') || !/(^|[^\w$.])(if|while|for|with|for\s+await)\s*$/.test(left.slice(0, opening(left)));
}

/** Where the parenthesis opens that closes at the end of a text. */
function opening(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    if (text[at] === '(' && --depth === 0) return at;
  }
  return 0;
}

/** Keeps words and signs apart that would become one: `return` and `true`, `-` and `-b`. */
function spaced(code: string, before: string, after: string): string {
  const runsTogether = (text: string) => /^([\w$]{2}|\+\+|--)$/.test(text);
  const front = runsTogether(before.slice(-1) + code.slice(0, 1)) ? ' ' : '';
  const back = runsTogether(code.slice(-1) + after.slice(0, 1)) ? ' ' : '';
  return `${front}${code}${back}`;
}
