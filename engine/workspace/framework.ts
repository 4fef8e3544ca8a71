import path from 'node:path';
import type { Evidence } from '../model/index.ts';
import { firstFile, lineOf, readJson, readText, upwards } from './files.ts';
import { hasNodeTests } from './node-test-program.ts';
import { type FrameworkName, parseTestCommand, splitCommands, type TestCommand } from './test-command.ts';

/** A package's test framework and how the package starts it. */
export interface Framework {
  name: FrameworkName;
  /** Installed version, for example `4.1.0`; empty where it is a part of Node. */
  version: string;
  /** Absolute path of its configuration file, where it has one. */
  configFile?: string;
  /** What the test script sets and passes; empty where no script starts the framework. */
  command: Omit<TestCommand, 'framework'>;
  /** Which files are tests: patterns relative to the package. */
  testPatterns: string[];
  /** Why this framework, this version, this config and these tests. */
  evidence: Evidence[];
}

/** What a look at one directory found. `strength` says whether the package itself starts or configures the framework, or only depends on it. */
export type Detection =
  | { kind: 'found'; strength: 'configured' | 'declared'; framework: Framework }
  | { kind: 'not-installed'; name: FrameworkName; evidence: Evidence[] }
  | { kind: 'unknown'; name: string; evidence: Evidence[] }
  | { kind: 'none' };

const CONFIG_FILES: Record<FrameworkName, readonly string[]> = {
  vitest: ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].flatMap((x) => [`vitest.config.${x}`, `vitest.workspace.${x}`]).concat('vitest.workspace.json'),
  jest: ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'].map((x) => `jest.config.${x}`),
  mocha: ['.mocharc.js', '.mocharc.cjs', '.mocharc.mjs', '.mocharc.yaml', '.mocharc.yml', '.mocharc.jsonc', '.mocharc.json'],
  'node:test': [],
};
const NAMES = Object.keys(CONFIG_FILES) as FrameworkName[];

/** Each framework's own defaults: https://vitest.dev/config/include, https://jestjs.io/docs/configuration#testmatch-arraystring, https://mochajs.org/running/cli/#the-test-directory, https://nodejs.org/api/test.html#running-tests-from-the-command-line */
const DEFAULT_PATTERNS: Record<FrameworkName, readonly string[]> = {
  vitest: ['**/*.{test,spec}.?(c|m)[jt]s?(x)'],
  jest: ['**/__tests__/**/*.?([mc])[jt]s?(x)', '**/?(*.)+(spec|test).?([mc])[jt]s?(x)'],
  mocha: ['./test/*.{js,cjs,mjs}'],
  'node:test': ['**/*{.,-,_}test.?(c|m)[jt]s', '**/test-*.?(c|m)[jt]s', '**/test.?(c|m)[jt]s', '**/test/**/*.?(c|m)[jt]s'],
};

/** Runners that are known by name only, so that the message can name them. */
const OTHER_RUNNERS = ['ava', 'tap', 'uvu', 'jasmine', 'karma', 'tape', 'qunit', 'lab', 'bun test', 'deno test', 'playwright test', 'cypress'];

/** Looks for a test framework in one directory; `top` bounds the search for installed versions. */
export async function detectFramework(directory: string, top: string): Promise<Detection> {
  const manifestFile = path.join(directory, 'package.json');
  const manifest = await readJson(manifestFile);
  if (!manifest) return { kind: 'none' };
  const manifestText = (await readText(manifestFile)) ?? '';
  const scripts = stringRecord(manifest['scripts']);
  const started = fromScripts(scripts, directory);
  const configured = await fromConfig(directory, manifest, started?.command.framework);
  const name = started?.command.framework ?? configured?.name ?? NAMES.find((candidate) => dependsOn(manifest, candidate));
  if (!name) return unknownRunner(scripts, manifest, manifestFile, manifestText);

  const evidence: Evidence[] = [];
  if (started) {
    evidence.push(at(manifestFile, lineOf(manifestText, `"${started.script}"`), `the script "${started.script}" runs ${name}`));
  }
  if (dependsOn(manifest, name)) {
    evidence.push(at(manifestFile, lineOf(manifestText, `"${name}"`), `${name} is a dependency`));
  }
  if (configured) evidence.push(at(configured.file, undefined, `${name} is configured in ${path.basename(configured.file)}`));

  const installed = name === 'node:test' ? { version: '' } : await installedVersion(directory, top, name);
  if (!installed) return { kind: 'not-installed', name, evidence };
  if ('file' in installed) evidence.push(at(installed.file, undefined, `${name} ${installed.version} is installed`));
  const tests = testPatterns(name, manifest, configured?.file, started?.command);
  evidence.push(tests.evidence);
  return {
    kind: 'found',
    strength: started || configured ? 'configured' : 'declared',
    framework: {
      name,
      version: installed.version,
      ...(configured && configured.file !== manifestFile && { configFile: configured.file }),
      command: started?.command ?? { env: {}, args: [], nodeArgs: [] },
      testPatterns: tests.patterns,
      evidence,
    },
  };
}

