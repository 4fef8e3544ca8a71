import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { copyFixture, emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { HostMessage, HostRequest } from '../../host-messages.ts';
import { InstrumentingProcess, type Order, startInstrumenter } from './instrumenting.ts';
import { Session } from './session.ts';
import { Speaker } from './speaker.ts';
import { openSocket } from './worker-processes.ts';

/** Instruments once it may, and counts what else it is asked for. */
class GatedInstrumenter extends InstrumentingProcess {
  readonly asked: string[] = [];
  open = () => {};
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  override async instrument(order: Order) {
    this.asked.push('instrument');
    await this.#opened;
    return super.instrument(order);
  }

  override ready(): void {
    super.ready();
    this.asked.push('ready');
  }

  override rest(): void {
    super.rest();
    this.asked.push('rest');
  }
}

describe('a session', () => {
  const env = { ...process.env };
  let folder: string;
  let server: Server;
  let instrumenter: GatedInstrumenter;
  let session: Session;
  let told: HostMessage[];
  /** The test files that workers were started for, in the order in which they called. */
  let calls: string[];

  async function begin(once: boolean): Promise<void> {
    folder = emptyWorkspace();
    server = await openSocket(folder);
    calls = [];
    server.on('connection', (socket) =>
      socket.once('data', (data) => {
        const { first } = JSON.parse(String(data).split('\n')[0] as string) as { first: string };
        calls.push(path.basename(first));
      }),
    );
    instrumenter = new GatedInstrumenter(startInstrumenter());
    told = [];
    session = new Session(folder, server, new Speaker((message) => told.push(message)), instrumenter, once);
  }

  /** A run on some files of a package. */
  function request(directory: string, files: string[], more: Partial<HostRequest> = {}): HostRequest {
    return {
      directory,
      root: directory,
      targets: files.map((file) => ({ file: path.join(directory, file), named: true })),
      overlays: [],
      framework: { name: 'vitest', args: [], nodeArgs: [] },
      concurrency: 1,
      dryRunMinutes: 1,
      ...more,
    };
  }

  afterEach(async () => {
    await session.close();
    instrumenter.rest();
    server.close();
  });
  after(() => {
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    removeWorkspaces();
  });

  it('has workers call while what they are to run is instrumented, and starts no others', async () => {
    await begin(true);
    const running = session.run(request(copyFixture('vitest'), ['src/cart.ts']));
    await once(server, 'connection');
    assert.deepEqual(instrumenter.asked, ['instrument']);
    instrumenter.open();
    await running;
    assert.deepEqual(calls, ['cart.test.ts']);
    assert.ok(told.some((one) => one.kind === 'verdict' && one.verdict.status === 'Killed'));
  });

  it('leaves no worker behind that had just begun', async () => {
    await begin(false);
    instrumenter.open();
    // It takes a while until a worker calls.
    const late = '--import=data:text/javascript,await new Promise((resolve) => setTimeout(resolve, 1500));';
    const directory = copyFixture('vitest', { 'vitest.config.js': `export default { test: { execArgv: [${JSON.stringify(late)}] } };\n` });
    await session.run(request(directory, ['src/cart.ts']));
    await session.close();
    await delay(3000);
    assert.equal(await new Promise((resolve) => server.getConnections((_, count) => resolve(count))), 0);
  });

  /** What a project's command and configuration say, the concurrency that was set, and why one process runs at a time. */
  const SERIAL: [
    framework: HostRequest['framework']['name'],
    args: string[],
    config: string,
    concurrency: number | undefined,
    serial: string | undefined,
  ][] = [
    ['vitest', [], '', undefined, undefined],
    ['vitest', ['--no-file-parallelism'], '', undefined, 'fileParallelism: false'],
    ['vitest', [], 'fileParallelism: false', undefined, 'fileParallelism: false'],
    ['vitest', [], 'fileParallelism: false', 2, undefined],
    ['node:test', ['--test-concurrency=1'], '', undefined, '--test-concurrency=1'],
    ['node:test', [], '', undefined, undefined],
  ];
  for (const [name, args, config, concurrency, serial] of SERIAL) {
    it(`has one process at a time where files run one after the other: ${name} ${args.join(' ')} ${config} ${concurrency ?? ''}`, async () => {
      await begin(true);
      instrumenter.open();
      const head = { vitest: "import { test } from 'vitest';\n", 'node:test': "const { test } = require('node:test');\n" }[name as 'vitest'] ?? '';
      const directory = copyFixture(name.replace(':', '-'), {
        'package.json': '{ "name": "one" }',
        'vitest.config.mts': `export default { test: { ${config} } };\n`,
        'src/one.js': 'exports.one = () => 1 + 1;\n',
        ...Object.fromEntries(['a', 'b'].map((file) => [`test/${file}.test.js`, `${head}test('${file}', () => {});\n`])),
      });
      const { concurrency: _, ...asked } = request(directory, ['src/one.js'], {
        framework: { name, args, nodeArgs: name === 'node:test' ? args : [] },
      });
      await session.run({ ...asked, ...(concurrency !== undefined && { concurrency }) }).catch(() => {});
      const notes = told.flatMap((one) => (one.kind === 'note' ? /One test process at a time, for the project says "(.*)"/.exec(one.text)?.[1] : []));
      assert.deepEqual(
        notes.filter((note) => note !== undefined),
        serial === undefined ? [] : [serial],
      );
    });
  }

  /** How many files are mutated and whether only one run comes; the test file in which the first worker begins, and what is asked of the instrumenter. */
  const CASES: Record<string, [files: number, once: boolean, first: string, asked: string[]]> = {
    'keeps the instrumenter for the next run': [10, false, 's1.test.ts', ['instrument', 'ready', 'ready']],
    'needs it no more where no other run comes': [1, true, 's1.test.ts', ['instrument', 'ready', 'rest']],
    'leaves the memory to it while there are many files, and to the tests afterwards': [
      11,
      false,
      'all.test.ts',
      ['instrument', 'ready', 'rest', 'ready'],
    ],
  };
  for (const [title, [count, isOnce, first, asked]] of Object.entries(CASES)) {
    it(title, async () => {
      await begin(isOnce);
      instrumenter.open();
      const names = Array.from({ length: 11 }, (_, i) => `s${i + 1}`);
      const directory = copyFixture('vitest', {
        ...Object.fromEntries(names.map((name) => [`src/${name}.ts`, `export const ${name} = (n: number) => n + 1;\n`])),
        'test/all.test.ts': `import { expect, test } from 'vitest';\n${names
          .map((name) => `import { ${name} } from '../src/${name}.ts';\ntest('${name}', () => { expect(${name}(1)).toBe(2); });\n`)
          .join('')}`,
        // A worker is guessed to be of use here, by the name.
        'test/s1.test.ts': "import { test } from 'vitest';\ntest('nothing', () => {});\n",
      });
      await session.run(
        request(
          directory,
          names.slice(0, count).map((name) => `src/${name}.ts`),
        ),
      );
      assert.deepEqual(instrumenter.asked, asked);
      assert.equal(calls[0], first);
      assert.equal(told.filter((one) => one.kind === 'verdict' && one.verdict.status === 'Killed').length, 2 * count);
    });
  }
});
