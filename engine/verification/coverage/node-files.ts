import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { mergeFiles } from './merging.ts';
import type { CoveredFile } from './model.ts';
import { readIstanbul } from './readers/istanbul.ts';
import { convertCode } from './v8/convert.ts';
import { gatherCode, type RawCoverage } from './v8/scripts.ts';

/** What was read of a folder. */
interface Found {
  raws: RawCoverage[];
  /** What Node wrote, and of which thread: our preload wrote the texts of the same. */
  nodes: { raw: RawCoverage; thread: string }[];
  maps: Record<string, object | null>;
  istanbul: CoveredFile[];
}

/** `coverage-PID-TIME-THREAD.json`, as Node names its files; and what is ours. */
const NAME = /^(coverage|counts|texts|maps|elsewhere|apart|istanbul)-(\d+)(?:-(\d+))?(?:-(\d+))?\.json$/;

/**
 * What Node's processes and Istanbul's reports in a folder tell of code, and of which files it is not known because the text that ran is not.
 *
 * @param wanted which files, by their absolute paths
 */
export async function readMeasured(
  folder: string,
  wanted: (file: string) => boolean,
): Promise<{ files: CoveredFile[]; unknown: string[]; tools: string[] }> {
  const { raws, maps, istanbul } = await readFolder(folder);
  const { code, unknown } = gatherCode(raws, wanted);
  const converted: CoveredFile[] = [];
  for (const ran of code) {
    const text = ran.text ?? (await textOf(ran.file));
    const files = text === undefined ? undefined : await convertCode(ran, text, maps[ran.file] ?? undefined);
    if (files) converted.push(...files.filter(({ file }) => existsSync(file)));
    else unknown.push(ran.file);
  }
  const own = (files: readonly CoveredFile[]) => files.filter(({ file }) => wanted(file));
  const [byV8, byIstanbul] = [own(converted), own(istanbul)];
  return {
    files: mergeFiles([...byV8, ...byIstanbul]),
    unknown,
    tools: [...(byV8.length > 0 ? ['v8'] : []), ...(byIstanbul.length > 0 ? ['istanbul'] : [])],
  };
}

async function readFolder(folder: string): Promise<Found> {
  const found: Found = { raws: [], nodes: [], maps: {}, istanbul: [] };
  const names = (await readdir(folder).catch(() => [])).map((name) => NAME.exec(name)).filter((match) => match !== null);
  const apart = new Set(names.flatMap(([, kind, pid]) => (kind === 'apart' ? [pid] : [])));
  const texts = new Map<string, Record<string, string>>();
  for (const [name, kind, pid, , threadId] of names) {
    if (kind === 'coverage' && apart.has(pid)) continue;
    const read = await readJson(path.join(folder, name ?? ''));
    const thread = `${pid}-${threadId}`;
    if (kind === 'coverage' && isRaw(read)) found.nodes.push({ raw: slim(read), thread });
    else if (kind === 'counts' && isRaw(read)) found.raws.push(slim(read));
    else if (kind === 'texts') texts.set(thread, (read as { texts?: Record<string, string> } | undefined)?.texts ?? {});
    else if (kind === 'maps') Object.assign(found.maps, (read as { maps?: object } | undefined)?.maps);
    else if (kind === 'istanbul') found.istanbul.push(...readIstanbul(read));
    else if (kind === 'elsewhere' && typeof read === 'string') await readElsewhere(read, found);
  }
  for (const { raw, thread } of found.nodes) found.raws.push({ ...raw, texts: texts.get(thread) ?? {} });
  return found;
}

/** The folder of another tool that measures by itself: c8 has Node's files there, nyc its own. */
async function readElsewhere(folder: string, found: Found): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.json')) continue;
    const read = await readJson(path.join(folder, name));
    const [, , pid, , threadId] = NAME.exec(name) ?? [];
    if (isRaw(read)) found.nodes.push({ raw: slim(read), thread: `${pid}-${threadId}` });
    else found.istanbul.push(...readIstanbul(read));
  }
}

/** Most of what a process tells is of Node's own modules and of dependencies. */
function slim(raw: RawCoverage): RawCoverage {
  return { ...raw, result: raw.result.filter(({ url }) => !/^node:|[\\/]node_modules[\\/]/.test(url)) };
}

function isRaw(read: unknown): read is RawCoverage {
  return Array.isArray((read as Partial<RawCoverage> | null | undefined)?.result);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
