import { readFileSync } from 'node:fs';
import type { Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';

/** The texts of the scripts of this thread, by their ids, that are files' but not what these hold: what was compiled or wrapped before it ran. Dependencies are left out. */
export function changedTexts(session: Session): Record<string, string> {
  const found: { id: string; file: string }[] = [];
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => {
    const file = fileOf(url);
    if (file !== undefined && !/[\\/]node_modules[\\/]/.test(file)) found.push({ id: scriptId, file });
  });
  session.post('Debugger.enable');
  const texts: Record<string, string> = {};
  for (const { id, file } of found) {
    session.post('Debugger.getScriptSource', { scriptId: id }, (error, answer) => {
      if (!error && answer.scriptSource !== textOf(file)) texts[id] = answer.scriptSource;
    });
  }
  session.post('Debugger.disable');
  session.removeAllListeners('Debugger.scriptParsed');
  return texts;
}

/** The file of a script; undefined where it is none. */
export function fileOf(url: string): string | undefined {
  if (url.startsWith('/')) return url.replace(/[?#].*$/, '');
  try {
    return url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
