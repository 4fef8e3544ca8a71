import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { schema } from 'mutation-testing-report-schema';
import type { Check, MutantStatus, ResolvedMutant, ResolvedPiece, StoredTest, Verdict } from '../mutation/index.ts';
import { mergeReports, type ReportFile, type ReportInput, render } from './index.ts';

/** The validator that StrykerJS brings. */
interface Ajv {
  validate(schema: object, data: unknown): boolean;
  errorsText(): string;
}
const ofStryker = createRequire(createRequire(import.meta.url).resolve('@stryker-mutator/core'));
const AjvClass = (ofStryker('ajv') as { default: new (options: object) => Ajv }).default;

const DIRECTORY = path.resolve('/work space/pkg');
const SOURCE = 'const a = "</script><script>alert(1)</script><!-- ]]>";\nexport function f(b) {\n  return b > 1;\n}\n';

function mutant(id: string, status: MutantStatus, line: number, more: Partial<ResolvedMutant> = {}): ResolvedMutant {
  const range = { start: { line, column: 9 }, end: { line, column: 14 } };
  return {
    id,
    status,
    range,
    mutator: 'EqualityOperator',
    original: 'b > 1',
    replacement: 'b >= 1',
    static: false,
    coveredBy: [],
    killedBy: [],
    ...more,
  };
}

function piece(name: string, mutants: ResolvedMutant[], more: Partial<ResolvedPiece> = {}): ResolvedPiece {
  return {
    name,
    kind: 'function',
    range: { start: { line: 1, column: 0 }, end: { line: 3, column: 1 } },
    stale: false,
    judgedAt: 1,
    scanned: false,
    mutants,
    ...more,
  };
}

function report(files: ReportFile[], more: Partial<ReportInput> = {}): ReportInput {
  const tests: StoredTest[] = [
    { id: 1, name: 'f works', file: 'test/a.js', position: { line: 4, column: 2 }, durationMs: 1 },
    { id: 2, name: 'f is <b>', file: '', durationMs: 1 },
    { id: 3, name: 'of no mutant here', file: 'test/b.js', durationMs: 1 },
  ];
  return {
    ...{ packageName: 'pkg', directory: DIRECTORY, files, version: '1.2.3', tests: new Map(tests.map((test) => [test.id, test])) },
    run: {
      ...{ startedAt: Date.UTC(2026, 0, 2), durationMs: 1500, executor: 'StrykerJS 10', framework: 'mocha 11.0.0', node: '24.0.0' },
      ...{ command: 'assay mutate src/a.js', testsRun: 3, complete: true },
    },
    ...more,
  };
}

const EVERY: MutantStatus[] = ['Survived', 'NoCoverage', 'Killed', 'Timeout', 'RuntimeError', 'CompileError', 'Ignored', 'Pending'];
const FULL = report([
  {
    path: 'src/a b#1.js',
    text: SOURCE,
    pieces: [
      piece('a', [mutant('s', 'Survived', 0, { mutator: 'StringLiteral', original: '"</script>"', replacement: '""', static: true })], {
        kind: 'statement',
      }),
      piece('f', [
        ...EVERY.map((status) => mutant(status, status, 2)),
        mutant('k', 'Killed', 2, { coveredBy: [1, 2], killedBy: [2], reason: 'expected </script>', testsRun: 2 }),
      ]),
      piece('old', [mutant('stale', 'Survived', 0)], { stale: true }),
    ],
  },
  { path: 'src/empty.ts', text: '', pieces: [] },
]);

