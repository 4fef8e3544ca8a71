import { readFileSync } from 'node:fs';
import type { Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';

/**
 * The texts of the scripts of a thread that are files' but not what these hold: what was compiled or wrapped before it ran. Dependencies are left out. V8's
 * debugger, which knows them, stays on until the session ends: when it goes, V8 forgets what it counted of blocks.
 */
export class ScriptTexts {
  readonly #session: Session;
  readonly #found: { id: string; file: string }[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** By the ids of the scripts. */
  changed(): Record<string, string> {
    if (this.#session.listenerCount('Debugger.scriptParsed') === 0) this.#begin();
    const texts: Record<string, string> = {};
    for (const { id, file } of this.#found) {
      this.#session.post('Debugger.getScriptSource', { scriptId: id }, (error, answer) => {
        if (!error && answer.scriptSource !== textOf(file)) texts[id] = answer.scriptSource;
      });
    }
    return texts;
  }

  /** All scripts that are there are told at once, others when they come. */
  #begin(): void {
    this.#session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => {
      const file = fileOf(url);
      if (file !== undefined && !/[\\/]node_modules[\\/]/.test(file)) this.#found.push({ id: scriptId, file });
    });
    this.#session.post('Debugger.enable');
  }
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
