import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { copyFixture, emptyWorkspace, removeWorkspaces } from '../support/workspaces.ts';

interface Counts {
  [of: string]: { covered: number; total: number };
}

interface Written {
  projects: { rungs: { coverage?: Counts & { tools: string[]; files: (Counts & { file: string })[] } }[] }[];
}

/** What tests cover, with each framework as its project has it. */
describe('assay verify --coverage', () => {
  after(removeWorkspaces);

  for (const [fixture, tool, files, line, counts] of [
    ['vitest', 'v8', ['src/cart.ts', 'src/price.ts'], 'lines 94 % · branches 94 % · functions 87 % of 2 files', ['17/18', '21/22', '16/17', '7/8']],
    ['jest', 'istanbul', ['src/duration.js'], 'lines 92 % · branches 100 % · functions 100 % of 1 file', ['12/13', '14/15', '6/6', '3/3']],
    ['mocha', 'v8', ['lib/range.js'], 'lines 100 % · branches 66 % · functions 100 % of 1 file', ['9/9', '11/12', '4/6', '5/5']],
    ['node-test', 'v8', ['src/queue.js'], 'lines 91 % · branches 100 % · functions 100 % of 1 file', ['11/12', '14/15', '6/6', '5/5']],
  ] as const) {
    it(`tells lines, branches and functions on ${fixture}, and writes nothing but its evidence`, async () => {
      const directory = copyFixture(fixture);
      const before = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('node_modules')).length;
      const said = await assay(directory, ['verify', '--only', '--level', 'test', '--coverage', '--json', 'out.json', '--markdown', 'out.md']);
      assert.equal(said.status, 0, said.err + said.out);
      assert.ok(said.out.includes(line), said.out);
      const { projects } = JSON.parse(readFileSync(path.join(directory, 'out.json'), 'utf8')) as Written;
      const coverage = projects[0]?.rungs[0]?.coverage;
      assert.ok(coverage);
      const short = ['lines', 'statements', 'branches', 'functions'].map((of) => `${coverage[of]?.covered}/${coverage[of]?.total}`);
      assert.deepEqual([short, coverage.tools, coverage.files.map(({ file }) => file).sort()], [counts, [tool], files]);
      assert.ok(readFileSync(path.join(directory, 'out.md'), 'utf8').includes(`The tests run ${line}.`));
      const left = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => !/^(node_modules|\.assay|out\.)/.test(name));
      assert.equal(left.length, before);
    });
  }

  it("tells of cargo's crates without their tests, and leaves their target alone", async function () {
    const libraries = spawnSync('rustc', ['--print', 'target-libdir'], { encoding: 'utf8' });
    // It takes cargo with the component llvm-tools.
    if (libraries.status !== 0 || !existsSync(path.join(libraries.stdout.trim(), '..', 'bin', 'llvm-cov'))) this.skip();
    const directory = copyFixture('ladder/cargo-workspace');
    const said = await assay(directory, ['verify', '--only', '--level', 'test', '--coverage', '.']);
    assert.match(said.out, /All 4 tests pass, 1 skipped \(cargo test --workspace, .*\)\n +lines 53 % · functions 66 % of 2 files/);
    assert.equal(existsSync(path.join(directory, 'target')), false);
    // What is built again and read afterwards may run code of the project, too.
    const programs = emptyWorkspace({ bwrap: `#!/bin/sh\necho "$*" >> "$0.log"\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n` });
    chmodSync(path.join(programs, 'bwrap'), 0o755);
    const env = { PATH: `${programs}${path.delimiter}${process.env['PATH']}` };
    assert.match((await assay(directory, ['verify', '--only', '--level', 'test', '--coverage', '--offline', '.'], env)).out, /lines 53 %/);
    const confined = readFileSync(path.join(programs, 'bwrap.log'), 'utf8');
    for (const program of [/-- rustc --print/, /-- cargo test --no-run/, /llvm-profdata merge/, /llvm-cov export/]) assert.match(confined, program);
  });

  for (const recipe of ['go test -coverprofile=cover.out ./...\n\tgo tool cover -func=cover.out', 'go test -C . ./...']) {
    it(`tells of go where make has the recipe ${JSON.stringify(recipe)}`, async function () {
      // Our stand-in for go takes /proc.
      if (process.platform !== 'linux' || ['make', 'go'].some((name) => spawnSync(name, ['version']).error)) this.skip();
      const directory = emptyWorkspace({
        'go.mod': 'module example.com/shop\n\ngo 1.21\n',
        'half.go': 'package shop\n\nfunc Half(x int) int {\n\tif x < 0 {\n\t\treturn 0\n\t}\n\treturn x / 2\n}\n',
        'half_test.go': 'package shop\n\nimport "testing"\n\nfunc TestHalf(t *testing.T) {\n\tif Half(4) != 2 {\n\t\tt.Fatal("no")\n\t}\n}\n',
        Makefile: `test:\n\t${recipe}\n`,
        'assay.config.json': '{"verify": {"test": "make test"}}',
      });
      const said = await assay(directory, ['verify', '--only', '--level', 'test', '--coverage', '.']);
      assert.match(said.out, /The only test passes \(make test, .*\)\n +lines 66 % · functions 100 % of 1 file\n/);
    });
  }

  it('tells of unittest', async function () {
    if (spawnSync('python', ['-c', 'import coverage, sys; sys.exit(sys.version_info < (3, 10))']).status !== 0) this.skip();
    const directory = emptyWorkspace({
      'pyproject.toml': '[project]\nname = "shop"\nversion = "1.0"\n',
      'shop.py': 'def half(price):\n    if price < 0:\n        raise ValueError\n    return price / 2\n\n\ndef unused():\n    return 1\n',
      'tests/__init__.py': '',
      'tests/test_shop.py':
        'import os\nimport unittest\nfrom shop import half\n\n\nclass ShopTest(unittest.TestCase):\n    def test_half(self):\n        self.assertEqual(half(4), 2)\n        self.assertNotIn("python-start", os.environ.get("PYTHONPATH", ""))\n',
    });
    const said = await assay(directory, ['verify', '--only', '--level', 'test', '--coverage', '.']);
    assert.match(said.out, /The only test passes \(python -m unittest, .*\)\n +lines 66 % · branches 50 % · functions 50 % of 1 file\n/);
  });

  it('is nothing that an ordinary proof has', async () => {
    const directory = copyFixture('node-test');
    const said = await assay(directory, ['verify', '--only', '--level', 'test', '--json', 'out.json']);
    assert.equal(said.status, 0, said.err + said.out);
    assert.equal((JSON.parse(readFileSync(path.join(directory, 'out.json'), 'utf8')) as Written).projects[0]?.rungs[0]?.coverage, undefined);
    const [proof = ''] = readdirSync(path.join(directory, '.assay', 'evidence'));
    assert.equal(existsSync(path.join(directory, '.assay', 'evidence', proof, 'coverage.json')), false);
  });
});
