import { splitCommands } from '../../workspace/index.ts';

/** A command of a shell script. */
export interface ScriptCommand {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  /** The folder that `cd` went to before it, as it stands there; `''` where there was none. */
  cwd: string;
  /** Zero-based line of the script that it begins on. */
  line: number;
}

/** Words of a shell that stand in front of a command and start nothing themselves. */
const KEYWORDS = new Set([
  'if',
  'then',
  'elif',
  'else',
  'do',
  'while',
  'until',
  '!',
  'time',
  'sudo',
  'exec',
  'command',
  '{',
  '(',
  '&',
  'nohup',
  'call',
]);
const ENDS = new Set(['fi', 'done', 'esac', '}', ')']);
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
const HEREDOC = /<<-?\s*(['"]?)([A-Za-z_]\w*)\1/;

/** Reads the commands of a script of one or more lines. Nothing is expanded; loops and conditions are read as if all in them ran. */
export function readScript(script: string): ScriptCommand[] {
  const commands: ScriptCommand[] = [];
  let cwd = '';
  for (const { text, line } of logicalLines(script)) {
    const before = cwd;
    const subshell = /^\s*\(/.test(text);
    for (const words of splitCommands(text)) {
      const command = readCommand(subshell ? words.map((word) => word.replace(/^\(+|\)+$/g, '')).filter(Boolean) : words);
      if (!command) continue;
      const [program, target] = command.argv;
      if (program === 'cd' || program === 'pushd') {
        if (target && !target.startsWith('-')) cwd = target.startsWith('/') || target.startsWith('$') ? target : joined(cwd, target);
      } else if (program === 'popd') cwd = '';
      else commands.push({ ...command, cwd, line });
    }
    if (subshell) cwd = before;
  }
  return commands;
}

/** The words of a command with what the shell itself takes from the front of it. */
export function readCommand(words: readonly string[]): { argv: string[]; env: Record<string, string> } | undefined {
  const env: Record<string, string> = {};
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i] as string;
    const assignment = ASSIGNMENT.exec(word);
    if (assignment) env[assignment[1] as string] = assignment[2] as string;
    else if (!KEYWORDS.has(word)) break;
  }
  const argv = words.slice(i).filter((word) => !ENDS.has(word));
  return argv.length > 0 ? { argv, env } : undefined;
}

/** Lines with those joined that a backslash (or PowerShell's backtick) continues; without comments and the texts of here-documents. */
function logicalLines(script: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  const lines = script.split(/\r\n|\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = i;
    let text = lines[i] as string;
    while (/[\\`]\s*$/.test(text) && i + 1 < lines.length) text = text.replace(/[\\`]\s*$/, ' ') + lines[++i];
    const heredoc = HEREDOC.exec(text);
    if (heredoc) while (i + 1 < lines.length && (lines[++i] as string).trim() !== heredoc[2]);
    const bare = withoutComment(text);
    if (bare.trim()) found.push({ text: bare, line });
  }
  return found;
}

/** The text up to a `#` that begins a word outside of quotes. */
function withoutComment(text: string): string {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quote) quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === '#' && /^$|\s/.test(text.charAt(i - 1))) return text.slice(0, i);
  }
  return text;
}

function joined(directory: string, target: string): string {
  const parts = directory ? directory.split('/') : [];
  for (const part of target.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
