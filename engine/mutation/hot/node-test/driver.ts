import path from 'node:path';
import { type Driver, type DriverRequest, NotHot, type TestFile } from '../host/driver.ts';
import { filesAmong } from '../node/files-among.ts';
import { NodeWorkers } from '../node/node-workers.ts';
import { readArguments } from './arguments.ts';
import { TIMEOUT_ENV } from './names.ts';
import { nativeRun } from './native-run.ts';

/** Drives the test runner of Node 22 and later: processes of ours, in which a stand-in for node:test runs one test file after the other. */
export async function startNodeTest(request: DriverRequest): Promise<Driver> {
  const { directory, framework } = request;
  let { files, nodeArgs, timeout } = readArguments(framework.nodeArgs, framework.args, directory);
  if (files.length === 0) throw new NotHot('node --test finds no test files');
  if (timeout !== undefined) process.env[TIMEOUT_ENV] = timeout;
  const workers = new NodeWorkers(request, { script: 'node-test-worker.js', servesModules: true });
  workers.prepare(nodeArgs, files.length);
  let native = nativeRun(files, nodeArgs, directory);
  let isEarlier = false;
  const unit = (file: string): TestFile => ({ file, group: '' });
  return {
    files: files.map(unit),
    startWorker: (first) => workers.start(first),
    // Our stand-in is right only where it sees the tests that Node itself sees.
    async disagreement(tests) {
      let { counts } = await native;
      const ours = new Map<string, number>();
      for (const { file, subtests } of tests) ours.set(file, (ours.get(file) ?? 0) + 1 + (subtests ?? 0));
      const find = () => files.find((file) => otherCount(files, file, ours, counts) !== undefined);
      let other = find();
      if (other !== undefined && isEarlier) {
        // There may be other tests by now.
        native = nativeRun(files, nodeArgs, directory);
        isEarlier = false;
        ({ counts } = await native);
        other = find();
      }
      if (other === undefined) return undefined;
      const { own, nodes } = otherCount(files, other, ours, counts) as Counted;
      return `node --test runs ${nodes} tests in ${path.relative(directory, other)}, Assay ${own}`;
    },
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

/** How many tests a file has, as we see it and as Node does. */
interface Counted {
  own: number;
  nodes: number;
}

/** The numbers of tests of a file where ours and Node's are not the same. */
function otherCount(
  files: readonly string[],
  file: string,
  ours: ReadonlyMap<string, number>,
  native: ReadonlyMap<string, number>,
): Counted | undefined {
  // Node counts a test where it is written, which may be in what a test file imports: then only the sums can be compared.
  const isElsewhere = [...native.keys()].some((one) => !files.includes(one));
  const count = (counts: ReadonlyMap<string, number>) => (isElsewhere ? sum(counts.values()) : (counts.get(file) ?? 0));
  const [own, nodes] = [count(ours), count(native)];
  // A file without tests is a test of its own for Node.
  return own === nodes || (own === 0 && nodes === 1) ? undefined : { own, nodes };
}

function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const one of numbers) all += one;
  return all;
}
