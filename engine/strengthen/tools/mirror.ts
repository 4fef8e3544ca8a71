import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../process/index.ts';

/** How long one run may take, milliseconds. */
const LIMIT_MS = 20_000;
/** How many answers are kept: each holds a whole file. */
const MOST_KNOWN = 50;

/** The folders with a configuration from one upwards, the nearest first. */
export async function configHomes(folder: string, config: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const here = names.some((name) => config.test(name)) ? [folder] : [];
  const parent = path.dirname(folder);
  return parent === folder ? here : [...here, ...(await configHomes(parent, config))];
}

/** A file, the folders with configurations for it (the nearest first), and what in these such configurations consist of. */
interface Mirrored {
  file: string;
  homes: readonly string[];
  parts: RegExp;
}

/** Does something in a folder where only configurations and the file lie, with another text: for tools that look at files of the disk only. */
export async function inMirror<T>({ file, homes, parts }: Mirrored, text: string, work: (mirror: string, copy: string) => Promise<T>): Promise<T> {
  const top = homes.at(-1) ?? path.dirname(file);
  const mirror = await realpath(await mkdtemp(path.join(tmpdir(), 'assay-mirror-')));
  try {
    const within = (one: string) => path.join(mirror, path.relative(top, one));
    for (const home of homes) {
      await mkdir(within(home), { recursive: true });
      for (const name of await readdir(home)) if (parts.test(name)) await cp(path.join(home, name), path.join(within(home), name));
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

/** Does something with each text once: for what takes long, and answers the same each time. */
export function onceFor<T>(work: (text: string) => Promise<T>): (text: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (text) => {
    const answer = known.get(text) ?? work(text);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, answer);
    return answer;
  };
}

/** What a script of Node's writes on standard output. */
export async function said(script: string, args: readonly string[], cwd: string): Promise<string> {
  const lines: string[] = [];
  const command = { program: process.execPath, args: [script, ...args], cwd, env: process.env };
  await run(command, { signal: AbortSignal.timeout(LIMIT_MS), onStdout: (line) => lines.push(line) });
  return lines.join('\n');
}
