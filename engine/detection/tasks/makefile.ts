import type { Task } from './task.ts';

/** So many characters of variables are put into the recipes of a Makefile: where each names others twice, they would fill the memory. */
const LONGEST = 1024 * 1024;
/** So many files are included by a Makefile, one in the other. */
const MOST_INCLUDED = 20;
/** So many rules that forward any target are followed. */
const MOST_FORWARDING = 10;

/** Another Makefile's text and path, by the name that stands behind `include`. */
export type Included = (name: string) => { text: string; file: string } | undefined;

/** The targets of a Makefile and of those that it includes; variables are put in where they are known, conditions are passed over. */
export function makeTargets(text: string, file: string, included: Included = () => undefined): Task[] {
  const reading: Reading = { tasks: [], patterns: [], variables: new Map(), room: { left: LONGEST }, included, files: new Set([file]) };
  readLines(text, file, reading);
  return [...reading.tasks, ...forwarded(reading)];
}

interface Reading {
  tasks: Task[];
  /** Rules for any target that has no own, `%: common-%`: what stands before and behind its name in what it needs. */
  patterns: { before: string; behind: string; file: string; line: number }[];
  variables: Map<string, string>;
  room: { left: number };
  included: Included;
  files: Set<string>;
}

function readLines(text: string, file: string, reading: Reading): void {
  const { tasks, patterns, variables, room, files } = reading;
  let open: Task | undefined;
  for (const [i, line] of text.split(/\r\n|\n/).entries()) {
    if (line.startsWith('\t')) {
      if (open) open.script += `${expanded(line.slice(1).replace(/^[@+-]+\s*/, ''), variables, room)}\n`;
      continue;
    }
    const variable = /^\s*(?:export\s+)?([A-Za-z_][\w-]*)\s*(?:[:?+]|::)?=\s*(.*)$/s.exec(line);
    const target = variable ? undefined : /^([A-Za-z0-9_./-]+(?:\s+[A-Za-z0-9_./-]+)*)\s*::?(?!=)\s*([^#;]*)(?:;(.*))?/.exec(line);
    const pattern = /^%\s*:\s*([\w.-]*)%([\w.-]*)\s*;?$/.exec(line.trimEnd());
    const include = /^(?:-|s)?include\s+([^#]+)/.exec(line);
    if (variable) {
      const [, name = '', value = ''] = variable;
      if (!variables.has(name)) variables.set(name, value.replace(/(?<!\s)\s+#.*$/s, ''));
    } else if (include) {
      for (const name of expanded(include[1] as string, variables, room)
        .split(/\s+/)
        .filter(Boolean)) {
        const other = files.size <= MOST_INCLUDED ? reading.included(name) : undefined;
        if (!other || files.has(other.file)) continue;
        files.add(other.file);
        readLines(other.text, other.file, reading);
      }
      open = undefined;
    } else if (pattern) {
      if (patterns.length < MOST_FORWARDING) patterns.push({ before: pattern[1] as string, behind: pattern[2] as string, file, line: i + 1 });
      open = undefined;
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
    } else if (line.trim() && !line.startsWith('#') && !/^(ifn?(eq|def)|else|endif|\.)/.test(line)) open = undefined;
  }
}

/** The targets that there are by rules for any: `test`, where `common-test` is one and the rule `%: common-%`. */
function forwarded({ tasks, patterns }: Reading): Task[] {
  const own = new Set(tasks.map(({ name }) => name));
  return patterns.flatMap(({ before, behind, file, line }) =>
    tasks.flatMap(({ name }): Task[] => {
      const stem = name.slice(before.length, name.length - behind.length);
      if (!name.startsWith(before) || !name.endsWith(behind) || stem === '' || own.has(stem)) return [];
      return [{ runner: 'make', name: stem, script: '', needs: [name], file, line }];
    }),
  );
}

/** The text with `$(NAME)` of known variables in it; others are left out, as Make does, and all once there is no room left. `$(MAKE)` is `make`. */
function expanded(text: string, variables: ReadonlyMap<string, string>, room: { left: number }, depth = 0): string {
  if (depth > 5) return text;
  return text.replace(/\$[({]([\w-]+)[)}]|\$\$/g, (whole, name) => {
    if (whole === '$$') return '$';
    if (name === 'MAKE') return 'make';
    if (name === 'GO') return 'go';
    const value = variables.get(name) ?? '';
    room.left -= value.length;
    return room.left < 0 ? '' : expanded(value, variables, room, depth + 1);
  });
}
