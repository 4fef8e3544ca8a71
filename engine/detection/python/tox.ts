import { braceExpand } from 'minimatch';
import type { Task } from '../tasks/task.ts';
import { asTable, dig, listOf, type Table, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { PythonSettings } from './settings.ts';

/** The environments of tox as tasks; the name of the base, which others take from, is empty. */
export function toxTasks(tree: Tree, { directory, pyproject, texts }: PythonSettings): Task[] {
  const tasks: Task[] = [];
  for (const name of ['tox.ini', 'setup.cfg']) {
    const text = texts.get(name);
    if (text !== undefined) tasks.push(...toxIni(text, below(directory, name), name === 'setup.cfg'));
  }
  const toxToml = tree.toml(below(directory, 'tox.toml'));
  if (toxToml) tasks.push(...toxTables(toxToml, below(directory, 'tox.toml'), texts.get('tox.toml') ?? '', ''));
  if (pyproject) {
    const { file, text, table } = pyproject;
    const legacy = dig(table, 'tool', 'tox', 'legacy_tox_ini');
    if (typeof legacy === 'string') tasks.push(...toxIni(legacy, file, false, tomlLine(text, 'tool.tox', 'legacy_tox_ini')));
    tasks.push(...toxTables(asTable(dig(table, 'tool', 'tox')), file, text, 'tool.tox'));
  }
  return tasks;
}

/** A Python among the factors of an environment's name: `py`, `py3`, `py310`, `3.14t`, `pypy3.11`, `cpython3.10`. */
const PYTHON = /^(pypy|cpython|py)?\d[\d.]*t?$|^py(py3?)?$/;
/** Factors of environments that do something else than the tests, or only some of them. */
const ASIDE = /^(mypy|pyright|ty|typing|types|lint|style|docs?|stress|bench\w*|perf|integration|mindeps|minimal|nightly|dev)$/;

/** Whether an environment is for one Python, which need not be the one at hand. */
export function isForCertainPython(name: string): boolean {
  return name.split('-').some((factor) => PYTHON.test(factor) && factor !== 'py');
}

/**
 * The command that runs what the base environment does for the Python at hand. By itself tox runs all environments that are listed: each Python, whether it is
 * installed or not, linters and documentation; that is for continuous integration.
 */
export function toxForThisPython(tree: Tree, settings: PythonSettings): string[] {
  const own = new Set(toxTasks(tree, settings).map(({ name }) => name));
  const listed = listedEnvironments(tree, settings);
  const here = listed
    .filter((name) => !own.has(name))
    .map((name) => name.split('-'))
    .filter((factors) => factors.some((factor) => PYTHON.test(factor)) && !factors.some((factor) => ASIDE.test(factor)))
    .map((factors) => factors.map((factor) => (PYTHON.test(factor) ? 'py' : factor)).join('-'));
  const wanted = [...new Set(here)];
  const all = wanted.length === 0 || (wanted.length === listed.length && wanted.every((name) => listed.includes(name)));
  return all ? ['tox'] : ['tox', '-e', (wanted.includes('py') ? ['py'] : wanted).join(',')];
}

function listedEnvironments(tree: Tree, { directory, pyproject, texts }: PythonSettings): string[] {
  const legacy = dig(pyproject?.table, 'tool', 'tox', 'legacy_tox_ini');
  const texted = [texts.get('tox.ini'), typeof legacy === 'string' ? legacy : undefined, texts.get('setup.cfg')];
  const list = texted
    .map((text) => /^env_?list[ \t]*=((?:.*(?:\n[ \t]+.*|\n[ \t]*(?=\n[ \t]))*))/im.exec(text ?? '')?.[1])
    .find((one) => one !== undefined);
  const tabled = [dig(pyproject?.table, 'tool', 'tox', 'env_list'), tree.toml(below(directory, 'tox.toml'))?.['env_list']].flatMap(listOf);
  return [...namesIn((list ?? '').replace(/#.*$/gm, '')), ...tabled];
}

/** The names of a list of environments: `py{310,311}-{a,b}, docs`. */
function namesIn(list: string): string[] {
  // Spaces in braces separate nothing; a range is none to a shell, and neither is a single name.
  const spelt = list.replace(/\{([^{}]*)\}/g, (_, inner: string) => {
    const names = inner
      .replace(/\s+/g, '')
      .replace(/(^|,)(\d+)-(\d+)(?=,|$)/g, (_, before: string, from: string, to: string) => before + numbers(from, to));
    return names.includes(',') ? `{${names}}` : names;
  });
  return (spelt.match(/(?:\{[^{}]*\}|[^\s,{}])+/g) ?? []).flatMap((word) => braceExpand(word));
}

/** `310,311,312` for 310 to 312; not more than a person would list. */
function numbers(from: string, to: string): string {
  const count = Math.min(50, Math.max(0, Number(to) - Number(from)) + 1);
  return Array.from({ length: count }, (_, i) => Number(from) + i).join(',');
}

function toxIni(text: string, file: string, inSetupCfg: boolean, offset = 0): Task[] {
  const tasks: Task[] = [];
  let open: Task[] = [];
  let inCommands = false;
  for (const [i, line] of text.split(/\r\n|\n/).entries()) {
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      const environment = /^(?:tox:)?testenv(?::(.*))?$/.exec(section);
      open = [];
      inCommands = false;
      if (!environment || (inSetupCfg && !section.startsWith('tox:'))) continue;
      const names = environment[1] === undefined ? [''] : namesIn(environment[1]);
      open = names.map((name) => ({ runner: 'tox', name, script: '', needs: [], file, line: i + 1 + offset }));
      tasks.push(...open);
    } else if (/^commands\s*=/.test(line)) {
      inCommands = true;
      for (const task of open) task.script += `${substituted(line.replace(/^commands\s*=\s*/, ''))}\n`;
    } else if (inCommands && /^\s+\S/.test(line)) for (const task of open) task.script += `${substituted(line.trim())}\n`;
    else if (/^\S/.test(line)) inCommands = false;
  }
  return tasks;
}

/** A line of tox without what tox itself puts in, and without conditions in front (`py312: pytest`). */
function substituted(line: string): string {
  return line
    .replace(/^-\s*/, '')
    .replace(/^[\w{},!.-]+:\s+/, '')
    .replace(/\{posargs:?([^{}]*)\}/g, '$1')
    .replace(/\{envpython\}/g, 'python')
    .replace(/\{\[testenv[^\]]*\]commands\}/g, '')
    .replace(/\{[^{}]*\}/g, 'X');
}

function toxTables(table: Table | undefined, file: string, text: string, section: string): Task[] {
  const environments: [string, unknown][] = [['', table?.['env_run_base']], ...Object.entries(asTable(table?.['env']) ?? {})];
  return environments.flatMap(([name, value]) => {
    const commands = dig(value, 'commands');
    if (!Array.isArray(commands)) return [];
    const script = commands
      .map((one) => (Array.isArray(one) ? one.map((word) => (typeof word === 'string' ? quoted(word) : '')).join(' ') : ''))
      .join('\n');
    const key = [section, name === '' ? 'env_run_base' : `env.${name}`].filter(Boolean).join('.');
    return [{ runner: 'tox', name, script, needs: [], file, line: tomlLine(text, key) } satisfies Task];
  });
}

/** A word as a shell takes it for one. */
export function quoted(word: string): string {
  return /[^\w./:=@,+-]/.test(word) ? JSON.stringify(word) : word;
}
