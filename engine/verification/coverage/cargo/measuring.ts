import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProjectCommand } from '../../../detection/index.ts';
import { shippedFile } from '../../../installation/index.ts';
import { linkIn } from '../../../store/index.ts';
import type { Ask } from '../asking.ts';
import { declaredFunctions } from '../functions.ts';
import type { CoveredFile } from '../model.ts';
import { readLlvmCov, rustFile } from '../readers/llvm-cov.ts';
import { buildOptions } from './build-options.ts';
import { testCode } from './test-code.ts';
import { type LlvmTools, llvmTools } from './toolchain.ts';

/** A command of cargo that is measured. */
export interface CargoMeasuring {
  command: ProjectCommand;
  /** What was covered, when the command has ended; sentences where that is not known. */
  read(): Promise<{ files: CoveredFile[]; notes: string[] }>;
}

/** What is built to be measured lies apart from the project's own `target`: what is there need not be built again afterwards. It stays for the next time. */
const TARGET = path.join('.assay', 'coverage-target');
/** Built with the tests, and no code under test. */
const NO_CODE = /^(example|bench|custom-build)$/;
const WINDOWS = 'Coverage: cargo is not measured on Windows.';
const NOTHING_READ = 'Coverage: what cargo ran is not known:';

/**
 * `cargo test` or `cargo nextest run` so that LLVM counts what the crates of the workspace run, dependencies left out; another command as it is, and so is one whose toolchain lacks
 * what reads the counts.
 *
 * @param root absolute path of the project
 * @param folder absolute path of a folder of the run
 * @param around the environment that the command is going to get besides its own
 * @param ask runs what else has to be run
 */
export async function measuredByCargo(
  command: ProjectCommand,
  { root, folder, around, ask }: { root: string; folder: string; around: NodeJS.ProcessEnv; ask: Ask },
): Promise<CargoMeasuring> {
  const as = (notes: string[]) => ({ command, read: async () => ({ files: [], notes }) });
  const { argv } = command;
  const at = argv[1]?.startsWith('+') ? 2 : 1;
  const isNextest = argv[at] === 'nextest' && /^(run|r)$/.test(argv[at + 1] ?? '');
  if (!/^cargo(\.exe)?$/.test(path.basename(argv[0] ?? '')) || !(isNextest || argv[at] === 'test' || argv[at] === 't')) return as([]);
  if (process.platform === 'win32') return as([WINDOWS]);
  const link = linkIn(root, ['.assay', TARGET]);
  if (link !== undefined) return as([`Coverage: cargo is not measured, because ${path.relative(root, link)} is a link to somewhere else.`]);
  const whole = { ...around, ...command.env };
  const asked = { ...command, env: whole as Record<string, string> };
  const tools = await llvmTools(asked, ask);
  if (typeof tools !== 'object') return as(tools === undefined ? [] : [tools]);
  const env = {
    CARGO_TARGET_DIR: path.join(root, TARGET),
    RUSTC_WORKSPACE_WRAPPER: shippedFile('dist', 'verify', 'cargo', 'rustc'),
    LLVM_PROFILE_FILE: path.join(folder, 'cargo-%p-%m.profraw'),
  };
  const build = [
    ...argv.slice(0, at),
    'test',
    '--no-run',
    '--message-format=json',
    ...buildOptions(argv.slice(isNextest ? at + 2 : at + 1), isNextest),
  ];
  const again = { ...asked, argv: build, env: { ...asked.env, ...env } };
  return {
    command: { ...command, env: { ...command.env, ...env } },
    read: () => readCounts(tools, again, folder, ask),
  };
}

async function readCounts(
  { profdata, cov }: LlvmTools,
  build: ProjectCommand,
  folder: string,
  ask: Ask,
): Promise<{ files: CoveredFile[]; notes: string[] }> {
  const raw = (await readdir(folder)).filter((name) => name.endsWith('.profraw'));
  if (raw.length === 0) return { files: [], notes: [] };
  const tell = async ([program = '', ...args]: readonly string[]) => {
    const [said, warned]: [string[], string[]] = [[], []];
    const listeners = {
      longestLine: Number.POSITIVE_INFINITY,
      onStdout: (line: string) => said.push(line),
      onStderr: (line: string) => warned.push(line),
    };
    const { code } = await ask({ program, args, cwd: build.cwd, env: build.env }, listeners);
    return { said, failure: code === 0 ? undefined : `${NOTHING_READ} ${path.basename(program)} failed: ${warned.at(-1)?.trim() ?? ''}` };
  };
  const built = await tell(build.argv);
  // What was broken off ends in the middle of a line.
  const objects = built.failure === undefined ? built.said.flatMap(objectsOf) : [];
  if (built.failure !== undefined || objects.length === 0)
    return { files: [], notes: [built.failure ?? `${NOTHING_READ} nothing that was built is left.`] };
  const merged = path.join(folder, 'cargo.profdata');
  // A process that was killed leaves a file that is cut off.
  const merging = await tell([profdata, 'merge', '--sparse', '--failure-mode=all', '-o', merged, ...raw.map((name) => path.join(folder, name))]);
  if (merging.failure !== undefined) return { files: [], notes: [merging.failure] };
  const told = await tell([cov, 'export', '--skip-expansions', `--instr-profile=${merged}`, ...objects.flatMap((file) => ['--object', file])]);
  if (told.failure !== undefined) return { files: [], notes: [told.failure] };
  const files = readLlvmCov(JSON.parse(told.said.join('\n'))).map(async (one) => {
    const text = await readFile(one.file, 'utf8').catch(() => undefined);
    return text === undefined ? [] : [rustFile(one, await declaredFunctions('rust', text), await testCode(text))];
  });
  return { files: (await Promise.all(files)).flat(), notes: [] };
}

/** What a line of cargo's JSON tells to be built of the workspace and runs: programs, and macros, which run in the compiler. */
function objectsOf(line: string): string[] {
  if (!line.startsWith('{"reason":"compiler-artifact"')) return [];
  const told = JSON.parse(line) as { package_id: string; target: { kind: string[] }; executable: string | null; filenames: string[] };
  // `path+file:///…`, and `name 0.1.0 (path+file:///…)` before cargo 1.77.
  if (!told.package_id.includes('path+file:') || told.target.kind.some((kind) => NO_CODE.test(kind))) return [];
  return told.executable === null ? told.filenames.filter((name) => /\.(so|dylib)$/.test(name)) : [told.executable];
}
