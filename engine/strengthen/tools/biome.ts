import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { configHomes, inMirror, onceFor, said } from './mirror.ts';
import { type Complaint, type FindTool, offsetAt } from './tool.ts';

/** What Biome's configuration may be called (https://biomejs.dev/guides/configure-biome/). */
const CONFIG = /^\.?biome\.jsonc?$/;
/** What it may consist of: it may extend others. */
const PARTS = /\.jsonc?$/;

/** What is read of `--reporter=json`: Biome 2 says lines and columns, Biome 1 offsets in bytes. */
interface Report {
  summary: { changed: number; unchanged: number };
  diagnostics: { message?: string; description?: string; category: string; location: { start?: Position; span?: [number, number] | null } }[];
}
interface Position {
  line: number;
  column: number;
}

/** Biome, as it formats, lints and sorts the file where it is configured. */
export const biome: FindTool = async (file, text, project) => {
  const program = project.resolve('@biomejs/biome/bin/biome');
  const homes = await configHomes(path.dirname(file), CONFIG);
  if (homes.length === 0) return undefined;
  const look = onceFor((source) => inMirror({ file, homes, parts: PARTS }, source, (mirror, copy) => reportOn(program, copy, mirror)));
  const rewrite = (command: 'check' | 'format') => (source: string) =>
    inMirror({ file, homes, parts: PARTS }, source, async (mirror, copy) => {
      await said(program, [command, '--write', '--vcs-enabled=false', copy], mirror);
      return readFile(copy, 'utf8');
    });
  const [mend, format] = [onceFor(rewrite('check')), onceFor(rewrite('format'))];
  const before = await look(text);
  if (!before || before.summary.changed + before.summary.unchanged === 0) return undefined;
  return {
    name: 'Biome',
    async tidy(changed, { start, end }) {
      const fixed = await mend(changed);
      const isKept = fixed.startsWith(changed.slice(0, start)) && fixed.endsWith(changed.slice(end));
      // What it would sort around the stretch stays as it is.
      return isKept ? fixed : format(changed);
    },
    async check(changed) {
      const { diagnostics = [] } = (await look(changed)) ?? {};
      return diagnostics.map(({ message, description, category, location }): Complaint => {
        const { start, span } = location;
        const offset = start
          ? offsetAt(changed, start.line, start.column)
          : Buffer.from(changed)
              .subarray(0, span?.[0] ?? 0)
              .toString().length;
        return { offset, message: `${message ?? description ?? ''} (${category})` };
      });
    },
  };
};

async function reportOn(program: string, file: string, folder: string): Promise<Report | undefined> {
  const text = await said(program, ['check', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', file], folder);
  try {
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}
