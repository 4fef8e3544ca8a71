import assert from 'node:assert/strict';
import { type LanguageName, SyntaxTree } from '../syntax/index.ts';
import { suppression } from './suppress.ts';

/** A text whose mutant is marked `^^^`, and the same with the comment that leaves it out; or `none` where a comment would change the program. */
const CASES: Record<string, [language: LanguageName, text: string, after: string | 'none']> = {
  'a statement': [
    'javascript',
    `
const a = 1;
          ^`,
    `
// Stryker disable next-line M: why
const a = 1;`,
  ],
  'the first line': [
    'javascript',
    `f(1);
  ^
f(2);`,
    `// Stryker disable next-line M: why
f(1);
f(2);`,
  ],
  'with the indentation of its line': [
    'typescript',
    `
function f(a: number) {
    if (a > 1) return 2;
        ^^^^^
}`,
    `
function f(a: number) {
    // Stryker disable next-line M: why
    if (a > 1) return 2;
}`,
  ],
  'tabs too': [
    'typescript',
    `
function f() {
\treturn 2;
\t       ^
}`,
    `
function f() {
\t// Stryker disable next-line M: why
\treturn 2;
}`,
  ],
  'inside of an expression over several lines': [
    'javascript',
    `
const a = f(
  b &&
  c > 1,
  ^^^^^
);`,
    `
const a = f(
  b &&
  // Stryker disable next-line M: why
  c > 1,
);`,
  ],
  'inside of a template string': [
    'javascript',
    `
const a = \`
  \${b + c}
    ^^^^^
\`;`,
    'none',
  ],
  'a function inside of a template string': [
    'javascript',
    `
const a = css\`
  \${() => {
    return 1;
           ^
  }}
\`;`,
    `
const a = css\`
  \${() => {
    // Stryker disable next-line M: why
    return 1;
  }}
\`;`,
  ],
  'an expression with lines of its own inside of a template string': [
    'javascript',
    `
const a = \`\${
  b + c
  ^^^^^
}\`;`,
    `
const a = \`\${
  // Stryker disable next-line M: why
  b + c
}\`;`,
  ],
  'a template string on its own line': [
    'javascript',
    `
const a =
  \`x\`;
  ^^^`,
    `
const a =
  // Stryker disable next-line M: why
  \`x\`;`,
  ],
  'behind a template string that ends on the line': [
    'javascript',
    `
const a = \`
\` + 1;
    ^`,
    'none',
  ],
  'JSX text': [
    'tsx',
    `
const a = (
  <p>
    {b + c}
     ^^^^^
  </p>
);`,
    'none',
  ],
  'an element': [
    'tsx',
    `
const a = (
  <p title="x">
            ^
  </p>
);`,
    `
const a = (
  // Stryker disable next-line M: why
  <p title="x">
  </p>
);`,
  ],
  'an element inside of an element': [
    'tsx',
    `
const a = (
  <p>
    <b title="x" />
              ^
  </p>
);`,
    'none',
  ],
  'a fragment': [
    'tsx',
    `
const a = (
  <>
    {b + c}
     ^^^^^
  </>
);`,
    'none',
  ],
  'attributes on lines of their own': [
    'tsx',
    `
const a = (
  <p
    title={b + c}
           ^^^^^
  />
);`,
    `
const a = (
  <p
    // Stryker disable next-line M: why
    title={b + c}
  />
);`,
  ],
  'attributes of an element with content': [
    'tsx',
    `
const a = (
  <p
    title={b + c}
           ^^^^^
  >
    x
  </p>
);`,
    `
const a = (
  <p
    // Stryker disable next-line M: why
    title={b + c}
  >
    x
  </p>
);`,
  ],
  'an expression with lines of its own inside of an element': [
    'tsx',
    `
const a = (
  <p>
    {items.map((b) =>
      b + 1,
      ^^^^^
    )}
  </p>
);`,
    `
const a = (
  <p>
    {items.map((b) =>
      // Stryker disable next-line M: why
      b + 1,
    )}
  </p>
);`,
  ],
  'a function inside of an element': [
    'tsx',
    `
const a = (
  <p
    onClick={() => {
      b(1);
        ^
    }}
  />
);`,
    `
const a = (
  <p
    onClick={() => {
      // Stryker disable next-line M: why
      b(1);
    }}
  />
);`,
  ],
  'a string that goes on in the next line': [
    'javascript',
    `
const a = 'x\\
  y' + 1;
       ^`,
    'none',
  ],
  'code behind a comment that ends on the line': [
    'javascript',
    `
/*
 */ f(1);
      ^`,
    'none',
  ],
};

describe('the comment that leaves a mutant out', () => {
  for (const [title, [language, marked, after]] of Object.entries(CASES)) {
    for (const ends of ['\n', '\r\n']) {
      it(title + (ends === '\n' ? '' : ' (CRLF)'), async () => {
        const all = marked.split('\n');
        const mark = all.findIndex((line) => /^\s*\^+$/.test(line));
        const text = all.filter((_, i) => i !== mark).join(ends);
        const at = { line: mark - 1, column: (all[mark] as string).indexOf('^') };
        const tree = await SyntaxTree.parse(language, text);
        const found = suppression(tree, 'M', at);
        tree.dispose();
        if (!found || after === 'none') return assert.equal(found ? 'a comment' : 'none', after);
        const lines = text.split(ends);
        assert.equal(found.position.column, 0);
        lines.splice(found.position.line, 0, `${found.before}why${found.after}`.replace(new RegExp(`${ends}$`), ''));
        assert.equal(lines.join(ends), after.replaceAll('\n', ends));
      });
    }
  }
});
