import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

const PLACED = /^(\S.*?\.(?:pyi?|ini|cfg|toml|ipynb))(?::(\d+))?(?::(\d+))?(?::(\d+):(\d+))?: (error|warning|note): (.*)$/;
const CODE = / {2}\[([a-z][a-z0-9-]*)\]\s*$/;
/** What has no place. tox puts its environments' names before its own lines, and one of them may be called mypy. */
const PLAIN = /^mypy: (?:error: |(?=can't ))(.*)$/;

/** Reads mypy: plain, pretty (messages that are broken into lines, the code below them) and its JSON; notes become details of the error before them. */
export function mypy(tell: Tell): Reader {
  let last: Found | undefined;
  /** A message whose end has not come: pretty output breaks lines at the width of the terminal. */
  let unfinished = false;
  return {
    hear(line) {
      const json = fromJson(line);
      if (json) {
        if (json !== 'note') tell(json);
        return true;
      }
      const [, path, row, column, endRow, endColumn, level = '', text = ''] = PLACED.exec(line) ?? [];
      if (path) {
        unfinished = false;
        if (level === 'note') {
          if (last?.path === path) last.detail = last.detail ? `${last.detail}\n${text}` : text;
          return true;
        }
        last = { tool: 'mypy', severity: severityOf(level), message: '', ...placed(path, row, column) };
        if (endRow && endColumn) last.end = { line: Number(endRow) - 1, column: Number(endColumn) };
        unfinished = !finish(last, text);
        tell(last);
        return true;
      }
      if (last && unfinished && /^\S/.test(line) && !/^(Found|Success|Usage)\b/.test(line)) {
        unfinished = !finish(last, `${last.message.trimEnd()} ${line}`);
        return true;
      }
      unfinished = false;
      const plain = PLAIN.exec(line)?.[1];
      if (plain) tell({ tool: 'mypy', severity: 'error', message: plain.trim() });
      return plain !== undefined;
    },
  };
}

/** Takes the code off the end of a message; whether there was one, which ends the message. */
function finish(found: Found, text: string): boolean {
  const code = CODE.exec(text)?.[1] ?? /(?<=\s)\[([a-z][a-z0-9-]*)\]$/.exec(text)?.[1];
  found.message = code ? text.slice(0, text.lastIndexOf(`[${code}]`)).trimEnd() : text;
  if (code) found.code = code;
  return code !== undefined;
}

function fromJson(line: string): Found | 'note' | undefined {
  if (!line.startsWith('{"file":')) return undefined;
  try {
    const one = JSON.parse(line) as Record<string, unknown>;
    if (typeof one['message'] !== 'string' || typeof one['severity'] !== 'string') return undefined;
    if (one['severity'] === 'note') return 'note';
    return {
      tool: 'mypy',
      severity: severityOf(one['severity']),
      message: one['message'],
      ...(typeof one['code'] === 'string' && { code: one['code'] }),
      ...(typeof one['hint'] === 'string' && { detail: one['hint'] }),
      ...placed(String(one['file']), Number(one['line']), Number(one['column']) + 1),
      ...(Number(one['end_line']) > 0 && { end: { line: Number(one['end_line']) - 1, column: Number(one['end_column']) } }),
    };
  } catch {
    return undefined;
  }
}
