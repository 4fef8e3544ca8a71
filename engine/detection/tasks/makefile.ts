import type { Task } from './task.ts';

/** The targets of a Makefile; patterns, variables and conditions are passed over. */
export function makeTargets(text: string, file: string): Task[] {
  const tasks: Task[] = [];
  const variables: Record<string, string> = {};
  const lines = text.split(/\r\n|\n/);
  let open: (Task & { script: string }) | undefined;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('\t')) {
      if (open) open.script += `${expanded(line.slice(1).replace(/^[@+-]+\s*/, ''), variables)}\n`;
      continue;
    }
    const variable = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*(?:[:?+]|::)?=\s*(.*)$/.exec(line);
    const target = variable ? undefined : /^([A-Za-z0-9_./-]+(?:\s+[A-Za-z0-9_./-]+)*)\s*::?(?!=)\s*([^#;]*)(?:;(.*))?/.exec(line);
    if (variable) variables[variable[1] as string] ??= (variable[2] as string).replace(/\s+#.*$/, '');
    else if (target) {
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

/** The text with `$(NAME)` of variables of the same file in it; others are left out, as Make does. `$(MAKE)` is `make`. */
function expanded(text: string, variables: Readonly<Record<string, string>>, depth = 0): string {
  if (depth > 5) return text;
  return text.replace(/\$[({](\w+)[)}]|\$\$/g, (whole, name) => {
    if (whole === '$$') return '$';
    if (name === 'MAKE') return 'make';
    if (name === 'GO') return 'go';
    return expanded(variables[name] ?? '', variables, depth + 1);
  });
}
