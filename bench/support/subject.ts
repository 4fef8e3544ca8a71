import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findPackage } from '../../engine/workspace/index.ts';
import { FIXTURES, installFixtures } from '../../scripts/fixtures.ts';
import { findModule, linkModule, linkModules, manifest } from './modules.ts';
import { temporaryFolder } from './temporary.ts';

/** A file of a workspace that both sides mutate, in a temporary copy. */
export interface Subject {
  name: string;
  framework: string;
  version: string;
  /** Absolute path of the copy. */
  directory: string;
  /** Relative to it. */
  file: string;
}

/** The file of each fixture that is mutated. */
const FIXTURE_FILES: Record<string, string> = { vitest: 'src/price.ts', jest: 'src/duration.js', mocha: 'lib/range.js' };

/** What is measured when nothing is named. */
export const DEFAULT_SUBJECTS = Object.keys(FIXTURE_FILES);

/** Copies what an argument names: a fixture, or `DIRECTORY:FILE` of any workspace with its dependencies installed. */
export async function prepareSubject(argument: string): Promise<Subject> {
  const fixture = FIXTURE_FILES[argument];
  if (fixture) installFixtures([argument]);
  const at = argument.lastIndexOf(':');
  const from = fixture ? path.join(FIXTURES, argument) : path.resolve(argument.slice(0, at));
  const file = fixture ?? argument.slice(at + 1);
  const directory = copyOf(from);
  const found = await findPackage(path.join(directory, file), directory);
  if (!found.ok) throw new Error(`${argument}: ${found.failure.message}`);
  const framework = found.value.framework.name;
  if (framework === 'mocha') replaceMocha12(directory);
  if (framework === 'jest') exposeEnvironment(directory);
  const version = manifest(findModule(framework, directory) as string).version;
  return { name: `${fixture ? `fixtures/${argument}` : repositoryName(from)} ${file}`, framework, version, directory, file };
}

/** Copies a workspace with its dependencies, without results of earlier runs; the copy is removed when the benchmark ends. */
export function copyOf(from: string): string {
  const directory = path.join(temporaryFolder(), path.basename(from));
  const filter = (source: string) => !/^(node_modules|\.git|\.assay|coverage)(\/|$)/.test(path.relative(from, source));
  cpSync(from, directory, { recursive: true, verbatimSymlinks: true, filter });
  linkModules(from, directory);
  return directory;
}

/** `owner/name@commit` as the manifest and the clone say, the name of the folder where they do not. */
export function repositoryName(directory: string): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: directory, encoding: 'utf8' });
  const commit = git('rev-parse', '--short=7', 'HEAD').stdout.trim();
  const { repository } = manifest(directory);
  const address = typeof repository === 'string' ? repository : (repository?.url ?? git('remote', 'get-url', 'origin').stdout.trim());
  const name = /(?:^|[:/])([^:/]+\/[^/]+?)(?:\.git)?$/.exec(address)?.[1] ?? path.basename(directory);
  return commit ? `${name}@${commit}` : name;
}

/** Removes results of earlier runs; what Node compiled stays, as test frameworks keep what they transformed. */
export function forgetResults(directory: string): void {
  for (const name of ['assay.db', 'assay.db-wal', 'assay.db-shm']) rmSync(path.join(directory, '.assay', name), { force: true });
}

/** StrykerJS's runner cannot load Mocha 12, whose inner files have other names: both sides get Mocha 11. */
function replaceMocha12(directory: string): void {
  if (Number.parseInt(manifest(findModule('mocha', directory) as string).version, 10) < 12) return;
  rmSync(path.join(directory, 'node_modules'), { recursive: true });
  rmSync(path.join(directory, 'package-lock.json'), { force: true });
  const file = path.join(directory, 'package.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/("mocha": *)"[^"]*"/, '$1"^11.0.0"'));
  execFileSync('npm', ['install', '--loglevel=error', '--no-audit', '--no-fund'], { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** StrykerJS's runner looks for Jest's environment beside the package only, where a package manager that hoists nothing does not put it. */
function exposeEnvironment(directory: string): void {
  const name = 'jest-environment-node';
  if (findModule(name, directory)) return;
  let from: string | undefined = directory;
  for (const next of ['jest', 'jest-cli', 'jest-config', name]) from = from && findModule(next, from);
  if (from) linkModule(from, directory, name);
}
