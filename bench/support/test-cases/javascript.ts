/** Test files that Vitest, Jest, Mocha and node:test all run, by what is hard in them. `it`, `describe`, the hooks and `assert` are there in each. */
export const JAVASCRIPT: Readonly<Record<string, string>> = {
  passing: `it('adds', () => assert.equal(1 + 1, 2));
it('adds later', async () => { await null; });
describe('many', () => {
  it('one', () => {});
  it('two', () => {});
});
`,
  failing: `it('compares', () => {
  assert.deepEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] });
});
it('throws', () => { throw new TypeError('not a number'); });
it('throws no error', () => { throw 'just a text'; });
it('rejects', async () => { await Promise.reject(new Error('too late')); });
it('passes', () => {});
`,
  skipped: `it.skip('not now', () => { throw new Error('never'); });
describe.skip('none of these', () => {
  it('one', () => {});
  it('two', () => {});
});
it('this one', () => {});
`,
  nested: `describe('a', () => {
  describe('b', () => {
    describe('c', () => {
      it('deep', () => {});
      it('deep and wrong', () => assert.equal(1, 2));
    });
    it('between', () => {});
  });
  it('outer', () => {});
});
describe('other', () => {
  it('outer', () => {});
});
`,
  names: `it("it's \\"quoted\\" > and \\\\ more", () => {});
it('ünïcode \\u{1F4A5} 漢字', () => {});
it('<b>&amp;</b> %s $1 #2', () => assert.ok(false));
it('(brackets) [and] {more} .*+?^|', () => {});
it('  spaces  inside  ', () => {});
it(\`a template\`, () => {});
`,
  same: `it('twice', () => {});
it('twice', () => assert.ok(false));
describe('suite', () => { it('twice', () => {}); });
describe('suite', () => { it('twice', () => {}); });
`,
  tables: `for (const n of [1, 2, 3]) {
  it(\`is \${n}\`, () => assert.notEqual(n, 2));
}
const add = (a, b, sum) => it('adds ' + a + ' and ' + b, () => assert.equal(a + b, sum));
add(1, 2, 3);
add(2, 2, 5);
`,
  'failing hook': `describe('before', () => {
  beforeAll(() => { throw new Error('no database'); });
  it('first', () => {});
  it('second', () => {});
});
it('unharmed', () => {});
`,
  'failing hook of each': `describe('each', () => {
  beforeEach(() => { throw new Error('no table'); });
  it('only', () => {});
});
it('unharmed', () => {});
`,
  colours: `it('is red', () => { console.log('\\u001b[31mred\\u001b[0m'); throw new Error('\\u001b[31mred\\u001b[39m is not green'); });
it('says much', () => { for (let i = 0; i < 200; i++) console.error('✓ not a test ' + i); });
it('says what tests say', () => { console.log('ok 1 - fake\\n✔ fake (1ms)\\n--- PASS: TestFake (0.00s)\\ntest fake ... ok\\n3 passed in 0.1s'); });
`,
  broken: `it('never', () => {});
throw new Error('this file does not load');
`,
  syntax: `it('never', () => {);
`,
};
/** Mocha ends when a file does not load, so these are tried by themselves. */
export const NOT_LOADING: ReadonlySet<string> = new Set(['broken', 'syntax']);
