import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { NodeRuntime } from '../../process/index.ts';
import { run } from '../../process/index.ts';
import { createStage, makeRunFolder, type TestPackage } from '../../workspace/index.ts';
import { readStaging } from '../stryker-config.ts';
import { buildCommand, type PlainCommand, plainCommand } from './commands/index.ts';
import type { PlainOutcome } from './compare.ts';
import { checksTypes, isTypeScript, turnOffTypeChecks, withoutTypeChecks } from './type-checks.ts';

/** How many of the last lines that a command said are kept: enough for the failures of a few tests. */
const TAIL_LINES = 200;

/** How the plain command ended once. */
export interface PlainRun {
  outcome: PlainOutcome;
  /** The command in words, with what builds in front of it. */
  command: string;
  /** Its last lines, without colours. */
  tail: string[];
  durationMs: number;
}

/** A copy of a package in which mutants are written into the source by hand, one at a time. */
export interface Stand {
  /** The texts of the files that are mutated, by absolute path in the package, as they were when it was copied. */
  texts: ReadonlyMap<string, string>;
  /** Runs `work` while a file has another text. */
  withText<T>(file: string, text: string, work: () => Promise<T>): Promise<T>;
  /** Runs all tests, or those in some files (absolute paths in the package); undefined where the framework cannot run some alone, or when cancelled. */
  run(limitMs: number, signal: AbortSignal, files?: readonly string[]): Promise<PlainRun | undefined>;
  /** Removes the copy. */
  close(): Promise<void>;
}

/** What a stand is made for. */
export interface StandRequest {
  package: TestPackage;
  node: NodeRuntime;
  /** The files that are mutated, absolute paths in the package. */
  files: readonly string[];
  /** Arguments that the plain command gets besides its own; read each time that it runs. */
  added: readonly string[];
}

/** Copies a package; the caller closes what it gets. */
export async function openStand({ package: pkg, node, files, added }: StandRequest): Promise<Stand> {
  const folder = await makeRunFolder();
  const close = () => rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  try {
    const { ignore, build, args } = await readStaging(pkg.directory, pkg.framework.name);
    const stage = await createStage({ directory: pkg.directory, root: pkg.root, overlays: new Map(), ignore, parent: folder });
    const staged = (file: string) => path.join(stage.directory, path.relative(pkg.directory, file));
    const texts = new Map(await Promise.all(files.map(async (file): Promise<[string, string]> => [file, await readFile(staged(file), 'utf8')])));
    const unchecked = build !== undefined || (await checksTypes(pkg));
    if (unchecked) await turnOffTypeChecks(stage.directory);
    const place = { package: pkg, node, directory: stage.directory, cache: path.join(folder, 'cache') };
    return {
      texts,
      async withText(file, text, work) {
        const before = await readFile(staged(file), 'utf8');
        await writeFile(staged(file), unchecked && isTypeScript(file) ? withoutTypeChecks(text) : text);
        try {
          return await work();
        } finally {
          await writeFile(staged(file), before);
        }
      },
      async run(limitMs, signal, files) {
        const command = await plainCommand({ ...place, added: [...args, ...added] }, files?.map(staged));
        return command && runPlain(build === undefined ? [command] : [buildCommand(place, build), command], limitMs, signal);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs commands one after the other as far as the first that fails. */
async function runPlain(commands: readonly PlainCommand[], limitMs: number, signal: AbortSignal): Promise<PlainRun | undefined> {
  const tail: string[] = [];
  const hear = (line: string) => {
    if (line.trim()) tail.push(stripVTControlCharacters(line));
    if (tail.length > TAIL_LINES) tail.shift();
  };
  const limit = AbortSignal.timeout(limitMs);
  const until = AbortSignal.any([signal, limit]);
  let outcome: PlainOutcome = 'passed';
  let durationMs = 0;
  for (const command of commands) {
    const exit = await run(command, { signal: until, onStdout: hear, onStderr: hear });
    if (signal.aborted) return undefined;
    if (exit.startError) hear(exit.startError.message);
    durationMs += exit.durationMs;
    if (exit.code === 0) continue;
    outcome = limit.aborted ? 'timed-out' : 'failed';
    break;
  }
  return { outcome, command: commands.map(({ words }) => words).join(' && '), tail, durationMs };
}