describe('the report as JSON', () => {
  const valid = async (input: ReportInput) => {
    const json = JSON.parse(await render('json', input)) as Record<string, never>;
    const ajv = new AjvClass({ strict: false, validateFormats: false });
    assert.ok(ajv.validate(schema, json), ajv.errorsText());
    return json as unknown as import('mutation-testing-report-schema/api').MutationTestResult;
  };

  it('is valid by the schema, with every status', async () => {
    const json = await valid(FULL);
    assert.deepEqual(
      json.files['src/a b#1.js']?.mutants.map(({ id }) => id),
      ['s', ...EVERY, 'k'],
    );
    assert.equal(json.files['src/a b#1.js']?.source, SOURCE);
    assert.deepEqual([json.files['src/a b#1.js']?.language, json.files['src/empty.ts']?.language], ['javascript', 'typescript']);
    assert.deepEqual(json.framework, { name: 'Assay', version: '1.2.3', dependencies: { mocha: '11.0.0' } });
  });

  it('counts places from one', async () => {
    const [first] = (await valid(FULL)).files['src/a b#1.js']?.mutants ?? [];
    assert.deepEqual(first?.location, { start: { line: 1, column: 10 }, end: { line: 1, column: 15 } });
  });

  it('holds the tests that its mutants name, and no others', async () => {
    const json = await valid(FULL);
    assert.deepEqual(json.testFiles, {
      'test/a.js': { tests: [{ id: '1', name: 'f works', location: { start: { line: 5, column: 3 } } }] },
      '': { tests: [{ id: '2', name: 'f is <b>' }] },
    });
    const known = json.files['src/a b#1.js']?.mutants.find(({ id }) => id === 'k');
    assert.deepEqual([known?.coveredBy, known?.killedBy, known?.testsCompleted, known?.statusReason], [['1', '2'], ['2'], 2, 'expected </script>']);
  });

  it('keeps the status of what is suppressed, and says why', async () => {
    const arid = mutant('a', 'Survived', 0, { suppressed: { kind: 'arid', reason: 'logging' } });
    const json = await valid(report([{ path: 'a.js', text: SOURCE, pieces: [piece('f', [arid])] }]));
    const [first] = json.files['a.js']?.mutants ?? [];
    assert.deepEqual([first?.status, first?.statusReason], ['Survived', 'Suppressed (arid): logging']);
  });

  it('tells what came of a verification, and of each verdict that was not right the last words of the command', async () => {
    const verdict: Verdict = { ...mutant('v', 'Survived', 2), file: path.join(DIRECTORY, 'src/a.js') };
    const run = { outcome: 'failed' as const, command: 'mocha --bail', durationMs: 5 };
    const checks: Check[] = [
      { verdict, result: 'right', runs: [{ ...run, outcome: 'passed', tail: [] }] },
      { verdict, result: 'wrong', runs: [{ ...run, tail: Array.from({ length: 30 }, (_, i) => String(i)) }] },
    ];
    const json = await valid(report([], { verification: { seed: 7, population: 9, checks, commands: ['mocha --bail'] } }));
    const { notRight, ...counts } = (json.config as { verification: Record<string, unknown> }).verification;
    assert.deepEqual(counts, { seed: 7, verdicts: 9, checked: 2, right: 1, wrong: 1, inconclusive: 0, 'not-applied': 0, commands: ['mocha --bail'] });
    assert.deepEqual(notRight, [
      {
        result: 'wrong',
        file: 'src/a.js',
        location: { start: { line: 3, column: 10 }, end: { line: 3, column: 15 } },
        mutatorName: 'EqualityOperator',
        replacement: 'b >= 1',
        status: 'Survived',
        runs: [{ ...run, tail: Array.from({ length: 20 }, (_, i) => String(i + 10)) }],
      },
    ]);
  });

  it('is valid without any result or run', async () => {
    assert.deepEqual((await valid(report([], { run: undefined }))).files, {});
  });
});

describe('the report as SARIF', () => {
  interface Sarif {
    version: string;
    runs: {
      tool: { driver: { name: string; version: string; rules: { id: string }[] } };
      originalUriBaseIds: Record<string, { uri: string }>;
      columnKind: string;
      results: {
        ruleId: string;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: object };
          logicalLocations?: { fullyQualifiedName: string }[];
        }[];
        partialFingerprints: Record<string, string>;
        suppressions?: object[];
      }[];
    }[];
  }
  const sarif = async (input: ReportInput) => JSON.parse(await render('sarif', input)) as Sarif;

  it('holds survivors as warnings and code without coverage as notes', async () => {
    const { version, runs } = await sarif(FULL);
    const [run] = runs;
    assert.equal(version, '2.1.0');
    assert.equal(runs.length, 1);
    assert.deepEqual(
      run?.results.map(({ ruleId, level, partialFingerprints }) => [ruleId, level, partialFingerprints['assayMutant/v1']]),
      [
        ['StringLiteral', 'warning', 's'],
        ['EqualityOperator', 'warning', 'Survived'],
        ['EqualityOperator', 'note', 'NoCoverage'],
      ],
    );
    assert.deepEqual(
      run?.tool.driver.rules.map(({ id }) => id),
      ['EqualityOperator', 'StringLiteral'],
    );
    assert.equal(run?.columnKind, 'utf16CodeUnits');
  });

  it('marks what is suppressed as SARIF does', async () => {
    const arid = mutant('a', 'Survived', 0, { suppressed: { kind: 'arid', reason: 'logging' } });
    const [run] = (await sarif(report([{ path: 'a.js', text: SOURCE, pieces: [piece('f', [arid, mutant('b', 'Survived', 1)])] }]))).runs;
    assert.deepEqual(
      run?.results.map(({ suppressions }) => suppressions),
      [[{ kind: 'external', status: 'accepted', justification: 'logging' }], undefined],
    );
  });

  it('names places from one, by URIs that lead to the file', async () => {
    const [run] = (await sarif(FULL)).runs;
    const [location] = run?.results[1]?.locations ?? [];
    assert.deepEqual(location?.physicalLocation.region, { startLine: 3, startColumn: 10, endLine: 3, endColumn: 15 });
    assert.equal(location?.logicalLocations?.[0]?.fullyQualifiedName, 'f');
    const { uri, uriBaseId } = location?.physicalLocation.artifactLocation ?? { uri: '', uriBaseId: '' };
    assert.equal(new URL(uri, run?.originalUriBaseIds[uriBaseId]?.uri).href, pathToFileURL(path.join(DIRECTORY, 'src/a b#1.js')).href);
  });

  it('has no results where there are none', async () => assert.deepEqual((await sarif(report([]))).runs[0]?.results, []));
});

