import assert from 'node:assert/strict';
import { expandVariables, parseTestCommand, splitCommands, type TestCommand } from './test-command.ts';

/** The scripts that the cases may call. */
const SCRIPTS = {
  lint: 'eslint .',
  'test:unit': 'mocha --recursive test',
  'test:env': 'cross-env NODE_ENV=test jest --ci',
  jest: 'NODE_OPTIONS=--experimental-vm-modules jest --ci',
  again: 'npm run again',
  deep: 'npm run deeper',
  deeper: 'yarn test:unit',
};

/** A script => the variables, `[Node's arguments]`, the framework and its arguments joined by `|`; or `-` where it starts none. */
const CASES = `
mocha => mocha
vitest run --coverage => vitest run|--coverage
TZ=UTC mocha => TZ=UTC mocha
A="b c" D= mocha => A=b c D= mocha
cross-env NODE_ENV=test jest --ci => NODE_ENV=test jest --ci
./node_modules/.bin/cross-env NODE_ENV=test ./node_modules/.bin/jest => NODE_ENV=test jest
env TZ=UTC mocha => TZ=UTC mocha
NODE_OPTIONS=--experimental-vm-modules jest => NODE_OPTIONS=--experimental-vm-modules jest
cross-env NODE_OPTIONS="--import tsx" mocha => NODE_OPTIONS=--import tsx mocha
npm run lint && vitest run => vitest run
tsc -p . && node --enable-source-maps node_modules/mocha/bin/mocha.js dist => [--enable-source-maps] mocha dist
npm run missing && mocha => mocha
eslint . ; mocha test || true => mocha test
mocha test; eslint . => mocha test
nyc mocha => mocha
nyc --reporter=lcov --reporter text mocha test => mocha test
c8 -r html --all mocha => mocha
c8 -- mocha => mocha
node_modules/.bin/nyc node_modules/.bin/_mocha => mocha
node ./node_modules/.bin/c8 mocha => mocha
nyc npm run test:unit => mocha --recursive|test
istanbul cover _mocha => mocha
istanbul cover --report html node_modules/mocha/bin/_mocha -- --reporter dot => mocha --reporter|dot
npx mocha => mocha
npx -y vitest@3 run => vitest run
npx --no-install mocha => mocha
npm exec -- mocha => mocha
npm x mocha => mocha
yarn mocha => mocha
yarn run -T vitest run => vitest run
pnpm exec vitest => vitest
bunx --bun vitest run => vitest run
node --import tsx node_modules/.bin/mocha test => [--import tsx] mocha test
node --import=tsx node_modules/mocha/bin/_mocha => [--import=tsx] mocha
node -r ts-node/register --expose-gc ./node_modules/mocha/bin/mocha.js => [-r ts-node/register --expose-gc] mocha
node --env-file .env node_modules/.bin/mocha => [--env-file .env] mocha
node --experimental-vm-modules node_modules/jest/bin/jest.js => [--experimental-vm-modules] jest
tsx node_modules/.bin/mocha => [--import tsx] mocha
ts-mocha -p tsconfig.json test/*.ts => mocha -p|tsconfig.json|test/*.ts
mocha "test/**/*.test.js" 'a b' c\\ d => mocha test/**/*.test.js|a b|c d
mocha > out.txt => mocha
mocha test 2>&1 | tee log => mocha test
mocha test 2>/dev/null --bail => mocha test|--bail
mocha --grep "a > b" => mocha --grep|a > b
npm run test:unit => mocha --recursive|test
npm run -s test:unit => mocha --recursive|test
npm run test:unit -- --bail "a b" => mocha --recursive|test|--bail|a b
npm run test:unit --silent => mocha --recursive|test
npm run-script test:unit => mocha --recursive|test
yarn test:unit --bail => mocha --recursive|test|--bail
pnpm run test:unit => mocha --recursive|test
bun run test:unit => mocha --recursive|test
npm run deep => mocha --recursive|test
TZ=UTC npm run test:env => TZ=UTC NODE_ENV=test jest --ci
cross-env NODE_ENV=ci TZ=UTC npm run test:env => NODE_ENV=test TZ=UTC jest --ci
yarn jest => NODE_OPTIONS=--experimental-vm-modules jest --ci
pnpm run jest --bail => NODE_OPTIONS=--experimental-vm-modules jest --ci|--bail
npm run jest -- --dir x => NODE_OPTIONS=--experimental-vm-modules jest --ci|--dir|x
mocha --require yarn test:unit => mocha --require|yarn|test:unit
npm run again => -
pnpm --filter=app vitest => -
pnpm --filter app test:unit => -
yarn --cwd client test:unit => -
npm --prefix client run test:unit => -
yarn add mocha => -
npm install mocha => -
npx eslint mocha => -
eslint test/mocha => -
cat mocha => -
node --test => node:test
node --test --test-timeout=9 'test/**/*.js' => [--test-timeout=9] node:test test/**/*.js
node --import tsx --test a.test.ts b.test.ts => [--import tsx] node:test a.test.ts|b.test.ts
tsx --test => [--import tsx] node:test
c8 node --test => node:test
node --conditions development test/index.js => [--conditions development] node:test test/index.js
npm run lint && node build.js && c8 --100 -- node test/index.js => node:test test/index.js
node build.js => -
node build.js test/index.js => -
borp => [--test-timeout=30000] node:test **/*.test.{cjs,mjs,js,cts,mts,ts}
c8 borp -C --reporter=spec -t 9 'test/**/*.js' => [--test-timeout=9] node:test test/**/*.js
borp --no-timeout -X bench -p "lib/*.test.js" --expose-gc => [--expose-gc] node:test lib/*.test.js
bnt => NODE_ENV=test node:test **/*.{test,spec}.{js,ts}
pnpm bnt --coverage 100 --coverage-exclude '**/a.test.ts' -t adds lib/a.test.js => NODE_ENV=test node:test lib/a.test.js
node test.js => -
node scripts/test.js mocha => -
echo "Error: no test specified" && exit 1 => -
`;

