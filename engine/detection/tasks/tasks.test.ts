import assert from 'node:assert/strict';
import { readSettings } from '../python/settings.ts';
import { pythonTasks } from '../python/tasks.ts';
import { Tree } from '../text/tree.ts';
import { essence } from './essence.ts';
import { justRecipes, taskfileTasks } from './just.ts';
import { makeTargets } from './makefile.ts';
import { doings } from './meaning.ts';
import { type Task, Tasks } from './task.ts';

const script = (name: string, text: string): Task => ({ runner: 'node', name, script: text, needs: [], file: 'package.json', line: 1 });
const SCRIPTS = new Tasks([
  script('test', 'npm run lint && npm run unit -- --bail'),
  script('lint', 'eslint .'),
  script('unit', 'cross-env NODE_ENV=test c8 --reporter lcov mocha --exit'),
  script('all', 'run-s lint check:*'),
  script('check:types', 'tsc --noEmit'),
  script('check:style', 'prettier --check .'),
]);
const DOINGS: readonly [command: string, expected: string[]][] = [
  ['npm test', ['check eslint', 'test mocha']],
  ['yarn unit', ['test mocha']],
  ['npm run all', ['check eslint', 'typecheck tsc', 'check prettier']],
  ['pnpm --filter other test', []],
  ['npx vitest run', ['test vitest']],
  ['pnpm exec playwright test', ['test playwright']],
  ['uv run --locked --group dev pytest -x', ['test pytest']],
  ['uv sync', ['install uv']],
  ['uvx --with tox-uv tox -e py312', ['test tox']],
  ['python3.12 -m pytest tests', ['test pytest']],
  ['coverage run -m unittest', ['test unittest']],
  ['poetry run mypy src', ['typecheck mypy']],
  ['go test -race ./...', ['test go test']],
  ['go vet ./...', ['typecheck go vet']],
  ['cargo +nightly test --all', ['test cargo test']],
  ['cargo nextest run', ['test nextest']],
  ['node --import tsx --test', ['test node:test']],
  ['tsc --version', []],
  ['npm test --help', []],
  ['concurrently "npm:unit" "npm:lint"', ['test mocha', 'check eslint']],
  ['bash -c "vitest run && tsc --noEmit"', ['test vitest', 'typecheck tsc']],
  ['npm run check:*', ['typecheck tsc', 'check prettier']],
  ['pnpm run /^check:.*/', ['typecheck tsc', 'check prettier']],
  ['pnpm run /^unit$/', ['test mocha']],
  ['pnpm run /(a+)+$/', []],
  ['node --expose-gc node_modules/jest-cli/bin/jest --ci', ['test jest']],
  ['node node_modules/uvu/bin.js test', ['test uvu']],
  ['pnpm vitest run', ['test vitest']],
  ['yarn jest', ['test jest']],
  ['ts-scripts test', ['test test program']],
  ['nx run-many --target=test --all', ['test nx']],
  ['nox -s perf', []],
  ['nyc --require ts-node/register mocha', ['test mocha']],
];

/** Milliseconds: a thousand times as long as it should take, and a thousandth of what it took before such texts were thought of. */
const SOON = 5000;

