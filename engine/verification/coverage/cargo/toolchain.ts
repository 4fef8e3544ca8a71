import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ProjectCommand } from '../../../detection/index.ts';
import type { Ask } from '../asking.ts';

/** LLVM's tools of the toolchain that compiles a project: those of another version cannot read what its programs write. */
export interface LlvmTools {
  /** Absolute paths. */
  profdata: string;
  cov: string;
}

/** The tools; as a sentence why there are none; undefined where rustc cannot be asked. */
export async function llvmTools({ argv, cwd, env }: ProjectCommand, ask: Ask): Promise<LlvmTools | string | undefined> {
  const toolchain = argv[1]?.startsWith('+') ? [argv[1]] : [];
  const said: string[] = [];
  const asked = { program: 'rustc', args: [...toolchain, '--print', 'target-libdir'], cwd, env };
  const exit = await ask(asked, { onStdout: (line) => said.push(line) });
  const folder = said[0]?.trim();
  if (exit.code !== 0 || !folder) return undefined;
  if (!(await readdir(folder).catch(() => [])).some((name) => name.startsWith('libprofiler_builtins')))
    return 'Coverage: the Rust toolchain was built without its profiler, which cargo needs to be measured.';
  const ending = process.platform === 'win32' ? '.exe' : '';
  const [profdata, cov] = ['llvm-profdata', 'llvm-cov'].map((name) => path.join(folder, '..', 'bin', name + ending)) as [string, string];
  try {
    await Promise.all([access(profdata), access(cov)]);
    return { profdata, cov };
  } catch {
    const which = toolchain.map((one) => ` --toolchain ${one.slice(1)}`).join('');
    return `Coverage: cargo needs LLVM's tools in its toolchain: \`rustup component add llvm-tools${which}\`.`;
  }
}
