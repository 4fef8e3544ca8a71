import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from './support/client.ts';
import { machine } from './support/machine.ts';
import { spread, table } from './support/numbers.ts';
import { prepareSubject } from './support/subject.ts';

/**
 * How long it takes in the editor from saving a one-line edit in a function until the last confirmed diagnostic is there, on a server that was asked
 * for one run on the file before; and how long a run on the whole file takes on that warm server.
 *
 *     node bench/live.ts [--edits 50] [--pause 1000] [DIRECTORY:FILE:LINE]
 *
 * LINE (from 1) is inside the function that is edited; a comment comes and goes at its end.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { edits: { type: 'string', default: '50' }, pause: { type: 'string', default: '1000' } },
});
/** How long nothing may happen before what happened last was the last, milliseconds. */
const QUIET_MS = 400;

const [, named = 'vitest', at = '20'] = /^(.*?)(?::(\d+))?$/.exec(positionals[0] ?? '') ?? [];
const subject = await prepareSubject(named || 'vitest');
const line = Number(at) - 1;
const file = path.join(subject.directory, subject.file);
const lines = readFileSync(file, 'utf8').split('\n');

const client = await Client.start(subject.directory);
let lastSign = 0;
let ended = 0;
client.onProgress(({ phase }) => {
  if (phase === 'ended') ended = performance.now();
});
client.connection.onNotification('textDocument/publishDiagnostics', ({ uri }: { uri: string }) => {
  if (uri === client.uri(subject.file)) lastSign = performance.now();
});
await client.open(subject.file);
const cold = await timed(() => client.mutate(subject.file));
await delay(Number(values.pause) + QUIET_MS);
const warm = await timed(() => client.mutate(subject.file));
const saves: number[] = [];
for (let edit = 0; edit < Number(values.edits); edit++) {
  await delay(Number(values.pause));
  saves.push(await save(edit));
}
await client.stop();
writeFileSync(file, lines.join('\n'));

const sorted = [...saves].sort((a, b) => a - b);
process.stdout.write(`${machine()}; ${saves.length} edits of line ${line + 1}\n\n`);
process.stdout.write(
  table(
    ['file', 'first run, s', 'run on the warm server, s', 'save to last diagnostic, ms', '95th percentile, ms'],
    [
      [
        subject.name,
        (cold / 1000).toFixed(2),
        (warm / 1000).toFixed(2),
        spread(saves, 0),
        String(Math.round(sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0)),
      ],
    ],
  ),
);

/** Types into the line, saves, and answers how long it took until nothing more came. */
async function save(edit: number): Promise<number> {
  const text = lines.with(line, `${lines[line]} // ${edit}`).join('\n');
  await client.replace(subject.file, text);
  writeFileSync(file, text);
  const started = performance.now();
  ended = 0;
  lastSign = 0;
  await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: client.uri(subject.file) } });
  while (ended === 0 || performance.now() - Math.max(ended, lastSign) < QUIET_MS) {
    if (performance.now() - started > 60_000) throw new Error('nothing was judged after a save');
    await delay(5);
  }
  return Math.max(ended, lastSign) - started;
}

async function timed(run: () => Promise<{ status: string }>): Promise<number> {
  const started = performance.now();
  const { status } = await run();
  if (status !== 'done') throw new Error(`a run ended as ${status}`);
  return performance.now() - started;
}
