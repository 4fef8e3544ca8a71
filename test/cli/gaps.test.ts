import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { assay } from '../support/assay.ts';
import { assertSchema } from '../support/schemas.ts';
import { copyFixture, emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';

/** A server whose handlers stand in place and elsewhere; only the order of something is tested, and hardly. */
const SERVER = `import { refund } from './refund.ts';

type Handler = (body: { price: number }) => number;

export const handlers = new Map<string, Handler>();
const app = { post: (path: string, handler: Handler) => handlers.set(path, handler) };

app.post('/orders', (body) => {
  if (body.price < 0) throw new RangeError('negative');
  return body.price * 2;
});
app.post('/refunds', refund);
`;
const REFUND = `export function refund(body: { price: number }): number {
  return -body.price;
}

export function audit(body: { price: number }): string {
  return String(body.price);
}
`;
const TESTS = `import { expect, test } from 'vitest';
import { handlers } from '../src/server.ts';

test('an order', () => {
  expect(handlers.get('/orders')?.({ price: 2 })).toBeDefined();
});
`;
const CONFIG = {
  audit: {
    criticalPaths: [
      { name: 'checkout', routes: ['POST /orders'], why: 'it takes money' },
      { name: 'refunds', files: ['src/refund.ts'], routes: ['POST /refunds'] },
      { name: 'prices', functions: ['subtotal', 'disc*'] },
      { name: 'stock', files: ['src/stock/**'], routes: ['GET /stock'] },
    ],
  },
};
const MANIFEST = {
  name: 'shop',
  private: true,
  type: 'module',
  main: 'dist/cart.js',
  scripts: { test: 'vitest run' },
  devDependencies: { vitest: '*' },
};

interface Path {
  name: string;
  origin: string;
  risk: string;
  sentence: string;
  functions: { total: number; judged: number; reached: number; stale: number };
  tests: { count: number; read: number; mean: number | null; min: number | null };
  killRate: number | null;
  pseudoTested: string[];
  signals?: { exported: boolean; fanIn: number; changes?: number; fixes?: number };
  at?: { path: string; range: { start: { line: number } } };
}
interface Output {
  gaps: { package: string; history: { commits: number; isShallow: boolean } | null; paths: Path[]; unmatched: { path: string; message: string }[] }[];
}

describe('assay audit --gaps', () => {
  let directory: string;

  before(async () => {
    directory = copyFixture('vitest', {
      'package.json': JSON.stringify(MANIFEST),
      'assay.config.json': JSON.stringify(CONFIG),
      'src/server.ts': SERVER,
      'src/refund.ts': REFUND,
      'test/server.test.ts': TESTS,
      '.gitignore': 'node_modules\n.assay\n',
    });
    git('init', '-q');
    commit('first');
    for (const subject of ['fix: rounds once', 'fix: discount of members']) {
      write(directory, 'src/price.ts', `${read('src/price.ts')}\n`);
      commit(subject);
    }
  });
  after(removeWorkspaces);

  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', ...args], { cwd: directory, stdio: 'pipe' });
  const read = (name: string) => readFileSync(path.join(directory, name), 'utf8');

  function commit(subject: string): void {
    git('add', '.');
    git('commit', '-qm', subject);
  }

  async function gaps(): Promise<Output['gaps'][number]> {
    const { status, out, err } = await assay(directory, ['audit', '--gaps', '--json', '-']);
    assert.equal(status, 0, err);
    const output = JSON.parse(out) as Output;
    assertSchema('audit', output);
    assert.equal(output.gaps.length, 1);
    return output.gaps[0] as Output['gaps'][number];
  }

  it('says before anything was judged what it does not know, and how to get it', async () => {
    const { status, out } = await assay(directory, ['audit', '--gaps']);
    assert.equal(status, 0);
    assert.match(out, /^Critical paths of test-vitest-.*$/m);
    assert.match(out, /^ {2}not found stock: no source file matches "src\/stock\/\*\*" \(tests, scripts and builds are not source\)\.$/m);
    assert.match(out, /^ {2}not found stock: no route matches "GET \/stock" \(2 were found: POST \/orders, POST \/refunds\)\.$/m);
    assert.match(out, /^ {2}unknown {2}checkout +\? of 1 +\? +\? +\?\n {6}Nothing of it has been judged, and it takes money\.$/m);
    assert.match(out, /^ {2}Nothing has been judged yet: "assay mutate --extreme" takes a quick look/m);
  });

  it('tells without results what tests were seen to run when they were proved', async () => {
    const proved = copyFixture('vitest', {
      'package.json': JSON.stringify(MANIFEST),
      'assay.config.json': JSON.stringify(CONFIG),
      'src/server.ts': SERVER,
      'src/refund.ts': REFUND,
      'test/server.test.ts': TESTS,
    });
    const { status, err } = await assay(proved, ['audit', '--prove', 'test/server.test.ts']);
    assert.equal(status, 0, err);
    const { out } = await assay(proved, ['audit', '--gaps', '--json', '-']);
    const { paths } = (JSON.parse(out) as Output).gaps[0] as Output['gaps'][number];
    const by = (name: string) => paths.find((one) => one.name === name) as Path;
    assert.deepEqual(by('checkout').functions, { total: 1, judged: 1, reached: 1, stale: 0 });
    assert.deepEqual([by('checkout').tests.count, by('checkout').tests.read, by('checkout').killRate], [1, 1, null]);
    assert.match(by('checkout').sentence, /^The test that reaches it has a mean strength of \d+, and it takes money\.$/);
    assert.equal(by('refunds').risk, 'unknown');
  });

  it('tells with results what is reached, how strongly, and what is killed', async () => {
    const run = await assay(directory, ['mutate', 'src']);
    assert.equal(run.status, 0, run.err);
    const { paths, history, unmatched } = await gaps();
    const by = (name: string) => paths.find((one) => one.name === name) as Path;
    assert.deepEqual(history, { commits: 2, isShallow: false });
    assert.equal(unmatched.length, 2);

    const checkout = by('checkout');
    assert.deepEqual(checkout.functions, { total: 1, judged: 1, reached: 1, stale: 0 });
    assert.deepEqual([checkout.tests.count, checkout.tests.read], [1, 1]);
    assert.ok((checkout.tests.mean ?? 100) <= 50, 'that something is defined is weak');
    assert.equal(checkout.risk, 'critical');
    assert.match(
      checkout.sentence,
      /^Only \d+ % of its mutants are killed, the test that reaches it has a mean strength of \d+, and it takes money\.$/,
    );
    assert.deepEqual([checkout.at?.path, checkout.at?.range.start.line], ['src/server.ts', 7]);

    const refunds = by('refunds');
    assert.deepEqual(refunds.functions, { total: 2, judged: 2, reached: 0, stale: 0 });
    assert.deepEqual([refunds.risk, refunds.sentence], ['critical', 'Neither of its functions is reached by a test.']);

    const prices = by('prices');
    assert.deepEqual(prices.functions, { total: 2, judged: 2, reached: 2, stale: 0 });
    assert.equal(prices.tests.read, prices.tests.count);
    assert.ok(prices.tests.count >= 7, 'each row of a table is a test');

    const cart = by('src/cart.ts');
    assert.deepEqual([cart.origin, cart.signals?.exported], ['found', true]);
    const price = by('src/price.ts');
    assert.deepEqual([price.signals?.fanIn, price.signals?.changes, price.signals?.fixes], [1, 2, 2]);
    assert.ok(!paths.some(({ name }) => name === 'src/refund.ts'), 'it is declared');
    assert.ok(paths.findIndex(({ risk }) => risk === 'low') > paths.findIndex(({ risk }) => risk === 'critical'));
  });

  it('is in SARIF and Markdown, where it was asked for', async () => {
    await assay(directory, ['audit', '--gaps', '--sarif', 'a.sarif', '--markdown', 'a.md']);
    const { results } = (JSON.parse(read('a.sarif')) as { runs: { results: Result[] }[] }).runs[0] as { results: Result[] };
    type Result = {
      ruleId: string;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
    };
    const told = results
      .filter(({ ruleId }) => ruleId.startsWith('critical'))
      .map(
        ({ ruleId, level, message, locations }) =>
          `${ruleId} ${level} ${message.text.split(':')[0]} ${locations[0]?.physicalLocation.artifactLocation.uri}`,
      );
    assert.ok(told.includes('critical-gap error checkout src/server.ts'), told.join('\n'));
    assert.ok(told.includes('critical-gap error refunds src/refund.ts'));
    assert.ok(told.includes('critical-path-not-found warning stock assay.config.json'));
    assert.match(read('a.md'), /^\| critical \| refunds \| 0 of 2 \| 0 \| \? \| 0 % \| Neither of its functions is reached by a test\. \|$/m);
    await assay(directory, ['audit', '--sarif', 'b.sarif', '--markdown', 'b.md']);
    assert.doesNotMatch(read('b.sarif') + read('b.md'), /critical-gap|Critical paths/);
  });

  it('says that a clone is shallow, and what is missing therefore', async () => {
    const clone = emptyWorkspace({}, 'shallow');
    execFileSync('git', ['clone', '-q', '--depth', '2', pathToFileURL(directory).href, clone], { stdio: 'pipe' });
    const { status, out } = await assay(clone, ['audit', '--gaps', 'src']);
    assert.equal(status, 0);
    assert.match(
      out,
      /^ {2}This clone is shallow: changes and fixes are those of its last commit alone\. "git fetch --unshallow" brings the rest\.$/m,
    );
  });

  it('does not know what was changed since', async () => {
    write(directory, 'src/refund.ts', REFUND.replace('-body.price', 'body.price - 2 * body.price'));
    const refunds = (await gaps()).paths.find(({ name }) => name === 'refunds');
    assert.deepEqual(refunds?.functions, { total: 2, judged: 1, reached: 0, stale: 1 });
  });

  it('says what is wrong with the configuration', async () => {
    write(directory, 'assay.config.json', '{ "audit": { "criticalPaths": [{ "name": "a" }] } }');
    const { status, err } = await assay(directory, ['audit', '--gaps']);
    assert.equal(status, 2);
    assert.match(err, /assay\.config\.json cannot be used: "audit\.criticalPaths\[0\]" has no "files", "functions" or "routes"\./);
  });
});
