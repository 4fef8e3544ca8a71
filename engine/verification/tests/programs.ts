import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';

/** Which program a command starts, as far as that decides how its tests are listened to. */
export type Program = 'go' | 'cargo' | 'python' | 'node' | 'other';

const PYTHON = /^(python[\d.]*|py|pypy3?|pytest|py\.test|tox|nox|hatch|pdm|poetry|uv|uvx|pipenv|rye)$/;
const NODE =
  /^(node|npm|npx|pnpm|pnpx|yarn|yarnpkg|bun|bunx|corepack|vitest|jest|mocha|_mocha|c8|nyc|borp|bnt|cross-env|turbo|nx|lerna|react-scripts)$/;

/** Which program a command starts. */
export function programOfCommand({ argv }: ProjectCommand): Program {
  const name = nameOf(argv[0] ?? '');
  if (name === 'go' || name === 'cargo') return name;
  if (PYTHON.test(name)) return 'python';
  return NODE.test(name) ? 'node' : 'other';
}

/** A program's name without its folder and what Windows puts after it. */
export function nameOf(program: string): string {
  return path.basename(program.replaceAll('\\', '/')).replace(/\.(exe|cmd|bat|ps1)$/i, '');
}