describe('what commands do', () => {
  for (const [command, expected] of DOINGS) {
    it(command, () => {
      const words = [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
      assert.deepEqual(
        doings(words, SCRIPTS).map(({ deed, tool }) => `${deed} ${tool}`),
        expected,
      );
    });
  }
});

describe('tasks that were written to be followed without end', () => {
  it('are followed for a while', () => {
    const names = Array.from({ length: 50 }, (_, i) => `t${i}`);
    const text = names.map((name) => `${name}: ${names.join(' ')}\n\tgo test ./${name}\n`).join('');
    const tasks = new Tasks(makeTargets(text, 'Makefile'));
    assert.equal(doings(['make', 't0'], tasks)[0]?.tool, 'go test');
    const calling = names.map((name) => script(name, names.map((other) => `npm run ${other}`).join('\n')));
    assert.deepEqual(doings(['npm', 'run', 't0'], new Tasks(calling)), []);
  }).timeout(SOON);

  it('are written out as long as they are a text that a person could write', () => {
    const names = Array.from({ length: 6 }, (_, i) => `V${i}`);
    for (const end of ['', 'x'.repeat(1000)]) {
      const variables = names.map((name, i) => `${name} = ${i === 5 ? end : `$(${names[i + 1]})`.repeat(1000)}\n`).join('');
      const [task] = makeTargets(`${variables}a:\n\techo $(V0)\nb:\n`, 'Makefile');
      assert.ok(task && task.script.length < 2 ** 21);
    }
  }).timeout(SOON);

  it('start a program by a path of any length', () => {
    const name = 'b'.repeat(200_000);
    assert.deepEqual(doings(['node', `node_modules/a/${name}/`], new Tasks([])), []);
    assert.deepEqual(
      doings(['node', `node_modules/@a/${name}/mocha`], new Tasks([])).map(({ tool }) => tool),
      ['mocha'],
    );
  }).timeout(SOON);

  it('have names that no pattern of stars is tried on for ever', () => {
    const name = 'a'.repeat(5000);
    const tasks = new Tasks([{ runner: 'node', name, script: 'mocha', needs: [], file: 'package.json', line: 1 }]);
    for (const pattern of [`${'*a'.repeat(20)}b`, `*${name}`, 'a'.repeat(200_000)]) assert.deepEqual(doings(['run-s', pattern], tasks), []);
  }).timeout(SOON);

  it('have variables with more white space than text', () => {
    const [task] = makeTargets(`A = a${' '.repeat(200_000)}\u2028b # c\n\na:\n\t$(A)$(constructor)\n`, 'Makefile');
    assert.match(task?.script ?? '', /^a\s+b\n$/);
  }).timeout(SOON);
});

describe('the essence of a command', () => {
  const same: readonly [string, string][] = [
    ['go test -race -v -coverprofile=c.out -timeout 30s ./...', 'go test ./...'],
    ['cargo +nightly test --all --locked --target x86_64 -- --nocapture', 'cargo test --workspace'],
    ['pytest -vv --cov=x --cov-report term -n auto tests', 'pytest tests'],
    ['vitest run --coverage --reporter=dot', 'vitest'],
  ];
  for (const [a, b] of same) it(`of \`${a}\` is that of \`${b}\``, () => assert.equal(essence(a.split(' ')), essence(b.split(' '))));

  const other: readonly [string, string][] = [
    ['go test -short ./...', 'go test ./...'],
    ['cargo test --all-features', 'cargo test'],
    ['cargo test -p core', 'cargo test'],
    ['pytest tests/unit', 'pytest'],
  ];
  for (const [a, b] of other) it(`of \`${a}\` is not that of \`${b}\``, () => assert.notEqual(essence(a.split(' ')), essence(b.split(' '))));
});

describe('tasks', () => {
  const told = (tasks: readonly Task[]) =>
    tasks.map(({ name, script: text, needs, line }) => `${line} ${name} [${needs.join(' ')}] ${text.trim().replaceAll('\n', '; ')}`);

  it('are the targets of a Makefile', () => {
    const text = 'PKG := ./...\n.PHONY: test\ntest: gen ## all\n\t@go test $(PKG)\n\t-echo $$x\ngen build: ; touch x\n%.o: %.c\n\tcc $<\nX = 1\n';
    assert.deepEqual(told(makeTargets(text, 'Makefile')), ['3 test [gen] go test ./...; echo $x', '6 gen [] touch x', '6 build [] touch x']);
  });

  it('are the recipes of a justfile', () => {
    const text = 'set shell := ["bash"]\nalias t := test\n\n@test *args: build\n    cargo test {{args}}\n\nbuild:\n  cargo build\n';
    assert.deepEqual(told(justRecipes(text, 'justfile')), ['4 test [build] cargo test {{args}}', '7 build [] cargo build']);
  });

  it('are none of a line of nothing but spaces behind a letter', () =>
    assert.deepEqual(justRecipes(`a${' '.repeat(1e6)}b\n`, 'justfile'), [])).timeout(SOON);

  it('are those of a Taskfile', () => {
    const text = 'version: 3\ntasks:\n  test:\n    deps: [gen]\n    cmds:\n      - go test ./...\n      - task: lint\n  gen: go generate\n';
    assert.deepEqual(told(taskfileTasks(text, 'Taskfile.yml')), ['4 test [gen] go test ./...; task lint', '8 gen [] go generate']);
  });

  it('are environments of tox and sessions of nox', () => {
    const tree = Tree.of('/w', {
      'setup.py': 'setup(name="x")',
      'tox.ini': '[tox]\nenvlist = py\n\n[testenv]\ncommands =\n    pytest {posargs:tests}\n[testenv:types]\ncommands = mypy src\n',
      'noxfile.py':
        'import nox\n\n@nox.session(name="unit", python=["3.12"])\ndef tests(session):\n    session.install("pytest")\n    session.run("pytest", "-x", *session.posargs)\n',
    });
    const settings = readSettings(tree, '');
    assert.ok(settings);
    assert.deepEqual(told(pythonTasks(tree, settings)), ['4  [] pytest tests', '7 types [] mypy src', '3 unit [] pytest -x']);
  });
});
