import { access, constants, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Evidence, fail, ok, type Result } from '../model/index.ts';
import { userEnvironment } from './environment.ts';
import { run } from './run.ts';

/** The oldest Node that mutation runs work on: the first 22 with `module.registerHooks` (22.15.0). */
export const OLDEST_NODE = { major: 22, minor: 15 } as const;

/** A Node that can run the user's tests. */
export interface NodeRuntime {
  /** Absolute path of the executable. */
  path: string;
  /** For example `24.21.0`. */
  version: string;
  evidence: Evidence;
}

/** Where to look for a Node. */
export interface NodeSearch {
  /** The path that the user set, if any; nothing else is tried then. */
  setting?: string | undefined;
  /** Absolute path of the package whose tests will run; its own Node comes first. */
  directory: string;
  /** A Node known to be the user's: the one the command line runs on. */
  own?: { path: string; version: string } | undefined;
}

/**
 * Versions of executables by path, with what tells each from one that is put in its place, and the one that the login shell knew: to ask takes longer than
 * many a run. Asked anew where no Node was found: a version manager may have another one by now.
 */
const known = new Map<string, { stamp: string; version: string }>();
let knownToShell: string | undefined;

interface Candidate {
  path: string;
  says: string;
}

/**
 * Finds the Node that runs the user's tests: the setting, else the one that the command line itself runs on, else the
 * one that the workspace installed, else the one on the PATH, else the one that a login shell knows (nvm, volta, fnm).
 */
export async function findNode(search: NodeSearch): Promise<Result<NodeRuntime>> {
  const found = await lookForNode(search);
  if (!found.ok) {
    known.clear();
    knownToShell = undefined;
  }
  return found;
}

async function lookForNode(search: NodeSearch): Promise<Result<NodeRuntime>> {
  if (search.setting) return await fromSetting(search.setting);
  if (search.own && newEnough(search.own.version)) {
    return ok({ ...search.own, evidence: { says: `Node ${search.own.version} runs this command` } });
  }
  let tooOld: { version: string; path: string } | undefined;
  for await (const candidate of candidates(search.directory)) {
    const version = await versionOf(candidate.path);
    if (version === undefined) continue;
    if (newEnough(version)) {
      return ok({ path: candidate.path, version, evidence: { file: candidate.path, says: `Node ${version} ${candidate.says}` } });
    }
    tooOld ??= { version, path: candidate.path };
  }
  const wanted = `${OLDEST_NODE.major}.${OLDEST_NODE.minor}`;
  return tooOld
    ? fail({
        code: 'node-too-old',
        message: `Mutation testing needs Node ${wanted} or newer; the one found is ${tooOld.version} (${tooOld.path}).`,
        action: 'Install a newer Node, or set "assay.node.path" to one.',
      })
    : fail({
        code: 'node-not-found',
        message: 'No Node was found in the workspace, on the PATH or in a login shell.',
        action: `Install Node ${wanted} or newer, or set "assay.node.path" to its executable.`,
      });
}

async function fromSetting(setting: string): Promise<Result<NodeRuntime>> {
  const version = await versionOf(setting);
  if (version === undefined) {
    return fail({
      code: 'node-not-found',
      message: `"assay.node.path" is ${setting}, which does not run as Node.`,
      action: 'Set "assay.node.path" to the path of a Node executable, or remove it.',
    });
  }
  if (!newEnough(version)) {
    return fail({
      code: 'node-too-old',
      message: `"assay.node.path" is Node ${version}; mutation testing needs ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer.`,
      action: 'Set "assay.node.path" to a newer Node, or remove it.',
    });
  }
  return ok({ path: setting, version, evidence: { file: setting, says: `Node ${version} from the setting assay.node.path` } });
}

async function* candidates(directory: string): AsyncGenerator<Candidate> {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let at = directory; ; at = path.dirname(at)) {
    const local = path.join(at, 'node_modules', 'node', 'bin', name);
    if (await isExecutable(local)) yield { path: local, says: 'installed in the workspace' };
    if (path.dirname(at) === at) break;
  }
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const onPath = path.join(folder, name);
    if (path.isAbsolute(onPath) && (await isExecutable(onPath))) yield { path: onPath, says: 'on the PATH' };
  }
  if (knownToShell === undefined || !(await isExecutable(knownToShell))) knownToShell = await loginShellNode();
  if (knownToShell) yield { path: knownToShell, says: 'known to the login shell' };
}

async function loginShellNode(): Promise<string | undefined> {
  const shell = process.env['SHELL'];
  if (process.platform === 'win32' || !shell) return undefined;
  const mark = '__assay_node__';
  const script = `printf '${mark}%s\\n' "$(command -v node)"`;
  const lines: string[] = [];
  await run(
    { program: shell, args: ['-l', '-i', '-c', script], cwd: os.homedir(), env: userEnvironment() },
    { signal: AbortSignal.timeout(5000), onStdout: (line) => lines.push(line) },
  );
  const found = lines.find((line) => line.startsWith(mark))?.slice(mark.length);
  return found && path.isAbsolute(found) ? found : undefined;
}

async function versionOf(executable: string): Promise<string | undefined> {
  const stamp = await stat(executable).then(
    ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
    () => undefined,
  );
  const before = known.get(executable);
  if (before && before.stamp === stamp) return before.version;
  let said = '';
  const exit = await run(
    { program: executable, args: ['-p', 'process.versions.node'], cwd: os.tmpdir(), env: userEnvironment() },
    { signal: AbortSignal.timeout(10_000), onStdout: (line) => (said += line) },
  );
  const version = exit.code === 0 && /^\d+\.\d+\.\d+/.test(said) ? said.trim() : undefined;
  if (version !== undefined && stamp !== undefined) known.set(executable, { stamp, version });
  return version;
}

function newEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
