import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MutantCoverage, MutantResult } from '@stryker-mutator/api/core';
import type { TestResult } from '@stryker-mutator/api/test-runner';
import { createStage, type Stage } from '../../workspace/index.ts';
import { idOfCalls } from '../calls.ts';
import { extremeMutants } from '../extreme.ts';
import type { HostMessage, HostRequest } from '../host-messages.ts';
import type { TestCase, Verdict } from '../model.ts';
import { replacementInText } from '../replacement.ts';
import { readUserConfig, type UserConfig, wantedTargets } from '../stryker-config.ts';
import { TextSlices } from '../text-slices.ts';
import { explainFailure, unparsableFile } from './explain.ts';
import { listen } from './listener.ts';
import { narrowInstrumenter } from './narrow.ts';
import { strykerOptions } from './options.ts';
import { ENV } from './variables.ts';

/**
 * The process in which StrykerJS runs, on the user's Node: `host.js RUN_FOLDER`. It reads `request.json` there, copies the package into a stage,
 * runs StrykerJS in place in it, and says what happens on file descriptor 4. Its parent ends it and everything it started by ending its process group.
 */

/** How much of StrykerJS's last words is kept to explain a failure, characters. */
const KEPT_OUTPUT = 20_000;

const out = createWriteStream('', { fd: 4 });
// A parent that is gone closes the pipe; the guard around this process then ends it.
out.on('error', () => {});
const tell = (message: HostMessage) => out.write(`${JSON.stringify(message)}\n`);

const runFolder = process.argv[2] as string;
const dryRunFile = path.join(runFolder, 'dry-run.json');
const request = JSON.parse(await readFile(path.join(runFolder, 'request.json'), 'utf8')) as HostRequest;
process.env[ENV.runner] = request.framework.name;
process.env[ENV.dryRunFile] = dryRunFile;

let said = '';
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
  said = (said + String(chunk)).slice(-KEPT_OUTPUT);
  return write(chunk, ...rest);
}) as typeof process.stdout.write;

const failure = await main().catch((error: unknown) => explainFailure({ error, said, request, dryRunFile }));
tell({ kind: 'end', ...(failure && { failure }) });
out.end(() => process.exit(0));

async function main(): Promise<undefined> {
  tell({ kind: 'phase', phase: 'instrumenting' });
  replaceBabelInParser();
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
  hear(stage);
  const targets = wantedTargets(request, user);
  for (const { file } of request.targets.filter((target) => !targets.includes(target))) tell({ kind: 'skipped', file });
  const bodies = new Map(targets.map((target) => [target.file, target.bodies]));
  if (targets.some((target) => target.bodies)) {
    await narrowInstrumenter((mutants) => extremeMutants(mutants, (file) => bodies.get(stage.original(path.resolve(file)))));
  }
  if (targets.length > 0) await runStryker((await loading).Stryker, user, stage, targets);
}

type StrykerClass = typeof import('@stryker-mutator/core').Stryker;

/** Runs StrykerJS, and once more where that helps: without the files that cannot be parsed, and with all tests where none is found that loads the file. */
async function runStryker(Stryker: StrykerClass, user: UserConfig, stage: Stage, targets: HostRequest['targets'], related = true): Promise<void> {
  const plugin = fileURLToPath(new URL('./plugin.js', import.meta.url));
  const options = strykerOptions({ ...request, targets }, user, { stage: stage.directory, links: stage.links, runFolder, plugin, related });
  try {
    await new Stryker(options).runMutationTest();
  } catch (error) {
    const broken = unparsableFile(error);
    const others = targets.filter(({ file }) => file !== (broken && stage.original(broken)));
    if (broken && others.length > 0 && others.length < targets.length) {
      tell({ kind: 'skipped', file: stage.original(broken), failure: await explainFailure({ error, said, request, dryRunFile }) });
      return runStryker(Stryker, user, stage, others, related);
    }
    if (related && request.framework.name !== 'mocha' && String(error).includes('No tests were executed')) {
      tell({ kind: 'note', text: 'No test is known to load the mutated files: all tests run.' });
      return runStryker(Stryker, user, stage, targets, false);
    }
    throw error;
  }
}

function replaceBabelInParser(): void {
  const replacement = new URL('./babel.js', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@babel/core' && context.parentURL?.endsWith('/instrumenter/dist/src/parsers/js-parser.js')
        ? { url: replacement, shortCircuit: true }
        : // The replacement itself must find the Babel of the instrumenter.
          next(
            specifier,
            specifier === '@babel/core' && context.parentURL === replacement
              ? { ...context, parentURL: import.meta.resolve('@stryker-mutator/instrumenter') }
              : context,
          ),
  });
}

function hear(stage: Stage): void {
  const slices = new TextSlices(new Map(request.overlays));
  const tests = new Map<string, number>();
  const isExtreme = request.targets.some(({ bodies }) => bodies);
  let coverage: MutantCoverage | undefined;
  listen({
    dryRun: ({ result }) => {
      coverage = result.mutantCoverage;
      // Tests of one name share an id: what is known of one is known of all.
      const distinct = [...new Map(result.tests.map((test) => [test.id, test])).values()];
      for (const [index, test] of distinct.entries()) tests.set(test.id, index);
      tell({ kind: 'tests', tests: distinct.map((test) => testCase(test, stage)) });
    },
    planned: (plans) => {
      tell({ kind: 'planned', mutants: plans.length });
      tell({ kind: 'phase', phase: 'mutants' });
    },
    tested: (result) => {
      const told = isExtreme && result.mutatorName === 'ArrowFunction' ? withCalls(result, coverage) : result;
      tell({ kind: 'verdict', verdict: verdict(told, stage, slices, tests) });
    },
  });
}

/** A result on an arrow function that counted its calls: what no test calls is not covered, and what made it is no evidence. */
function withCalls(result: Readonly<MutantResult>, { static: atLoad = {}, perTest = {} }: Partial<MutantCoverage> = {}): Readonly<MutantResult> {
  const id = idOfCalls(result.id);
  const coveredBy = Object.keys(perTest).filter((test) => id in (perTest[test] ?? {}));
  const isCalled = coveredBy.length > 0 || id in atLoad;
  if (result.status === 'Ignored' || isCalled) return { ...result, coveredBy, static: id in atLoad };
  const { statusReason: _, ...rest } = result;
  return { ...rest, status: 'NoCoverage', static: false, coveredBy: [], killedBy: [] };
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
  const change = { mutator: result.mutatorName, original: slices.slice(file, range) };
  return {
    id: result.id,
    file,
    range,
    ...change,
    replacement: replacementInText({ ...change, replacement: result.replacement }, ...slices.around(file, range)),
    static: result.static ?? false,
    status: result.status,
    coveredBy: indexes(result.coveredBy),
    killedBy: indexes(result.killedBy),
    ...(result.statusReason && { reason: result.statusReason }),
    ...(result.testsCompleted !== undefined && { testsRun: result.testsCompleted }),
  };
}
