import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MutantResult } from '@stryker-mutator/api/core';
import type { TestResult } from '@stryker-mutator/api/test-runner';
import { createStage, type Stage } from '../../workspace/index.ts';
import type { TestCase, Verdict } from '../model.ts';
import { explainFailure } from './explain.ts';
import { listen } from './listener.ts';
import { ENV, type HostMessage, type HostRequest } from './messages.ts';
import { readUserConfig, strykerOptions } from './options.ts';
import { TextSlices } from './text-slices.ts';

/**
 * The process in which StrykerJS runs, on the user's Node: `host.js RUN_FOLDER`. It reads `request.json` there, copies the package into a stage,
 * runs StrykerJS in place in it, and says what happens on file descriptor 4. Its parent ends it and everything it started by ending its process group.
 */

const out = createWriteStream('', { fd: 4 });
// A parent that is gone closes the pipe; the guard around this process then ends it.
out.on('error', () => {});
const tell = (message: HostMessage) => out.write(`${JSON.stringify(message)}\n`);

const runFolder = process.argv[2] as string;
const dryRunFile = path.join(runFolder, 'dry-run.json');
const request = JSON.parse(await readFile(path.join(runFolder, 'request.json'), 'utf8')) as HostRequest;
process.env[ENV.runner] = request.framework.name;
process.env[ENV.dryRunFile] = dryRunFile;

const failure = await main().catch((error: unknown) => explainFailure(error, request, dryRunFile));
tell({ kind: 'end', ...(failure && { failure }) });
out.end(() => process.exit(0));

async function main(): Promise<undefined> {
  tell({ kind: 'phase', phase: 'instrumenting' });
  const loading = import('@stryker-mutator/core');
  loading.catch(() => {});
  const user = await readUserConfig(request.directory);
  const stage = await createStage({
    directory: request.directory,
    root: request.root,
    overlays: new Map(request.overlays),
    ignore: user.ignorePatterns ?? [],
    parent: runFolder,
  });
  process.chdir(stage.directory);
  await writeFile(path.join(runFolder, 'stryker.json'), '{}');
  const plugin = fileURLToPath(new URL('./plugin.js', import.meta.url));
  const options = strykerOptions(request, user, stage.directory, runFolder, plugin);
  hear(stage);
  const { Stryker } = await loading;
  await new Stryker(options).runMutationTest();
}

function hear(stage: Stage): void {
  const slices = new TextSlices(new Map(request.overlays));
  const tests = new Map<string, number>();
  listen({
    dryRun: ({ result }) => {
      // Tests of one name share an id: what is known of one is known of all.
      const distinct = [...new Map(result.tests.map((test) => [test.id, test])).values()];
      for (const [index, test] of distinct.entries()) tests.set(test.id, index);
      tell({ kind: 'tests', tests: distinct.map((test) => testCase(test, stage)) });
    },
    planned: (plans) => {
      tell({ kind: 'planned', mutants: plans.length });
      tell({ kind: 'phase', phase: 'mutants' });
    },
    tested: (result) => tell({ kind: 'verdict', verdict: verdict(result, stage, slices, tests) }),
  });
}

function testCase(test: TestResult, stage: Stage): TestCase {
  return {
    name: test.name,
    durationMs: test.timeSpentMs,
    ...(test.fileName && { file: stage.original(test.fileName) }),
    ...(test.startPosition && { position: test.startPosition }),
  };
}

function verdict(result: Readonly<MutantResult>, stage: Stage, slices: TextSlices, tests: ReadonlyMap<string, number>): Verdict {
  const indexes = (ids: readonly string[] = []) => ids.map((id) => tests.get(id)).filter((index) => index !== undefined);
  const file = stage.original(path.resolve(result.fileName));
  const { start, end } = result.location;
  const range = { start: { line: start.line - 1, column: start.column - 1 }, end: { line: end.line - 1, column: end.column - 1 } };
  return {
    id: result.id,
    file,
    range,
    mutator: result.mutatorName,
    original: slices.slice(file, range),
    replacement: result.replacement,
    static: result.static ?? false,
    status: result.status,
    coveredBy: indexes(result.coveredBy),
    killedBy: indexes(result.killedBy),
    ...(result.statusReason && { reason: result.statusReason }),
    ...(result.testsCompleted !== undefined && { testsRun: result.testsCompleted }),
  };
}
