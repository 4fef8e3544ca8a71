import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CancellationTokenSource, DiagnosticSeverity } from 'vscode-languageserver-protocol/node';
import type { Ladder, VerifyParams } from '../../server/protocol.ts';
import { recordProof } from '../support/recorded-proofs.ts';
import { emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';
import { Session } from './session.ts';

const SUM = 'export const sum = (a, b) => a + b;\nexport const half: string = 2;\n';
const TEST = "import { test } from 'node:test';\ntest('adds', () => {\n  check(1);\n});\n";
const at = (line: number, column: number, end: number) => ({ start: { line, column }, end: { line, column: end } });

/** What is known of the rungs of projects, and what verifying them comes to. */
describe('the ladders of a workspace', () => {
  let directory: string;
  let session: Session;
  const ladder = async (): Promise<Ladder> => (await session.ask('ladders', {}))[0] as Ladder;
  const step = async (rung: string) => (await ladder()).steps.find((one) => one.rung === rung);
  const verify = (more: Partial<VerifyParams> = {}) => session.ask('verify', { run: 1, what: 'all', level: 'compile', only: false, ...more });
  const shown = (file: string) => (session.diagnostics.get(session.uri(file)) ?? []).map(({ range, message }) => `${range.start.line}: ${message}`);
  const restart = async (options = {}) => {
    await session.stop();
    session = await Session.start([directory], options);
  };

  beforeEach(async () => {
    directory = emptyWorkspace({
      'package.json': JSON.stringify({ name: 'shop', scripts: { build: 'node build.js', test: 'node --test' } }, null, 2),
      'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }',
      'build.js': "console.log('built');\n",
      'src/sum.ts': SUM,
      'test/sum.test.js': TEST,
    });
    session = await Session.start([directory]);
  });
  afterEach(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('tells what would be run before anything was, and stores nothing for it', async () => {
    const { name, path: place, ecosystem, steps } = await ladder();
    assert.deepEqual([name, place, ecosystem], ['shop', '.', 'node']);
    assert.deepEqual(
      steps.map(({ rung, commands, newest, trend }) => [rung, commands, newest, trend.length]),
      [
        ['compile', ['npm run build'], null, 0],
        ['test', ['npm test'], null, 0],
        ['mutation', [], null, 0],
        ['load', [], null, 0],
      ],
    );
    assert.equal(existsSync(path.join(directory, '.assay')), false);
  });

  it('tells the commands that the configuration names, and nothing to choose beside them', async () => {
    const scripts = { test: 'jest', 'test:unit': 'vitest run' };
    write(directory, 'package.json', JSON.stringify({ name: 'shop', scripts, devDependencies: { jest: '30', vitest: '4' } }));
    const commands = { compile: ['make all'], test: 'make check', start: 'make serve' };
    write(directory, 'assay.config.json', JSON.stringify({ verify: commands }));
    await restart();
    assert.deepEqual(
      (await ladder()).steps.map((one) => [one.rung, one.commands, one.cannot, one.choices]),
      [
        ['compile', ['make all'], null, []],
        ['test', ['make check'], null, []],
        ['mutation', [], null, []],
        ['load', ['make serve'], null, []],
      ],
    );
  });

  it('verifies a package of a workspace by itself where only its configuration says how', async () => {
    write(directory, 'package.json', JSON.stringify({ name: 'shop', workspaces: ['packages/*'], scripts: { test: 'node --test' } }));
    write(directory, 'packages/a/package.json', JSON.stringify({ name: 'a', scripts: { build: 'tsc' } }));
    write(directory, 'packages/a/assay.config.json', JSON.stringify({ verify: { test: 'node --version' } }));
    await restart();
    const { projects } = await verify({ what: { within: session.uri('packages/a/package.json') }, level: 'test', only: true });
    assert.deepEqual(
      projects.map(({ name }) => name),
      ['a'],
    );
  });

  it('shows all else where the evidence of a proof is damaged', async () => {
    const { id } = await recordProof(directory, 'test');
    write(directory, `.assay/evidence/${id}/proof.json`, '{"id": null}');
    assert.deepEqual(
      (await ladder()).steps.map(({ newest }) => newest && [newest.summary, newest.hasEvidence]),
      [null, ['It does not', false], null, null],
    );
    assert.deepEqual(await session.ask('provenTests', {}), []);
  });

  it('puts load on this machine only, but for the hosts of a setting', async () => {
    const load = async () => {
      const { projects } = await verify({ level: 'load', only: true, endpoint: 'http://stage.invalid/orders' });
      const [rung] = projects[0]?.rungs ?? [];
      return (await step('load'))?.newest?.notes.join(' ') ?? rung?.summary ?? '';
    };
    assert.match(await load(), /Load goes to this machine only; stage\.invalid is allowed by the setting/);
    await restart({ settings: { loadHosts: ['stage.invalid'] } });
    assert.match(await load(), /http:\/\/stage\.invalid\/orders cannot be put under load: it does not answer/);
  });

  it('measures what tests cover only when that is asked for, and tells it file by file', async () => {
    write(
      directory,
      'src/price.js',
      'export function total(a, b, free = false) {\n  return free ? 0 : a + b;\n}\nexport const half = (a) => a / 2;\n',
    );
    write(
      directory,
      'test/sum.test.js',
      "const { test } = require('node:test');\nconst { total } = require('../src/price.js');\ntest('adds', () => total(1, 2));\n",
    );
    write(directory, 'src/package.json', '{ "type": "module" }');
    const { projects } = await verify({ level: 'test', only: true, coverage: true });
    const proof = projects[0]?.rungs[0]?.proof ?? '';
    const project = (await ladder()).id;
    const uri = session.uri('src/price.js');
    const counts = { lines: [2, 2], statements: [2, 3], branches: [2, 3], functions: [1, 2] };
    const [first, ...others] = await session.ask('coverage', { project, proof });
    assert.deepEqual(others, []);
    assert.equal(first?.uri, uri);
    const { lines, statements, branches, functions } = first?.counts ?? {};
    assert.deepEqual(
      Object.fromEntries(Object.entries({ lines, statements, branches, functions }).map(([name, one]) => [name, [one?.covered, one?.total]])),
      counts,
    );
    assert.equal((await step('test'))?.newest?.coverage, 'lines 100 % · branches 66 % · functions 50 %');
    const detail = await session.ask('coveredFile', { project, proof, uri });
    assert.deepEqual(
      detail?.functions.map(({ name, count }) => [name, count]),
      [
        ['total', 1],
        ['(anonymous_1)', 0],
      ],
    );
    // The ways of the condition stand at the statement that they are in; the default of a parameter is in none.
    assert.deepEqual(
      detail?.statements
        .filter(({ arms }) => arms.length > 0)
        .map(({ range, arms }) => [range.start.line, arms.map(({ count, label }) => [count, label])]),
      [
        [
          1,
          [
            [0, 'cond-expr 1 of 2'],
            [1, 'cond-expr 2 of 2'],
          ],
        ],
        [0, [[1, 'default-arg']]],
      ],
    );
    assert.equal(await session.ask('coveredFile', { project, proof, uri: session.uri('src/sum.ts') }), null);
    await verify({ level: 'test', only: true });
    assert.equal((await step('test'))?.newest?.coverage, null);
  });

  it('proves a rung, tells it at once, and knows it after a restart', async () => {
    const { status, projects } = await verify();
    assert.equal(status, 'done');
    assert.deepEqual(
      projects.map(({ name, rungs }) => [name, rungs.map(({ rung, verdict, summary }) => [rung, verdict, summary])]),
      [['shop', [['compile', 'holds', 'It compiles']]]],
    );
    assert.ok(session.laddersChanged > 0);
    for (const when of ['at once', 'after a restart']) {
      const newest = (await step('compile'))?.newest;
      assert.equal(newest?.verdict, 'holds', when);
      assert.deepEqual(
        newest?.commands.map(({ line, ending }) => [line, ending]),
        [['npm run build', 'exit status 0']],
      );
      await restart();
    }
    await verify();
    assert.equal((await step('compile'))?.trend.length, 2);
    const proof = (await step('compile'))?.newest?.id ?? '';
    const detail = await session.ask('proof', { project: (await ladder()).id, proof });
    assert.match(readFileSync(new URL(detail?.log ?? ''), 'utf8'), /^\$ npm run build\n[\s\S]*built\n\[exit status 0/m);
  });

  it('asks whether dependencies that are not there are installed, and no more where that was declined', async () => {
    const manifest = { name: 'shop', scripts: { build: 'node build.js' }, dependencies: { own: 'file:own' } };
    write(directory, 'package.json', JSON.stringify(manifest));
    write(directory, 'own/package.json', '{ "name": "own", "version": "1.0.0" }');
    const packages = { '': manifest, 'node_modules/own': { resolved: 'own', link: true }, own: { version: '1.0.0' } };
    write(directory, 'package-lock.json', JSON.stringify({ name: 'shop', lockfileVersion: 3, packages }));
    await restart();
    const came = async (more: Partial<VerifyParams> = {}) => {
      const [one] = (await verify(more)).projects;
      return [one?.rungs.map(({ verdict, summary }) => `${verdict}: ${summary}`), one?.install];
    };
    const without = ['inconclusive: Its dependencies are not installed'];
    assert.deepEqual(await came(), [without, 'npm ci']);
    await session.ask('declineInstall', { project: (await ladder()).id });
    await restart();
    assert.deepEqual(await came(), [without, null]);
    await restart({ settings: { verifyInstall: 'never' } });
    assert.deepEqual(await came(), [without, null]);
    assert.deepEqual(await came({ install: true }), [['holds: It compiles'], null]);
    assert.deepEqual(
      (await step('compile'))?.newest?.commands.map(({ line }) => line),
      ['npm ci', 'npm run build'],
    );
  });

  it('tells how far it is', async () => {
    write(directory, 'build.js', "console.log('one of two');\nsetTimeout(() => {}, 600);\n");
    await verify({ run: 5 });
    const running = session.verifyProgress.find(({ text }) => text === 'one of two');
    assert.deepEqual([running?.run, running?.name, running?.rung, running?.command], [5, 'shop', 'compile', 'npm run build']);
    assert.equal(session.verifyProgress.at(-1)?.ended, true);
  });

  it('stops when it is cancelled, and keeps what it saw', async () => {
    write(directory, 'build.js', "console.log('going on');\nsetInterval(() => {}, 1000);\n");
    const cancel = new CancellationTokenSource();
    const result = session.ask('verify', { run: 1, what: 'all', level: 'test', only: false }, cancel.token);
    await session.until('the build', () => session.verifyProgress.some(({ text }) => text === 'going on'));
    const begun = performance.now();
    cancel.cancel();
    assert.equal((await result).status, 'cancelled');
    assert.ok(performance.now() - begun < 2000, `${performance.now() - begun} ms`);
    assert.deepEqual((await step('compile'))?.newest?.notes, ['It was cancelled.']);
    assert.equal((await step('test'))?.newest, null);
  });

  it('runs nothing in a workspace that is not trusted, and shows what is known', async () => {
    await recordProof(directory, 'test', { verdict: 'holds', summary: 'All 3 tests pass' });
    await restart({ trusted: false });
    const { status, failures } = await verify();
    assert.deepEqual([status, failures.map(({ code }) => code)], ['failed', ['untrusted']]);
    assert.equal((await step('test'))?.newest?.summary, 'All 3 tests pass');
  });

  it('looks at manifests again when they change', async () => {
    await ladder();
    write(directory, 'package.json', JSON.stringify({ name: 'shop', scripts: { test: 'node --test' } }));
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uri('package.json'), type: 2 }] });
    await session.until('the change', () => session.laddersChanged > 0);
    assert.match((await step('compile'))?.cannot?.message ?? '', /says how it is compiled/);
  });

  it('tells once of manifests that change one after the other, and not of those that are installed or built', async () => {
    const change = (file: string) =>
      session.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uri(file), type: 2 }] });
    const before = session.laddersChanged;
    for (let i = 0; i < 20; i++) await change(`node_modules/p${i}/package.json`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(session.laddersChanged, before);
    for (const file of ['package.json', 'package-lock.json', 'justfile', '.gitlab-ci.yml']) await change(file);
    await session.until('the change', () => session.laddersChanged > before);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(session.laddersChanged, before + 1);
  });

  it('tells what else could be run, and remembers what was chosen', async () => {
    write(
      directory,
      'package.json',
      JSON.stringify(
        { name: 'shop', scripts: { 'test:unit': 'node --test test/unit', 'test:integration': 'node --test test/integration' } },
        null,
        2,
      ),
    );
    await restart();
    const before = await step('test');
    const [choice] = before?.choices ?? [];
    assert.deepEqual([choice?.purpose, choice?.options.map(({ line }) => line)], ['test', ['npm run test:unit', 'npm run test:integration']]);
    assert.match(choice?.options[1]?.evidence.join() ?? '', /^package\.json:\d/);
    assert.deepEqual(before?.commands, ['npm run test:unit']);
    await session.ask('choose', { project: (await ladder()).id, purpose: 'test', line: 'npm run test:integration' });
    assert.deepEqual((await step('test'))?.commands, ['npm run test:integration']);
    await restart();
    assert.deepEqual((await step('test'))?.commands, ['npm run test:integration']);
  });

  it('finds the package of a file', async () => {
    write(directory, 'tools/package.json', JSON.stringify({ name: 'tools', scripts: { build: 'node -e 0', test: 'node --test' } }));
    await restart();
    const { projects } = await verify({ what: { within: session.uri('tools/src/x.js') } });
    assert.deepEqual(
      projects.map(({ name }) => name),
      ['tools'],
    );
  });

  it('tells the tests of a run, and runs some of them without a proof of the rung', async () => {
    write(
      directory,
      'test/sum.test.js',
      "import { test } from 'node:test';\ntest('adds', () => {});\ntest('adds none', () => {\n  throw new Error('no');\n});\n",
    );
    write(directory, 'test/other.test.js', "import { test } from 'node:test';\ntest('is another', () => {});\n");
    const uri = session.uri('test/sum.test.js');
    await verify({ level: 'test', only: true });
    const [proven] = await session.ask('provenTests', {});
    assert.deepEqual(proven?.tests.map(({ title, state, range }) => `${title.join()} ${state} ${range?.start.line}`).sort(), [
      'adds none failed 2',
      'adds passed 1',
      'is another passed 1',
    ]);
    const failure = proven?.tests.find(({ state }) => state === 'failed')?.failure;
    assert.deepEqual([failure?.message, failure?.uri, failure?.position?.line], ['no', uri, 3]);
    const some = await verify({ level: 'test', only: true, some: [{ uri, title: ['adds none'] }] });
    const proof = some.projects[0]?.rungs[0]?.proof ?? '';
    const [narrow] = await session.ask('provenTests', { project: proven?.project ?? '', proof });
    const ran = new Set(narrow?.tests.map(({ title }) => title.join()));
    assert.deepEqual([ran.has('adds none'), ran.has('is another')], [true, false]);
    assert.equal((await step('test'))?.trend.length, 1);
    assert.notEqual((await step('test'))?.newest?.id, proof);
  });

  describe('in Problems', () => {
    const record = async () => {
      await recordProof(directory, 'compile', {
        problems: [
          {
            tool: 'tsc',
            severity: 'error',
            code: 'TS2322',
            message: 'Type number is not string.',
            file: path.join(directory, 'src/sum.ts'),
            range: at(1, 13, 17),
          },
        ],
      });
      const failure = {
        message: 'it is another',
        expected: '2',
        actual: '1',
        file: path.join(directory, 'test/sum.test.js'),
        position: { line: 2, column: 2 },
      };
      const test = { framework: 'node:test', file: path.join(directory, 'test/sum.test.js'), title: ['adds'], position: { line: 1, column: 0 } };
      const counts = { passed: 0, failed: 1, skipped: 0, todo: 0, flaky: 0, broken: 0 };
      await recordProof(directory, 'test', {
        tests: { tests: [{ ...test, state: 'failed', failure }], broken: [], running: [], source: 'reporter', counts, flaky: [] },
      });
      await restart();
      await session.until('problems', () => shown('src/sum.ts').length > 0 && shown('test/sum.test.js').length > 0);
    };

    it('errors and failing tests stand at their lines, also of files that are not open and after a restart', async () => {
      await record();
      const [error] = session.diagnostics.get(session.uri('src/sum.ts')) ?? [];
      assert.deepEqual(error?.range, { start: { line: 1, character: 13 }, end: { line: 1, character: 17 } });
      assert.deepEqual([error?.severity, error?.source, error?.code], [DiagnosticSeverity.Error, 'Assay', 'TS2322']);
      assert.equal(readFileSync(new URL(error?.codeDescription?.href ?? ''), 'utf8'), 'what it said\n');
      assert.deepEqual(shown('src/sum.ts'), ['1: Type number is not string. (tsc)']);
      assert.deepEqual(shown('test/sum.test.js'), ['2: Fails: adds\nit is another\nexpected: 2\nactual: 1']);
    });

    it('they move with their lines, and go with them', async () => {
      await record();
      await session.open('test/sum.test.js', `// new\n\n${TEST}`);
      await session.until('the line', () => shown('test/sum.test.js')[0]?.startsWith('4: '));
      await session.change('test/sum.test.js', TEST.replace('check(1)', 'check(2)'));
      await session.until('nothing', () => shown('test/sum.test.js').length === 0);
      await session.change('test/sum.test.js', TEST);
      await session.until('the line again', () => shown('test/sum.test.js')[0]?.startsWith('2: '));
    });

    it('they go with the next proof, and while the setting is off', async () => {
      await record();
      await verify();
      await session.until('no error', () => shown('src/sum.ts').length === 0);
      assert.equal(shown('test/sum.test.js').length, 1);
      await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: { assay: { verifyProblems: false } } });
      await session.until('nothing', () => shown('test/sum.test.js').length === 0);
    });

    it('the proof tells them with their places of now', async () => {
      await record();
      await session.open('test/sum.test.js', `// new\n${TEST}`);
      const { id, steps } = await ladder();
      const detail = await session.ask('proof', { project: id, proof: steps[1]?.newest?.id ?? '' });
      assert.deepEqual(detail?.failures, [
        {
          ...{ kind: 'failed', framework: 'node:test', title: ['adds'], message: 'it is another', expected: '2', actual: '1', durationMs: null },
          at: { uri: session.uri('test/sum.test.js'), path: 'test/sum.test.js', position: { line: 3, column: 2 }, isThere: true },
        },
      ]);
      const [tests] = await session.ask('provenTests', {});
      assert.deepEqual(
        tests?.tests.map(({ title, state, range }) => [title, state, range?.start.line]),
        [[['adds'], 'failed', 2]],
      );
    });
  });
});
