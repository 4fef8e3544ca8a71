import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countCode, describeCoverage, sumCounts } from './counting.ts';
import { declaredFunctions } from './functions.ts';
import { mergeFiles } from './merging.ts';
import type { CoverageCounts, CoveredFile } from './model.ts';
import { mergeCoveragePy, pythonFile, readCoveragePy } from './readers/coverage-py.ts';
import { goFile, mergeBlocks, readGoProfile } from './readers/go-profile.ts';
import { readIstanbul } from './readers/istanbul.ts';
import { ownCode } from './scope.ts';
import { convertCode } from './v8/convert.ts';
import { gatherCode, type RawCoverage } from './v8/scripts.ts';
import { segmentsOf, sumSegments } from './v8/segments.ts';

/** What a real run left; each was recorded together with what the tool's own report says of it. */
function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** `10/11` each. */
function short({ lines, statements, branches, functions }: CoverageCounts): string[] {
  return [lines, statements, branches, functions].map((one) => (one ? `${one.covered}/${one.total}` : '–'));
}

describe('coverage of Vitest by V8', () => {
  for (const version of [2, 4, 5]) {
    it(`is what version ${version} ran, in terms of what was written`, async () => {
      const { raws, maps } = recorded<{ raws: RawCoverage[]; maps: Record<string, object> }>(`vitest@${version}`);
      const { code, unknown } = gatherCode(raws, () => true);
      const files: CoveredFile[] = [];
      for (const ran of code) files.push(...((await convertCode(ran, ran.text ?? '', maps[ran.file])) ?? []));
      assert.deepEqual(unknown, []);
      // As `vitest run --coverage` of versions 4 and 5 tells of the same sources: 92.3, 90.9, 75 and 90.9 %, and 100 % throughout.
      assert.deepEqual(
        mergeFiles(files)
          .map(({ file, counts }) => [file, ...short(counts)])
          .sort(),
        [
          ['/project/src/cart.ts', '7/7', '9/9', '6/6', '4/4'],
          ['/project/src/price.ts', '10/11', '12/13', '10/11', '3/4'],
        ],
      );
      const price = mergeFiles(files).find(({ file }) => file.endsWith('price.ts'));
      assert.deepEqual(
        price?.functions.map(({ name, range, count }) => [name, range.start.line + 1, count]),
        [
          ['subtotal', 9, 5],
          ['discount', 19, 6],
          ['(anonymous_2)', 25, 2],
          ['format', 31, 0],
        ],
      );
    });
  }

  it('is not known of code whose text was changed and not told', () => {
    const functions = [{ functionName: '', ranges: [{ startOffset: 0, endOffset: 9, count: 1 }] }];
    const url = 'file:///project/a.ts';
    const raw = { result: [{ scriptId: '1', url, functions }], 'source-map-cache': { [url]: {} } };
    assert.deepEqual(
      gatherCode([raw], () => true),
      { code: [], unknown: ['/project/a.ts'] },
    );
    const other = { result: [{ scriptId: '7', url: `${url}?again`, functions }] };
    assert.deepEqual(gatherCode([raw, other], () => true).unknown, []);
    assert.deepEqual(
      gatherCode([raw, other], () => false),
      { code: [], unknown: [] },
    );
  });
});

describe('counts of V8', () => {
  const outer = { startOffset: 0, endOffset: 100, count: 1 };
  const inner = { startOffset: 10, endOffset: 50, count: 4 };
  const block = { startOffset: 20, endOffset: 30, count: 0 };

  it('are those of the smallest range around a piece', () => {
    const functions = [
      { functionName: '', ranges: [outer] },
      { functionName: 'f', ranges: [inner, block] },
    ];
    assert.deepEqual(
      segmentsOf(functions).map(({ startOffset, endOffset, count }) => [startOffset, endOffset, count]),
      [
        [0, 10, 1],
        [10, 20, 4],
        [20, 30, 0],
        [30, 50, 4],
        [50, 100, 1],
      ],
    );
  });

  it('of several runs are added where their pieces overlap', () => {
    assert.deepEqual(
      sumSegments([[outer], [inner], [{ ...inner, count: 1 }]]).map(({ startOffset, endOffset, count }) => [startOffset, endOffset, count]),
      [
        [0, 10, 1],
        [10, 50, 6],
        [50, 100, 1],
      ],
    );
  });
});