describe('the report as Markdown', () => {
  it('holds the score, its facts, the files and the survivors', async () => {
    const text = await render('markdown', FULL);
    assert.deepEqual(text.split('\n'), [
      '# Mutation score of pkg: 50.0 %',
      '',
      '10 mutants: 2 killed, 1 timed out, 2 survived, 1 without coverage. Of covered code: 60.0 %.',
      '',
      '3 tests on mocha 11.0.0, judged by StrykerJS 10 on Node 24.0.0 in 1.5 s, 2026-01-02T00:00:00.000Z. Again: `assay mutate src/a.js`',
      '',
      '| File | Score | Survived | No coverage | Killed | Timeout |',
      '|---|---:|---:|---:|---:|---:|',
      '| src/a b#1.js | 50.0 % | 2 | 1 | 2 | 1 |',
      '| src/empty.ts | no mutants | 0 | 0 | 0 | 0 |',
      '',
      '## src/a b#1.js',
      '',
      '- src/a b#1.js:3: No test notices when `>` becomes `>=`. (EqualityOperator)',
      '- src/a b#1.js:1: No test notices when "</script>" becomes an empty string. (StringLiteral)',
      '',
    ]);
  });

  it('lists the seven survivors of a file that teach most, tells the rest by number, and what is suppressed by reason', async () => {
    const suppressed = (kind: 'arid' | 'duplicate', reason: string) => ({ suppressed: { kind, reason } });
    const mutants = [
      ...Array.from({ length: 13 }, (_, i) => mutant(String(i), 'Survived', i)),
      ...[mutant('a', 'Survived', 20, suppressed('arid', 'logging')), mutant('b', 'Survived', 21, suppressed('arid', 'logging'))],
      ...[mutant('c', 'Survived', 22, suppressed('duplicate', 'the same')), mutant('d', 'NoCoverage', 23, suppressed('arid', 'error text'))],
    ];
    const lines = (await render('markdown', report([{ path: 'a.js', text: SOURCE, pieces: [piece('f', mutants)] }]))).split('\n');
    assert.equal(lines.filter((line) => line.startsWith('- a.js:')).length, 7);
    assert.ok(lines.includes('- … and 9 more: 6 that teach less, 2 logging, 1 duplicate'), lines.join('\n'));
    assert.ok(lines.includes('4 suppressed (2 logging, 1 duplicate, 1 error text); they count in the score.'), lines.join('\n'));
    assert.match(lines[2] ?? '', /^17 mutants: 0 killed, 0 timed out, 16 survived, 1 without coverage/);
  });

  it('leaves out of the score what only a quick scan has judged, and shows its survivors', async () => {
    const removes = { title: '`g`', at: { start: { line: 5, column: 9 }, end: { line: 5, column: 10 } } };
    const scanned = [mutant('b', 'Survived', 5, { mutator: 'BlockStatement', removes, coveredBy: [1] })];
    const pieces = [piece('f', [mutant('k', 'Killed', 2)]), piece('g', scanned, { scanned: true })];
    const text = await render('markdown', report([{ path: 'a.js', text: SOURCE, pieces }]));
    assert.match(text, /^# Mutation score of pkg: 100\.0 %\n\n1 mutants: 1 killed, 0 timed out, 0 survived/);
    assert.match(text, /\nIn no score, because only a quick scan judged them: 1 function\.\n/);
    assert.match(text, /\| a\.js \| 100\.0 % \| 0 \| 0 \| 1 \| 0 \|/);
    assert.match(text, /- a\.js:6: No test would miss `g`: its body can be removed and 1 test that runs it still passes\./);
  });

  it('of a quick scan holds the functions that no test would miss and those that none runs', async () => {
    const of = (name: string, status: MutantStatus, line: number, tests: number[]) => {
      const at = { start: { line, column: 9 }, end: { line, column: 10 } };
      return piece(name, [mutant(name, status, line, { mutator: 'BlockStatement', removes: { title: `\`${name}\``, at }, coveredBy: tests })], {
        scanned: true,
      });
    };
    const pieces = [of('f', 'Survived', 1, [1, 2]), of('g', 'NoCoverage', 2, []), of('h', 'Killed', 3, [1])];
    const text = await render('markdown', report([{ path: 'a.js', text: SOURCE, pieces }], { extreme: true }));
    assert.deepEqual(text.split('\n'), [
      '# pkg: 1 of 3 functions pseudo-tested',
      '',
      'Tests run them, and none notices when their body is removed. 1 would be missed, 1 not run, 0 suppressed.',
      '',
      '3 tests on mocha 11.0.0, judged by StrykerJS 10 on Node 24.0.0 in 1.5 s, 2026-01-02T00:00:00.000Z. Again: `assay mutate src/a.js`',
      '',
      '## Tests run these functions, and none would miss them',
      '',
      '- a.js:2: No test would miss `f`: its body can be removed and 2 tests that run it still pass.',
      '',
      '## No test runs these functions',
      '',
      '- a.js:3: No test runs `g`: nothing would notice when its body is removed.',
      '',
    ]);
  });

  it('says that a run was not complete', async () => {
    const input = report([]);
    const text = await render('markdown', { ...input, run: input.run && { ...input.run, complete: false } });
    assert.match(text, /\*\*not complete\*\*/);
  });
});

describe('the report as HTML', () => {
  const scripts = (html: string) => [...html.matchAll(/<script>([\s\S]*?)<\/script>/gi)].map(([, text = '']) => text);

  it('refers to nothing outside of itself', async () => {
    const outside = (await render('html', FULL)).replace(/<script>[\s\S]*?<\/script>/gi, '');
    assert.doesNotMatch(outside, /\b(src|href|action)\s*=|url\(|@import/i);
    const all = scripts(await render('html', FULL));
    assert.ok(all.length > 0);
    for (const script of all) assert.doesNotMatch(script, /\b(fetch|importScripts)\(\s*["'`]https?:|<link\b|<script\s+src/i);
  });

  it('survives sources that would end its script, and shows them as they are', async () => {
    const html = await render('html', { ...FULL, packageName: '<b>"pkg" & </title><script>alert(2)</script>' });
    const all = scripts(html);
    assert.equal(all.length, 2);
    assert.equal(html.match(/<script\b/gi)?.length, 2 + (all[0]?.match(/<script\b/gi)?.length ?? 0));
    const app = { addEventListener: () => {}, themeBackgroundColor: '', report: undefined as unknown };
    const document = { querySelector: () => app, documentElement: { style: {} } };
    new Function('document', all[1] ?? '')(document);
    const { files } = app.report as { files: Record<string, { source: string }> };
    assert.equal(files['src/a b#1.js']?.source, SOURCE);
  });

  it('holds scripts that parse', async () => {
    const all = scripts(await render('html', FULL));
    assert.ok(all.length > 0);
    for (const script of all) assert.doesNotThrow(() => new Function(script));
  });
});

describe('reports of several packages as one', () => {
  const of = (name: string) =>
    report([{ path: 'src/a.js', text: SOURCE, pieces: [piece('f', [mutant(`of ${name}`, 'Killed', 2, { coveredBy: [1, 2], killedBy: [2] })])] }], {
      ...{ packageName: name, directory: path.join(DIRECTORY, name) },
    });

  it('has the paths from the directory and tells the tests of each apart', () => {
    const merged = mergeReports([of('x'), of('y')], DIRECTORY);
    assert.equal(merged.packageName, 'x, y');
    assert.deepEqual(
      merged.files.map((file) => file.path),
      ['x/src/a.js', 'y/src/a.js'],
    );
    const killers = merged.files.map((file) => file.pieces[0]?.mutants[0]?.killedBy.map((id) => merged.tests.get(id)));
    assert.deepEqual(
      killers.map((tests) => tests?.map((test) => test?.name)),
      [['f is <b>'], ['f is <b>']],
    );
    const covering = merged.files.map((file) => file.pieces[0]?.mutants[0]?.coveredBy.map((id) => merged.tests.get(id)?.file));
    assert.deepEqual(covering, [
      ['x/test/a.js', ''],
      ['y/test/a.js', ''],
    ]);
    assert.equal(merged.tests.size, 6);
    for (const [id, test] of merged.tests) assert.equal(test.id, id);
    assert.equal(merged.run, undefined);
  });

  it('keeps the run of a single one', () => {
    const one = of('x');
    assert.deepEqual(mergeReports([one], DIRECTORY).run, one.run);
  });

  it('is empty without any', () => {
    assert.deepEqual(mergeReports([], DIRECTORY), {
      packageName: '',
      directory: DIRECTORY,
      files: [],
      tests: new Map(),
      run: undefined,
      version: '',
    });
  });
});