function compact(command: TestCommand | undefined): string {
  if (!command) return '-';
  const env = Object.entries(command.env).map(([name, value]) => `${name}=${value}`);
  const node = command.nodeArgs.length ? [`[${command.nodeArgs.join(' ')}]`] : [];
  return [...env, ...node, command.framework, ...(command.args.length ? [command.args.join('|')] : [])].join(' ');
}

describe('the command of a test script', () => {
  for (const line of CASES.trim().split('\n')) {
    const [script = '', expected] = line.split(' => ');
    it(script, () => assert.equal(compact(parseTestCommand(script, SCRIPTS, (program) => program === 'test/index.js')), expected));
  }
});

describe('the words of a shell line', () => {
  const cases: [line: string, words: string[][]][] = [
    ['', []],
    ['  a   b  ', [['a', 'b']]],
    ['a && b || c; d & e | f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    [`a '' ""`, [['a', '', '']]],
    [`'a "b"' "c 'd'" e"f"'g'`, [['a "b"', "c 'd'", 'efg']]],
    [String.raw`"a \"b\"" 'c\d' e\&f`, [['a "b"', String.raw`c\d`, 'e&f']]],
    ['a "b', [['a', 'b']]],
    ['a <in >>out 2> err b', [['a', 'b']]],
  ];
  for (const [line, words] of cases) it(JSON.stringify(line), () => assert.deepEqual(splitCommands(line), words));
});

describe('variables in the values of variables', () => {
  const outer = { HOME: '/home/me', EMPTY: '' };
  const cases: [value: string, expanded: string][] = [
    ['plain', 'plain'],
    ['$HOME/x', '/home/me/x'],
    ['${HOME}x', '/home/mex'],
    ['$MISSING --import tsx', ' --import tsx'],
    ['${MISSING:-test} ${EMPTY:-none} ${EMPTY-some} ${HOME:-no}', 'test none  /home/me'],
    ['5$', '5$'],
  ];
  for (const [value, expanded] of cases) it(value, () => assert.deepEqual(expandVariables({ VALUE: value }, outer), { VALUE: expanded }));
});
