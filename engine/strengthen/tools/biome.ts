import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../process/index.ts';
import { type Complaint, type FindTool, offsetAt } from './tool.ts';

/** How long one run may take, milliseconds. */
const LIMIT_MS = 20_000;
/** Where Biome's configuration may stand (https://biomejs.dev/guides/configure-biome/). */
const CONFIGS = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'];

/** What is read of `--reporter=json`: Biome 2 says lines and columns, Biome 1 offsets in bytes. */
interface Report {
  summary: { changed: number; unchanged: number };
  diagnostics: { message?: string; description?: string; category: string; location: { start?: Position; span?: [number, number] | null } }[];
}
interface Position {
  line: number;
  column: number;
}

/** Biome, as it formats, lints and sorts the file where it is configured. */
export const biome: FindTool = async (file, text, project) => {
  const program = project.resolve('@biomejs/biome/bin/biome');
  const homes = await configHomes(path.dirname(file));
  const top = homes.at(-1);
  if (top === undefined) return undefined;
  const look = (source: string) => inMirror(file, source, homes, top, (mirror, copy) => reportOn(program, copy, mirror));
  const rewritten = (source: string, command: 'check' | 'format') =>
    inMirror(file, source, homes, top, async (mirror, copy) => {
      await said(program, [command, '--write', '--vcs-enabled=false', copy], mirror);
      return readFile(copy, 'utf8');
    });
  const before = await look(text);
  if (!before || before.summary.changed + before.summary.unchanged === 0) return undefined;
  return {
    name: 'Biome',
    async tidy(changed, { start, end }) {
      const fixed = await rewritten(changed, 'check');
      const isKept = fixed.startsWith(changed.slice(0, start)) && fixed.endsWith(changed.slice(end));
      // What it would sort around the stretch stays as it is.
      return isKept ? fixed : rewritten(changed, 'format');
    },
    async check(changed) {
      const { diagnostics = [] } = (await look(changed)) ?? {};
      return diagnostics.map(({ message, description, category, location }): Complaint => {
        const { start, span } = location;
        const offset = start
          ? offsetAt(changed, start.line, start.column)
          : Buffer.from(changed)
              .subarray(0, span?.[0] ?? 0)
              .toString().length;
        return { offset, message: `${message ?? description ?? ''} (${category})` };
      });
    },
  };
};

/** The folders with a configuration from one upwards. */
async function configHomes(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const here = names.some((name) => CONFIGS.includes(name)) ? [folder] : [];
  const parent = path.dirname(folder);
  return parent === folder ? here : [...here, ...(await configHomes(parent))];
}

/** Does something in a folder where only the configuration and the file lie, with another text: Biome says what it has against files of the disk only. */
async function inMirror<T>(
  file: string,
  text: string,
  homes: readonly string[],
  top: string,
  work: (mirror: string, copy: string) => Promise<T>,
): Promise<T> {
  const mirror = await realpath(await mkdtemp(path.join(tmpdir(), 'assay-biome-')));
  try {
    const within = (one: string) => path.join(mirror, path.relative(top, one));
    for (const home of homes) {
      await mkdir(within(home), { recursive: true });
      for (const name of await readdir(home)) if (/\.jsonc?$/.test(name)) await cp(path.join(home, name), path.join(within(home), name));
    }
    // Configurations may lie in packages.
    await symlink(path.join(top, 'node_modules'), path.join(mirror, 'node_modules')).catch(() => {});
    const copy = within(file);
    await mkdir(path.dirname(copy), { recursive: true });
    await writeFile(copy, text);
    return await work(mirror, copy);
  } finally {
    await rm(mirror, { recursive: true, force: true }).catch(() => {});
  }
}

async function reportOn(program: string, file: string, folder: string): Promise<Report | undefined> {
  const text = await said(program, ['check', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', file], folder);
  try {
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}

/** What it writes on standard output. */
async function said(program: string, args: readonly string[], cwd: string): Promise<string> {
  const lines: string[] = [];
  const command = { program: process.execPath, args: [program, ...args], cwd, env: process.env };
  await run(command, { signal: AbortSignal.timeout(LIMIT_MS), onStdout: (line) => lines.push(line) });
  return lines.join('\n');
}
