import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Anchors } from '../engine/mutation/index.ts';
import { pieces, SyntaxTree } from '../engine/syntax/index.ts';
import { Client } from './support/client.ts';
import { mochaWorkspace } from './support/generated.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { ROOT, temporaryFolder } from './support/temporary.ts';

/**
 * How long an editor waits in a file of 20,000 lines: for the parts of the work, and for what it asks the language server.
 *
 *     node bench/lens.ts
 */
const FUNCTIONS = 5000;
const TIMES = 15;
/** How many lenses an editor shows at once, about: these are resolved. */
const VISIBLE = 20;

process.stdout.write(`${machine()}; ${TIMES} times each\n\n`);
const directory = mochaWorkspace(FUNCTIONS, 1);
const text = readFileSync(path.join(directory, 'src', 'a.js'), 'utf8');
process.stdout.write(`${text.split('\n').length - 1} lines, ${FUNCTIONS} functions\n\n${await parts()}\n${await latencies('without results')}`);
const { status } = spawnSync(
  process.execPath,
  [path.join(ROOT, 'dist', 'cli.js'), 'mutate', 'src/a.js', '--json', path.join(temporaryFolder(), 'report.json')],
  {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);
if (status !== 0) throw new Error(`assay mutate ended with ${status}`);
process.stdout.write(`\n${await latencies('with results')}`);

async function parts(): Promise<string> {
  const tree = await SyntaxTree.parse('javascript', text);
  let now = text;
  const rows = [
    ['parse', await timed(async () => (await SyntaxTree.parse('javascript', text)).dispose())],
    ['pieces', await timed(() => void pieces(tree.tree))],
    ['pieces and anchors', await timed(() => void new Anchors(tree))],
    [
      'parse again after a keystroke in the middle',
      await timed(() => {
        now = `${now.slice(0, now.length >> 1)} ${now.slice(now.length >> 1)}`;
        tree.update(now);
      }),
    ],
  ];
  tree.dispose();
  return table(['part, in this process', 'ms'], rows as string[][]);
}

async function latencies(what: string): Promise<string> {
  const client = await Client.start(directory);
  await client.open('src/a.js', text);
  const first = await timed(() => client.lenses('src/a.js'), 1);
  let lenses = await client.lenses('src/a.js');
  const again = await timed(() => client.lenses('src/a.js'));
  const resolve = await timed(() => Promise.all(lenses.slice(0, VISIBLE).map((lens) => client.connection.sendRequest('codeLens/resolve', lens))));
  let line = FUNCTIONS * 2;
  const keystroke = await timed(async () => {
    await client.type('src/a.js', line++, 0, ' ');
    lenses = await client.lenses('src/a.js');
  });
  const hover = await timed(() =>
    client.connection.sendRequest('textDocument/hover', { textDocument: { uri: client.uri('src/a.js') }, position: { line: 5, character: 8 } }),
  );
  await client.stop();
  const rows = [
    ['lenses, the first time', first],
    ['lenses, unchanged', again],
    [`resolving ${VISIBLE} lenses`, resolve],
    ['lenses after a keystroke', keystroke],
    ['hover', hover],
  ];
  return table([`request over stdio, ${what} (${lenses.length} lenses)`, 'ms'], rows);
}

async function timed(work: () => unknown, times = TIMES): Promise<string> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return times === 1 ? (taken[0] as number).toFixed(1) : spread(taken, 1);
}