function fromScripts(scripts: Record<string, string>, directory: string): { script: string; command: TestCommand } | undefined {
  const order = ['test', 'test:unit', 'unit', 'tests', ...Object.keys(scripts).filter((name) => /(^|:)(unit-?)?tests?($|:)/.test(name))];
  const hasTests = (program: string) => hasNodeTests(path.resolve(directory, program));
  for (const script of order) {
    const command = scripts[script] === undefined ? undefined : parseTestCommand(scripts[script], scripts, hasTests);
    if (command) return { script, command };
  }
  return undefined;
}

async function fromConfig(
  directory: string,
  manifest: Record<string, unknown>,
  preferred: FrameworkName | undefined,
): Promise<{ name: FrameworkName; file: string } | undefined> {
  for (const name of preferred ? [preferred] : NAMES) {
    const file = await firstFile(directory, CONFIG_FILES[name]);
    if (file) return { name, file };
    if (name !== 'vitest' && typeof manifest[name] === 'object') return { name, file: path.join(directory, 'package.json') };
    const vite =
      name === 'vitest'
        ? await firstFile(
            directory,
            ['ts', 'mts', 'js', 'mjs'].map((x) => `vite.config.${x}`),
          )
        : undefined;
    if (vite && /\btest\s*:/.test((await readText(vite)) ?? '')) return { name, file: vite };
  }
  return undefined;
}

function testPatterns(
  name: FrameworkName,
  manifest: Record<string, unknown>,
  configFile: string | undefined,
  command: TestCommand | undefined,
): { patterns: string[]; evidence: Evidence } {
  const own = manifest[name] as Record<string, unknown> | undefined;
  const keys = { vitest: 'include', jest: 'testMatch', mocha: 'spec', 'node:test': '' } as const;
  const fromManifest = strings(own?.[keys[name]]);
  if (fromManifest.length) {
    return { patterns: fromManifest, evidence: { says: `tests are ${fromManifest.join(', ')} (package.json, "${name}.${keys[name]}")` } };
  }
  const positional = name === 'mocha' || name === 'node:test' ? positionalArguments(command?.args ?? []) : [];
  if (positional.length) return { patterns: positional, evidence: { says: `tests are ${positional.join(', ')} (test script)` } };
  const patterns = [...DEFAULT_PATTERNS[name]];
  const unless = configFile ? `, unless ${path.basename(configFile)} says otherwise` : '';
  return { patterns, evidence: { says: `tests are ${patterns.join(', ')} (default of ${name}${unless})` } };
}

/** Mocha's flags that take a value, so that the value is not taken for a test file. */
const VALUED =
  /^(-r|-R|-u|-t|-g|-f|-s|-O|-j|--(require|reporter|ui|timeout|grep|fgrep|slow|config|package|extension|ignore|exclude|file|import|loader|jobs|retries|reporter-options?|node-option))$/;

function positionalArguments(args: string[]): string[] {
  return args.filter((arg, i) => !arg.startsWith('-') && !VALUED.test(args[i - 1] ?? ''));
}

/** The file (absolute path) that the command `name` runs, as the nearest installation of a package of that name says; `top` bounds the search. */
export async function installedProgram({ directory, root }: { directory: string; root: string }, name: FrameworkName): Promise<string | undefined> {
  const file = (await installedVersion(directory, root, name))?.file;
  const bin = file && (await readJson(file))?.['bin'];
  const program = typeof bin === 'string' ? bin : stringRecord(bin)[name];
  return file && program ? path.join(path.dirname(file), program) : undefined;
}

async function installedVersion(directory: string, top: string, name: string): Promise<{ version: string; file: string } | undefined> {
  for (const folder of upwards(directory, top)) {
    const file = path.join(folder, 'node_modules', name, 'package.json');
    const version = (await readJson(file))?.['version'];
    if (typeof version === 'string') return { version, file };
  }
  return undefined;
}

function unknownRunner(scripts: Record<string, string>, manifest: Record<string, unknown>, file: string, text: string): Detection {
  const commands = Object.entries(scripts).flatMap(([script, line]) => splitCommands(line).map((words) => ({ script, words })));
  for (const runner of OTHER_RUNNERS) {
    const script = commands.find(({ script, words }) => /test|unit/.test(script) && inOrder(runner.split(' '), words));
    if (script) {
      return {
        kind: 'unknown',
        name: runner,
        evidence: [at(file, lineOf(text, `"${script.script}"`), `the script "${script.script}" runs ${runner}`)],
      };
    }
    if (dependsOn(manifest, runner)) {
      return { kind: 'unknown', name: runner, evidence: [at(file, lineOf(text, `"${runner}"`), `${runner} is a dependency`)] };
    }
  }
  return { kind: 'none' };
}

/** Whether `wanted` stand among `words` in their order: `node --import tsx --test` is `node --test`. */
function inOrder(wanted: readonly string[], words: readonly string[]): boolean {
  let met = 0;
  for (const word of words) if (word === wanted[met]) met++;
  return met === wanted.length;
}

function dependsOn(manifest: Record<string, unknown>, name: string): boolean {
  return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].some((field) => name in stringRecord(manifest[field]));
}

function at(file: string, line: number | undefined, says: string): Evidence {
  return line === undefined ? { file, says } : { file, line, says };
}

function stringRecord(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
