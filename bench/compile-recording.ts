/**
 * Records what tools write about the small projects of `engine/verification/compile/samples/`, and what their machine forms say of them:
 * `node bench/compile-recording.ts [--ask] TOOLBOX [TOOL[/NAME] …]`. The toolbox holds `js`, `next` (with version 15; 14 and 16 in `next14` and `next16`), `ts7` and `nest` with the npm packages installed in them, `py/venv` with mypy, pyright
 * and tox, and an empty `native`; Go and Cargo are those of the PATH. `--ask` records no output and asks the machine forms again. A new sample is a file with `tool`, `box`, `run`, `oracle` and `project`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Expected, Sample } from './compile/sample.ts';

const samples = fileURLToPath(new URL('../engine/verification/compile/samples/', import.meta.url));
const args = process.argv.slice(2);
const onlyAsk = args[0] === '--ask';
if (onlyAsk) args.shift();
const [toolboxArgument, ...wanted] = args;
if (!toolboxArgument) throw new Error('usage: node bench/compile-recording.ts [--ask] TOOLBOX [TOOL[/NAME] …]');
const toolbox = path.resolve(toolboxArgument);

for (const name of globSync('**/*.json', { cwd: samples }).sort()) {
  const id = name.replace(/\.json$/, '');
  if (wanted.length > 0 && !wanted.some((one) => id === one || id.startsWith(`${one}/`))) continue;
  const file = path.join(samples, name);
  const sample: Sample = JSON.parse(readFileSync(file, 'utf8'));
  if (sample.byHand) continue;
  const output = onlyAsk ? sample.output : await record(sample);
  const expected = sample.oracle.kind === 'hand' ? sample.expected : ask(sample);
  writeFileSync(file, `${JSON.stringify({ ...sample, output, expected }, null, 2)}\n`);
  rmSync(projectOf(sample), { recursive: true, force: true });
  console.log(`${id}: ${output.flat().length - output.length} lines, ${expected.length} problems`);
}

function projectOf({ box }: Sample): string {
  return path.join(toolbox, box, `project-${process.pid}`);
}

function environment({ box }: Sample): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, NO_COLOR: __, CI: ___, ...rest } = process.env;
  const bin = [path.join(toolbox, box, 'node_modules/.bin'), path.join(toolbox, box, 'venv/bin')].join(path.delimiter);
  return {
    ...rest,
    PATH: `${bin}${path.delimiter}${process.env['PATH']}`,
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    NX_DAEMON: 'false',
  };
}

function lay(sample: Sample): string {
  const directory = projectOf(sample);
  rmSync(directory, { recursive: true, force: true });
  for (const [name, text] of Object.entries(sample.project)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
  }
  return directory;
}

async function record(sample: Sample): Promise<Sample['output']> {
  const directory = lay(sample);
  const child = spawn('sh', ['-c', sample.run], { cwd: directory, env: environment(sample), stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: ['stdout' | 'stderr', string][] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      const last = chunks.at(-1);
      if (last?.[0] === stream) last[1] += text;
      else chunks.push([stream, text]);
    });
  }
  await new Promise((done) => child.on('close', done));
  return chunks.map(([stream, text]) => [stream, ...anonymous(text, directory).replace(/\n$/, '').split('\n')]);
}

/** Paths of this machine are replaced by placeholders; what is told from the toolbox (Turbopack takes it for the root of a monorepo), as a project by itself tells it. */
function anonymous(text: string, directory: string): string {
  return text
    .replaceAll(directory, '{project}')
    .replaceAll(`/${path.basename(directory)}/`, '/')
    .replaceAll(toolbox, '{tools}')
    .replace(/\/root\/|\/home\/[^/]+\//g, '/home/me/')
    .replace(/timestamp-\d+-[0-9a-f]+/g, 'timestamp-0-0');
}

function ask(sample: Sample): Expected[] {
  const directory = lay(sample);
  const oracle = fileURLToPath(new URL('compile/oracle.ts', import.meta.url));
  const options = JSON.stringify({ run: sample.run, ...sample.oracle });
  const ran = spawnSync(process.execPath, [oracle, sample.oracle.kind, directory, options], {
    cwd: directory,
    env: environment(sample),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const answer = ran.stdout.trim().split('\n').at(-1) ?? '';
  if (!answer.startsWith('[')) throw new Error(`${sample.tool}: ${sample.run}: the oracle said nothing\n${ran.stderr}`);
  return JSON.parse(anonymous(answer, directory));
}
