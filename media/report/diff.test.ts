import assert from 'node:assert/strict';
import { type DiffLine, diffOf, excerptOf } from './diff.ts';
import { mutantOf } from './samples.ts';

/** A diff as text, with what changed in brackets. */
function shown(diff: DiffLine[]): string[] {
  return diff.map((line) => {
    if (line.kind === 'folded') return `… ${line.count}`;
    const text = line.parts.map((part) => (part.changed ? `[${part.text}]` : part.text)).join('');
    return `${line.number ?? ''}${line.kind === 'removed' ? '-' : '+'}${text}`;
  });
}

function diff(source: string, text: string, replacement: string): string[] {
  return shown(diffOf(source.split('\n'), mutantOf(source, text, replacement)));
}

describe('diffOf', () => {
  it('emphasises the token that changed within the line', () => {
    assert.deepEqual(diff('  if (a < b) {', 'a < b', 'a <= b'), ['1-if (a [<] b) {', '+if (a [<=] b) {']);
  });

  it('emphasises nothing on the side that says nothing', () => {
    assert.deepEqual(diff('return !done;', '!done', 'done'), ['1-return [!]done;', '+return done;']);
  });

  it('takes a string as one token', () => {
    assert.deepEqual(diff('f("a b");', '"a b"', '""'), ['1-f(["a b"]);', '+f([""]);']);
  });

  it('tells an escape of a regular expression from its letter', () => {
    assert.deepEqual(diff('/\\s+s/', '/\\s+s/', '/\\S+s/'), ['1-/[\\s]+s/', '+/[\\S]+s/']);
  });

  it('shows an emptied block whole, without the common indentation', () => {
    const source = 'f();\n\tif (a) {\n\t\tg();\n\t}\nh();';
    assert.deepEqual(diff(source, '{\n\t\tg();\n\t}', '{}'), ['2-if (a) [{]', '3-[\tg();]', '4-[}]', '+if (a) [{}]']);
  });

  it('folds more than eight removed lines to their ends', () => {
    const body = Array.from({ length: 9 }, (_, line) => `  step${line}();`).join('\n');
    const source = `function f() {\n${body}\n}`;
    assert.deepEqual(diff(source, source.slice(source.indexOf('{')), '{}'), [
      '1-function f() [{]',
      '2-[  step0();]',
      '3-[  step1();]',
      '… 5',
      '9-[  step7();]',
      '10-[  step8();]',
      '11-[}]',
      '+function f() [{}]',
    ]);
  });

  it('leaves out lines of a long expression that did not change', () => {
    const source = 'return list\n  .filter(a)\n  .some(b)\n  .c;';
    assert.deepEqual(diff(source, 'list\n  .filter(a)\n  .some(b)', 'list\n  .filter(a)\n  .every(b)'), ['3-.[some](b)', '+.[every](b)']);
  });

  it('reads files with Windows line ends', () => {
    const mutant = mutantOf('if (a) {\n  g();\n}', '{\n  g();\n}', '{}', { original: '{\r\n  g();\r\n}' });
    assert.deepEqual(shown(diffOf(['if (a) {', '  g();', '}'], mutant)), ['1-if (a) [{]', '2-[  g();]', '3-[}]', '+if (a) [{}]']);
  });

  it('shows the mutant alone where its range no longer fits the text', () => {
    const mutant = mutantOf('a < b', 'a < b', 'a > b');
    assert.deepEqual(shown(diffOf(['something else'], mutant)), ['-a [<] b', '+a [>] b']);
    assert.deepEqual(shown(diffOf([], mutant)), ['-a [<] b', '+a [>] b']);
  });
});

describe('excerptOf', () => {
  it('tells once what both sides share', () => {
    assert.deepEqual(excerptOf({ original: 'a && b', replacement: 'a || b' }), { head: 'a ', removed: '&&', added: '||', tail: ' b' });
  });

  it('shortens a block to its braces', () => {
    assert.deepEqual(excerptOf({ original: '{\n  f();\n}', replacement: '{}' }), { head: '', removed: '{ … }', added: '{}', tail: '' });
  });

  it('shortens long texts on the side away from the change', () => {
    const name = 'x'.repeat(100);
    const { head, removed, tail } = excerptOf({ original: `${name} + ${name}`, replacement: `${name} - ${name}` });
    assert.equal(removed, '+');
    assert.equal(head, `…${'x'.repeat(28)} `);
    assert.equal(tail, ` ${'x'.repeat(28)}…`);
  });

  it('shortens a long replaced text', () => {
    const { removed, added } = excerptOf({ original: 'f'.repeat(100), replacement: 'true' });
    assert.equal(removed, `${'f'.repeat(59)}…`);
    assert.equal(added, 'true');
  });
});
