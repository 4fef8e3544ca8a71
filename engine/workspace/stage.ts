import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Minimatch } from 'minimatch';
import { isInside, relativePosix } from './files.ts';

/** What to copy into a stage. All paths are absolute. */
export interface StageRequest {
  /** The package that is copied. */
  directory: string;
  /** The monorepo's root, or the package itself; what lies between it and the package is linked, not copied. */
  root: string;
  /** Texts that stand in for the files on the disk: what is in the editor and not saved. */
  overlays: ReadonlyMap<string, string>;
  /** Patterns of files left out, in the sense of StrykerJS's `ignorePatterns`. */
  ignore: readonly string[];
  /** The temporary folder of the run; the stage lies in it. */
  parent: string;
}

/** A temporary copy of a package that may be instrumented and run freely. */
export interface Stage {
  /** Absolute path of the copied package. */
  directory: string;
  /** What in it is a symbolic link into the original, relative to the package: never to be written to. */
  links: string[];
  /** The original's path for a path in the stage; other paths come back unchanged. */
  original(staged: string): string;
}

/** Left out of each copy: what StrykerJS leaves out too (its ALWAYS_IGNORE), and Assay's own folder. */
const NEVER_COPIED = ['node_modules', '.git', '.assay', '*.tsbuildinfo', '/stryker.log', '.stryker-tmp', '.next', '.nuxt', '.svelte-kit'];
const PREFIX = 'assay-';

/** Makes the temporary folder of one run, readable by this user only. The caller removes it. */
export async function makeRunFolder(): Promise<string> {
  return mkdtemp(path.join(await realpath(os.tmpdir()), `${PREFIX}${process.pid}-`));
}

/** Removes the folders of runs whose process was killed before it could do so itself. */
export async function removeAbandonedRunFolders(): Promise<void> {
  const temporary = await realpath(os.tmpdir()).catch(() => os.tmpdir());
  for (const name of await readdir(temporary).catch(() => [])) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(path.join(temporary, name), { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * Copies a package into a temporary folder that keeps the package's place below its root, so that `../../tsconfig.base.json` and modules
 * hoisted to the root resolve as they do in the original: everything beside the way down to the package is a symbolic link.
 */
export async function createStage(request: StageRequest): Promise<Stage> {
  const stageRoot = path.join(request.parent, 'stage', path.basename(request.root));
  const way = path.relative(request.root, request.directory).split(path.sep).filter(Boolean);
  await mkdir(stageRoot, { recursive: true });
  let from = request.root;
  let to = stageRoot;
  for (const step of way) {
    await linkEntries(from, to, step);
    from = path.join(from, step);
    to = path.join(to, step);
    await mkdir(to);
  }
  const rules = [...NEVER_COPIED, ...request.ignore].map((rule) => new Minimatch(rule, { dot: true, flipNegate: true, nocase: true }));
  const links: string[] = [];
  await copyTree(from, to, from, rules, links);
  for (const [file, text] of request.overlays) {
    if (isInside(from, file)) await overlay(to, path.relative(from, file).split(path.sep), text);
  }
  const original = (staged: string) => (isInside(stageRoot, staged) ? path.join(request.root, path.relative(stageRoot, staged)) : staged);
  return { directory: to, links, original };
}

/** Writes a text below `top`. A link on the way, which leads into the original, gives way to a folder of links, so that nothing is written through it. */
async function overlay(top: string, steps: readonly string[], text: string): Promise<void> {
  let at = top;
  for (const [i, step] of steps.entries()) {
    at = path.join(at, step);
    const isLast = i === steps.length - 1;
    if ((await lstat(at).catch(() => undefined))?.isSymbolicLink()) {
      const real = await realpath(at).catch(() => undefined);
      await rm(at);
      if (!isLast) await mkdir(at);
      if (!isLast && real) await linkEntries(real, at, '');
    } else if (!isLast) await mkdir(at, { recursive: true });
  }
  await writeFile(at, text);
}

async function linkEntries(from: string, to: string, except: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (name !== except && name !== '.git') await link(path.join(from, name), path.join(to, name));
  }
}

async function copyTree(from: string, to: string, top: string, rules: Minimatch[], links: string[]): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const source = path.join(from, entry.name);
      const target = path.join(to, entry.name);
      if (entry.name === 'node_modules') return link(source, target);
      if (!included(entry.name, relativePosix(top, source), entry.isDirectory(), rules)) return;
      if (entry.isDirectory()) {
        await mkdir(target);
        await copyTree(source, target, top, rules, links);
      } else if (entry.isSymbolicLink()) {
        links.push(relativePosix(top, source));
        await link(await realpath(source).catch(() => source), target);
      } else if (entry.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE);
    }),
  );
}

/** The rule of `ProjectReader` in StrykerJS, so that `ignorePatterns` mean here what they mean there. */
function included(name: string, relative: string, isDirectory: boolean, rules: Minimatch[]): boolean {
  let result = true;
  for (const rule of rules) {
    if (rule.negate === result) continue;
    const asFile = rule.match(name) || rule.match(relative) || rule.match(`/${relative}`);
    const asDirectory =
      isDirectory &&
      (rule.match(`/${relative}/`) ||
        rule.match(`${relative}/`) ||
        (rule.negate && (rule.match(`/${relative}`, true) || rule.match(relative, true))));
    if (asFile || asDirectory) result = rule.negate;
  }
  return result;
}

async function link(source: string, target: string): Promise<void> {
  // A junction, which needs no privilege on Windows, leads to directories only.
  if (process.platform === 'win32' && (await stat(source).catch(() => undefined))?.isFile()) return copyFile(source, target);
  await symlink(source, target, 'junction');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
