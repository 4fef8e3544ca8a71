import path from 'node:path';
import type { Project } from '../../detection/index.ts';
import { readText } from '../../workspace/index.ts';

/** So many files may include one another. */
const MOST_FILES = 8;

/** Files with what those who work on a project may have or not: linters, documentation. */
const OPTIONAL = /dev|test|doc|lint|ci\b|optional|extra/i;

/** What the files of requirements name that a project is installed from (`pip install -r requirements.txt`), with those that they include; not what only those need who work on it. */
export async function requirementsOf({ directory, commands }: Pick<Project, 'directory' | 'commands'>): Promise<string[]> {
  const argv = commands.install[0]?.value.argv ?? [];
  const waiting = argv.flatMap((word, i) => (argv[i - 1] === '-r' ? [path.resolve(directory, word)] : []));
  const read = new Set<string>();
  const found: string[] = [];
  for (let file = waiting.shift(); file !== undefined && read.size < MOST_FILES; file = waiting.shift()) {
    if (read.has(file)) continue;
    read.add(file);
    const { needed, files } = parseRequirements((await readText(file).catch(() => undefined)) ?? '');
    if (!OPTIONAL.test(path.basename(file))) found.push(...needed);
    waiting.push(...files.map((one) => path.resolve(path.dirname(file as string), one)));
  }
  return found;
}

/** Reads a file of requirements: what it names by name, and the files that it includes. What it names by address or path has no name that could be asked for. Pure. */
export function parseRequirements(text: string): { needed: string[]; files: string[] } {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return {
    needed: lines
      .filter((line) => /^[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\]\s*)?($|[=<>!~;\s(])/.test(line))
      .map((line) => line.replace(/\s--hash[=\s].*$/, '').trimEnd()),
    files: lines.flatMap((line) => /^(?:-r|--requirement)[\s=]+(\S+)$/.exec(line)?.[1] ?? []),
  };
}
