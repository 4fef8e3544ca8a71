import { asTable, listOf } from '../text/documents.ts';
import { readYamlText } from '../text/yaml.ts';
import type { Task } from './task.ts';

/** The recipes of a justfile. */
export function justRecipes(text: string, file: string): Task[] {
  const tasks: Task[] = [];
  let open: Task | undefined;
  for (const [i, line] of text.split(/\r\n|\n/).entries()) {
    const recipe = /^@?([A-Za-z_][\w-]*)((?:\s[^:]*)?):(?!=)\s*([^#]*)/.exec(line);
    if (/^\s+\S/.test(line)) {
      if (open) open.script += `${line.trim().replace(/^[@-]+/, '')}\n`;
    } else if (recipe) {
      open = {
        runner: 'just',
        name: recipe[1] as string,
        script: '',
        needs: (recipe[3] as string).split(/[\s&()]+/).filter(Boolean),
        file,
        line: i + 1,
      };
      tasks.push(open);
    } else if (line.trim() && !line.startsWith('#')) open = undefined;
  }
  return tasks;
}

/** The tasks of a Taskfile (https://taskfile.dev/reference/schema). */
export function taskfileTasks(text: string, file: string): Task[] {
  const yaml = readYamlText(text);
  return Object.entries(asTable(yaml?.value['tasks']) ?? {}).map(([name, value]) => {
    const table = asTable(value);
    const commands = table?.['cmds'] ?? table?.['cmd'] ?? value;
    const lines = (Array.isArray(commands) ? commands : [commands]).flatMap((one) => {
      const called = asTable(one)?.['task'];
      return typeof called === 'string' ? [`task ${called}`] : listOf(asTable(one)?.['cmd'] ?? one);
    });
    const needs = (Array.isArray(table?.['deps']) ? table['deps'] : []).flatMap((one) => listOf(asTable(one)?.['task'] ?? one));
    return { runner: 'task', name, script: lines.join('\n'), needs, file, line: yaml?.lineOf(['tasks', name]) ?? 1 };
  });
}
