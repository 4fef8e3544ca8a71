import type { Task } from '../tasks/task.ts';
import { asTable, dig, listOf, type Table, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { PythonSettings } from './settings.ts';

/** The tasks that only Python has: environments of tox, sessions of nox, scripts of hatch, poe and pdm. */
export function pythonTasks(tree: Tree, { directory, pyproject, texts }: PythonSettings): Task[] {
  const tasks: Task[] = [];
  for (const name of ['tox.ini', 'setup.cfg']) {
    const text = texts.get(name);
    if (text !== undefined) tasks.push(...toxIni(text, below(directory, name), name === 'setup.cfg'));
  }
  const nox = texts.get('noxfile.py');
  if (nox !== undefined) tasks.push(...noxSessions(nox, below(directory, 'noxfile.py')));
  const toxToml = tree.toml(below(directory, 'tox.toml'));
  if (toxToml) tasks.push(...toxTables(toxToml, below(directory, 'tox.toml'), texts.get('tox.toml') ?? '', ''));
  const hatchToml = tree.toml(below(directory, 'hatch.toml'));
  if (hatchToml) tasks.push(...hatchScripts(asTable(hatchToml['envs']), below(directory, 'hatch.toml'), texts.get('hatch.toml') ?? '', 'envs'));
  if (pyproject) {
    const { file, text, table } = pyproject;
    const legacy = dig(table, 'tool', 'tox', 'legacy_tox_ini');
    if (typeof legacy === 'string') tasks.push(...toxIni(legacy, file, false, tomlLine(text, 'tool.tox', 'legacy_tox_ini')));
    tasks.push(...toxTables(asTable(dig(table, 'tool', 'tox')), file, text, 'tool.tox'));
    tasks.push(...hatchScripts(asTable(dig(table, 'tool', 'hatch', 'envs')), file, text, 'tool.hatch.envs'));
    for (const [runner, section] of [
      ['poe', 'tool.poe.tasks'],
      ['pdm', 'tool.pdm.scripts'],
    ] as const) {
      for (const [name, value] of Object.entries(asTable(dig(table, ...section.split('.'))) ?? {})) {
        const script = [value, dig(value, 'cmd'), dig(value, 'shell'), dig(value, 'sequence'), dig(value, 'composite')].flatMap(listOf).join('\n');
        tasks.push({
          runner,
          name,
          script,
          needs: listOf(dig(value, 'sequence'))
            .concat(listOf(value))
            .filter((one) => /^\w+$/.test(one) && one !== name),
          file,
          line: tomlLine(text, section, name),
        });
      }
    }
  }
  return tasks;
}

/** Environments of a tox.ini; the name of the base `[testenv]` is empty. */
function toxIni(text: string, file: string, inSetupCfg: boolean, offset = 0): Task[] {
  const tasks: Task[] = [];
  let open: Task | undefined;
  let inCommands = false;
  for (const [i, line] of text.split(/\r\n|\n/).entries()) {
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      const environment = /^(?:tox:)?testenv(?::(.*))?$/.exec(section);
      open = undefined;
      inCommands = false;
      if (!environment || (inSetupCfg && !section.startsWith('tox:'))) continue;
      for (const name of (environment[1] ?? '').split(',')) {
        open = { runner: 'tox', name: name.trim(), script: '', needs: [], file, line: i + 1 + offset };
        tasks.push(open);
      }
    } else if (open && /^commands\s*=/.test(line)) {
      inCommands = true;
      open.script += `${substituted(line.replace(/^commands\s*=\s*/, ''))}\n`;
    } else if (inCommands && open && /^\s+\S/.test(line)) open.script += `${substituted(line.trim())}\n`;
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

function hatchScripts(environments: Table | undefined, file: string, text: string, section: string): Task[] {
  return Object.entries(environments ?? {}).flatMap(([environment, value]) =>
    Object.entries(asTable(dig(value, 'scripts')) ?? {}).map(([name, script]) => ({
      runner: 'hatch' as const,
      name: environment === 'default' ? name : `${environment}:${name}`,
      script: listOf(script)
        .join('\n')
        .replace(/\{args:?([^{}]*)\}/g, '$1'),
      needs: [],
      file,
      line: tomlLine(text, `${section}.${environment}.scripts`, name),
    })),
  );
}

/** Sessions of a noxfile, with what they run. */
function noxSessions(text: string, file: string): Task[] {
  const tasks: Task[] = [];
  let decorated: { name?: string; line: number } | undefined;
  let open: Task | undefined;
  const lines = text.split(/\r\n|\n/);
  for (const [i, line] of lines.entries()) {
    if (/^@nox\.session|^@nox_poetry\.session|^@session/.test(line)) decorated = { line: i + 1 };
    const named = decorated && /name\s*=\s*["']([^"']+)["']/.exec(line);
    if (named && decorated) decorated.name = named[1] as string;
    const definition = /^def\s+(\w+)/.exec(line);
    if (definition) {
      open = decorated
        ? { runner: 'nox', name: decorated.name ?? (definition[1] as string), script: '', needs: [], file, line: decorated.line }
        : undefined;
      if (open) tasks.push(open);
      decorated = undefined;
    } else if (open && /session\.run(_always)?\s*\(/.test(line)) {
      const call =
        lines
          .slice(i, i + 12)
          .join(' ')
          .split(/session\.run(?:_always)?\s*\(/)[1] ?? '';
      const words = [...(call.split(/\)\s/)[0]?.matchAll(/(?:^|[(,\s])f?["']([^"']*)["']/g) ?? [])].map((match) => quoted(match[1] as string));
      open.script += `${words.join(' ')}\n`;
    }
  }
  return tasks;
}

function quoted(word: string): string {
  return /[^\w./:=@,+-]/.test(word) ? JSON.stringify(word) : word;
}