describe("coverage by Istanbul's reports", () => {
  const span = (line: number, end: number | null = 5) => ({ start: { line, column: 2 }, end: { line, column: end } });
  const file = {
    path: '/project/a.js',
    statementMap: { 0: span(1), 1: span(1, 9), 2: span(2, null) },
    s: { 0: 0, 1: 3, 2: 0 },
    branchMap: { 0: { type: 'if', loc: span(2), locations: [span(2), { start: {}, end: {} }] } },
    b: { 0: [0, 3] },
    fnMap: { 0: { name: 'f', decl: span(1), loc: span(1) } },
    f: { 0: 3 },
  };

  it('has lines that ran where one of their statements did, and ways without code', () => {
    const [read] = readIstanbul({ '/project/a.js': file, other: { data: 1 } });
    assert.ok(read);
    assert.deepEqual(short(read.counts), ['1/2', '1/3', '1/2', '1/1']);
    assert.equal(read.statements[2]?.range.end.column, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(read.branches[0]?.arms, [{ count: 0, range: { start: { line: 1, column: 2 }, end: { line: 1, column: 5 } } }, { count: 3 }]);
    assert.deepEqual(readIstanbul(null), []);
    assert.deepEqual(readIstanbul([1, 'a']), []);
  });

  it('of the same file are added', () => {
    const [a] = readIstanbul({ a: file });
    const [b] = readIstanbul({ a: { ...file, s: { 0: 1, 1: 0, 2: 1 }, b: { 0: [2, 0] } } });
    assert.ok(a && b);
    const [both] = mergeFiles([a, b]);
    assert.deepEqual(both && short(both.counts), ['2/2', '3/3', '2/2', '1/1']);
    assert.equal(both?.functions[0]?.count, 6);
  });
});

describe('coverage of go', () => {
  it('has statements as `go tool cover` counts them, and functions that ran', async () => {
    const { profile, text } = recorded<{ profile: string; text: string }>('go');
    const [[name, blocks] = ['', []]] = readGoProfile(profile);
    assert.equal(name, 'example.com/shop/price.go');
    const { counts, functions } = goFile('/project/price.go', blocks, text, await declaredFunctions('go', text));
    // `go tool cover -func` said 70.0 %, and 83.3, 66.7 and 0.0 % of the functions.
    assert.deepEqual(short(counts), ['7/10', '7/10', '–', '2/3']);
    assert.deepEqual(
      functions.map((one) => [one.name, one.range.start.line + 1, one.count]),
      [
        ['Total', 6, 1],
        ['Half', 18, 1],
        ['clear', 27, 0],
      ],
    );
  });

  it('adds what several packages ran of a block', () => {
    const files = readGoProfile('mode: count\na/b.go:1.2,3.4 2 0\na/b.go:1.2,3.4 2 5\nbroken\n');
    assert.deepEqual(
      files.get('a/b.go')?.map(({ statements, count }) => [statements, count]),
      [[2, 5]],
    );
    const [block] = files.get('a/b.go') ?? [];
    assert.ok(block);
    assert.deepEqual(mergeBlocks([block, { ...block, count: 2 }]), [{ ...block, count: 7 }]);
  });
});

describe('coverage by coverage.py', () => {
  it('has what its own report says, and functions by their bodies', async () => {
    const report = recorded<{
      text: string;
      totals: { covered_lines: number; num_statements: number; covered_branches: number; num_branches: number };
    }>('coverage-py');
    const told = readCoveragePy(report).get('shop/price.py');
    assert.ok(told);
    const { counts, functions } = pythonFile('/project/shop/price.py', told, await declaredFunctions('python', report.text));
    const { covered_lines, num_statements, covered_branches, num_branches } = report.totals;
    const lines = `${covered_lines}/${num_statements}`;
    assert.deepEqual(short(counts), [lines, lines, `${covered_branches}/${num_branches}`, '3/4']);
    assert.deepEqual(
      functions.filter(({ count }) => count === 0).map(({ name }) => name),
      ['clear'],
    );
    assert.equal(readCoveragePy({ data: [] }).size, 0);
  });

  it('has no branches where none were measured', () => {
    assert.equal(pythonFile('/a.py', { executed_lines: [1], missing_lines: [] }, []).counts.branches, null);
  });
});

describe('coverage by coverage.py of several runs', () => {
  it('has what ran in one of them', () => {
    const [a, b] = [
      {
        executed_lines: [1, 2],
        missing_lines: [3, 4],
        executed_branches: [[1, 2]] as [number, number][],
        missing_branches: [[1, 4]] as [number, number][],
      },
      {
        executed_lines: [1, 4],
        missing_lines: [2, 3],
        executed_branches: [[1, 4]] as [number, number][],
        missing_branches: [
          [1, 2],
          [3, -1],
        ] as [number, number][],
      },
    ];
    assert.deepEqual(short(pythonFile('/a.py', mergeCoveragePy([a, b]), []).counts), ['3/4', '3/4', '2/3', '0/0']);
    assert.deepEqual(mergeCoveragePy([a]), a);
    assert.equal(pythonFile('/a.py', mergeCoveragePy([{ executed_lines: [], missing_lines: [] }, a]), []).counts.lines?.total, 4);
  });
});

describe('what counts as code under test', () => {
  const wanted = ownCode('/project', new Set(['/project/src/odd.js']));

  it('is what lies below the project and is no test, dependency or set-up', () => {
    const files = ['src/a.ts', 'lib/contest.js', 'packages/core/src/index.js', 'shop/price.py', 'pkg/latest/a.go', 'src/testing.ts'];
    assert.deepEqual(
      files.filter((file) => !wanted(`/project/${file}`)),
      [],
    );
  });

  it('is nothing else', () => {
    const files = [
      ...['../other/a.js', 'node_modules/a/index.js', 'src/odd.js', 'src/a.test.ts', 'test/helper.js', 'test.js', 'src/__tests__/a.js'],
      ...[
        'vitest.config.ts',
        '.eslintrc.cjs',
        'types/a.d.ts',
        'tests/test_a.py',
        'test_a.py',
        'conftest.py',
        'a_test.go',
        'vendor/x/y.go',
        '.venv/lib/a.py',
      ],
    ];
    assert.deepEqual(
      files.filter((file) => wanted(`/project/${file}`)),
      [],
    );
  });
});

describe('coverage in words', () => {
  it('rounds down, so that 100 % is all of it, and leaves out what is not told', () => {
    const counts = { lines: null, statements: { covered: 199, total: 200 }, branches: null, functions: { covered: 2, total: 3 } };
    assert.equal(describeCoverage(counts), 'statements 99 % · functions 66 %');
    const all = sumCounts([{ counts }, { counts: countCode([], [], []) }]);
    assert.equal(describeCoverage(all), 'statements 99 % · functions 66 %');
    assert.deepEqual(all.branches, { covered: 0, total: 0 });
    assert.deepEqual(sumCounts([]), { lines: null, statements: null, branches: null, functions: null });
  });
});
