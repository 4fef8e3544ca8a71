import path from 'node:path';
import type { Project, ProjectCommand } from '../../detection/index.ts';
import { pythonManifest } from './python-manifest.ts';

/** How dependencies are installed. */
export interface InstallPlan {
  /** One after the other; none where it cannot be done here. */
  commands: readonly ProjectCommand[];
  /** What a person should know: a stand-in, or what is missing. Sentences. */
  notes: readonly string[];
}

/** How a person gets a manager that is not there. */
const GETTING: Readonly<Record<string, string>> = {
  pnpm: '`corepack enable pnpm` or `npm install --global pnpm`',
  yarn: '`corepack enable yarn`',
  bun: '`npm install --global bun`',
};
/** Managers of Python that are started where they are there, with the option that keeps the lock file as it is. */
const FROZEN: Readonly<Record<string, readonly string[]>> = {
  uv: ['uv', 'sync', '--frozen'],
  pdm: ['pdm', 'sync'],
  pipenv: ['pipenv', 'sync', '--dev'],
};

/**
 * What installs a project's dependencies: the detected command, as its lock file has them; for Python into `.venv`, with pip where its manager is not there.
 *
 * @param isLocked whether the manager's lock file is there
 * @param isThere whether a program is found
 */
export async function installPlan(
  project: Project,
  isLocked: (file: string) => boolean,
  isThere: (program: string) => boolean,
): Promise<InstallPlan> {
  const detected = project.commands.install[0]?.value;
  if (!detected) return { commands: [], notes: ['Nothing says how its dependencies are installed.'] };
  return project.ecosystem === 'python' ? forPython(project, detected, isLocked, isThere) : forNode(detected, isThere);
}

function forNode(command: ProjectCommand, isThere: (program: string) => boolean): InstallPlan {
  const [manager = ''] = command.argv;
  if (isThere(manager)) return { commands: [command], notes: [] };
  // Another manager would read another lock file, or none.
  const how = GETTING[manager] ?? 'its own installer';
  return { commands: [], notes: [`${manager} is not installed: get it with ${how}, then run \`${command.argv.join(' ')}\`.`] };
}

async function forPython(
  { directory, commands }: Project,
  command: ProjectCommand,
  isLocked: (file: string) => boolean,
  isThere: (program: string) => boolean,
): Promise<InstallPlan> {
  const [manager = ''] = command.argv;
  if (manager !== 'pip' && isThere(manager)) {
    const frozen = isLocked(`${manager}.lock`) ? FROZEN[manager] : undefined;
    const env = manager === 'poetry' ? { POETRY_VIRTUALENVS_IN_PROJECT: 'true' } : {};
    return { commands: [{ ...command, argv: frozen ?? command.argv, env: { ...command.env, ...env } }], notes: [] };
  }
  const python = isThere('python3') ? 'python3' : 'python';
  const inside = process.platform === 'win32' ? path.join('.venv', 'Scripts', 'python.exe') : path.join('.venv', 'bin', 'python');
  const made = isLocked(path.join('.venv', 'pyvenv.cfg')) ? [] : [{ argv: [python, '-m', 'venv', '.venv'], env: {}, cwd: directory }];
  const pip = (words: readonly string[]): ProjectCommand => ({
    argv: [inside, '-m', 'pip', 'install', ...words],
    env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
    cwd: directory,
  });
  // Lists that name what tests need may leave out what runs them.
  const framework = commands.test[0]?.value.argv.includes('pytest') ? ['pytest'] : [];
  const forTests = [...(await pythonManifest(directory)).forTests, ...framework];
  if (manager === 'pip') return { commands: [...made, pip([...command.argv.slice(2), ...forTests])], notes: [] };
  return {
    commands: [...made, pip(['-e', '.', ...forTests])],
    notes: [`${manager} is not installed: pip was run in its place, which does not read its lock file.`],
  };
}
