import type { Task } from '../tasks/task.ts';
import { asTable, dig, listOf, type Table, tomlLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { PythonSettings } from './settings.ts';
import { quoted, toxTasks } from './tox.ts';

/** The tasks that only Python has: environments of tox, sessions of nox, scripts of hatch, poe and pdm. */
export function pythonTasks(tree: Tree, settings: PythonSettings): Task[] {
  const tasks = toxTasks(tree, settings);
  const { directory, pyproject, texts } = settings;
  const nox = texts.get('noxfile.py');
  if (nox !== undefined) tasks.push(...noxSessions(nox, below(directory, 'noxfile.py')));
  const hatchToml = tree.toml(below(directory, 'hatch.toml'));
  if (hatchToml) tasks.push(...hatchScripts(asTable(hatchToml['envs']), below(directory, 'hatch.toml'), texts.get('hatch.toml') ?? '', 'envs'));
  if (pyproject) {
    const { file, text, table } = pyproject;
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

/** Whether a session of a noxfile is there for Pythons that it names. */
export function namesPythons({ line }: Task, noxfile: string): boolean {
  const decorator =
    noxfile
      .split(/\r\n|\n/)
      .slice(line - 1)
      .join('\n')
      .split(/^def\s/m)[0] ?? '';
  return /\bpython\s*=/.test(decorator);
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
