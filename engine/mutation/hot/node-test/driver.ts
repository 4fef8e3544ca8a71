import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type Driver, type DriverRequest, NotHot, type TestFile } from '../host/driver.ts';
import { filesAmong } from '../node/files-among.ts';
import { NodeWorkers } from '../node/node-workers.ts';
import { readArguments } from './arguments.ts';
import { TIMEOUT_ENV } from './names.ts';
import { NativeRun } from './native-run.ts';

/** Drives the test runner of Node 22 and later: processes of ours, in which a stand-in for node:test runs one test file after the other. */
export async function startNodeTest(request: DriverRequest): Promise<Driver> {
  const { directory, framework } = request;
  let { files, nodeArgs, timeout, serial } = readArguments(framework.nodeArgs, framework.args, directory);
  if (files.length === 0) throw new NotHot('node --test finds no test files');
  if (timeout !== undefined) process.env[TIMEOUT_ENV] = timeout;
  const workers = new NodeWorkers(request, { script: 'node-test-worker.js', servesModules: true });
  workers.prepare(nodeArgs, serial === undefined ? files.length : 1);
  let native = new NativeRun(files, nodeArgs, directory);
  let isEarlier = false;
  const unit = (file: string): TestFile => ({ file, group: '' });
  return {
    files: files.map(unit),
    // Node leaves one processor to itself.
    parallel: serial === undefined && availableParallelism() > 2,
    ...(serial !== undefined && { serial }),
    startWorker: (first) => workers.start(first),
    // Our stand-in is right only where it sees the tests that Node itself sees.
    async disagreement(tests) {
      const counts = await native.counts();
      const ours = new Map<string, number>();
      for (const { file, subtests } of tests) ours.set(file, (ours.get(file) ?? 0) + 1 + (subtests ?? 0));
      const found = difference(files, directory, ours, counts);
      if (found === undefined || !isEarlier) return found;
      // There may be other tests by now.
      native = new NativeRun(files, nodeArgs, directory);
      isEarlier = false;
      return difference(files, directory, ours, await native.counts());
    },
    hush: () => native.hush(),
    stop: () => workers.stop(),
    warm: {
      configFiles: filesAmong(nodeArgs, directory),
      begin: (_, texts) => workers.serve(texts),
      async findFiles() {
        ({ files } = readArguments(framework.nodeArgs, framework.args, directory));
        isEarlier = true;
        return files.map(unit);
      },
      rest: () => workers.rest(),
    },
  };
}

/** Where we do not see as many tests as Node does, in words; nothing where we do. */
function difference(
  files: readonly string[],
  directory: string,
  ours: ReadonlyMap<string, number>,
  native: ReadonlyMap<string, number>,
): string | undefined {
  const say = (own: number, nodes: number, where: string) => `node --test runs ${nodes} tests in ${where}, Assay ${own}`;
  const known = new Set(files);
  // Older Nodes count a test where it is written, which may be in what a test file imports: then only the sums can be compared.
  if ([...native.keys()].some((file) => !known.has(file))) {
    const [own, nodes] = [sum(ours), sum(native)];
    return own === nodes ? undefined : say(own, nodes, 'all files together');
  }
  for (const file of files) {
    const [own, nodes] = [ours.get(file) ?? 0, native.get(file) ?? 0];
    // A file without tests is a test of its own for Node.
    if (own !== nodes && !(own === 0 && nodes === 1)) return say(own, nodes, path.relative(directory, file));
  }
  return undefined;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, one) => all + one, 0);
}
