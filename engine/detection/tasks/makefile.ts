import type { Task } from './task.ts';

/** So many characters of variables are put into the recipes of a Makefile: where each names others twice, they would fill the memory. */
const LONGEST = 1024 * 1024;

/** The targets of a Makefile; patterns, variables and conditions are passed over. */
export function makeTargets(text: string, file: string): Task[] {
  const tasks: Task[] = [];
  const variables = new Map<string, string>();
  const room = { left: LONGEST };
  const lines = text.split(/\r\n|\n/);
  let open: (Task & { script: string }) | undefined;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('\t')) {
      if (open) open.script += `${expanded(line.slice(1).replace(/^[@+-]+\s*/, ''), variables, room)}\n`;
      continue;
    }
    const variable = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*(?:[:?+]|::)?=\s*(.*)$/s.exec(line);
    const target = variable ? undefined : /^([A-Za-z0-9_./-]+(?:\s+[A-Za-z0-9_./-]+)*)\s*::?(?!=)\s*([^#;]*)(?:;(.*))?/.exec(line);
    if (variable) {
      const [, name = '', value = ''] = variable;
      if (!variables.has(name)) variables.set(name, value.replace(/(?<!\s)\s+#.*$/s, ''));
    } else if (target) {
      for (const name of (target[1] as string).split(/\s+/)) {
        if (name.startsWith('.')) continue;
        open = {
          runner: 'make',
          name,
          script: target[3] ? `${target[3]}\n` : '',
          needs: (target[2] as string).split(/\s+/).filter(Boolean),
          file,
          line: i + 1,
        };
        tasks.push(open);
      }
    } else if (line.trim() && !line.startsWith('#') && !/^(ifn?(eq|def)|else|endif|include|-include|\.)/.test(line)) open = undefined;
  }
  return tasks;
}

/** The text with `$(NAME)` of variables of the same file in it; others are left out, as Make does, and all once there is no room left. `$(MAKE)` is `make`. */
function expanded(text: string, variables: ReadonlyMap<string, string>, room: { left: number }, depth = 0): string {
  if (depth > 5) return text;
  return text.replace(/\$[({](\w+)[)}]|\$\$/g, (whole, name) => {
    if (whole === '$$') return '$';
    if (name === 'MAKE') return 'make';
    if (name === 'GO') return 'go';
    const value = variables.get(name) ?? '';
    room.left -= value.length;
    return room.left < 0 ? '' : expanded(value, variables, room, depth + 1);
  });
}
