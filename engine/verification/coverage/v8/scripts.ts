import { fileURLToPath } from 'node:url';
import { segmentsOf, sumSegments, type V8Function, type V8Range } from './segments.ts';

/** What V8 tells of a script. */
export interface ScriptCoverage {
  scriptId: string;
  url: string;
  functions: V8Function[];
}

/** What a process or a thread tells at its end (`NODE_V8_COVERAGE`), or one of Vitest's workers of a test file. */
export interface RawCoverage {
  result: ScriptCoverage[];
  /** The texts that ran, by script, where they are not what the files hold. */
  texts?: Record<string, string>;
  /** Node's own: the source maps that it found, by URL. */
  'source-map-cache'?: Record<string, unknown>;
}

/** A file's code as it ran. */
export interface RanCode {
  /** Absolute path. */
  file: string;
  /** The text that ran; undefined where it is what the file holds. */
  text: string | undefined;
  segments: V8Range[];
}

/**
 * Puts together what several processes told of the same code. Of code that was changed before it ran and whose text is not known nothing can be understood: its
 * files are told.
 *
 * @param wanted which files, by their absolute paths
 */
export function gatherCode(all: readonly RawCoverage[], wanted: (file: string) => boolean): { code: RanCode[]; unknown: string[] } {
  const found = new Map<string, { file: string; text: string | undefined; runs: V8Range[][] }>();
  const unknown = new Set<string>();
  for (const { result, texts = {}, 'source-map-cache': maps = {} } of all) {
    for (const { scriptId, url, functions } of result) {
      const file = fileOf(url);
      if (file === undefined || !wanted(file)) continue;
      const text = texts[scriptId];
      if (text === undefined && maps[url]) {
        unknown.add(file);
        continue;
      }
      const key = `${file}\n${text ?? ''}`;
      const same = found.get(key) ?? { file, text, runs: [] };
      found.set(key, same);
      same.runs.push(segmentsOf(functions));
    }
  }
  const code = [...found.values()].map(({ file, text, runs }) => ({ file, text, segments: sumSegments(runs) }));
  const known = new Set(code.map(({ file }) => file));
  return { code, unknown: [...unknown].filter((file) => !known.has(file)) };
}

/** The file of a script's URL; undefined where it has none. */
function fileOf(url: string): string | undefined {
  const plain = url.replace(/[?#].*$/, '');
  if (plain.startsWith('/')) return plain;
  try {
    return plain.startsWith('file:') ? fileURLToPath(plain) : undefined;
  } catch {
    return undefined;
  }
}
