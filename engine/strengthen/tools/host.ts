import { createReadStream, createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { biome } from './biome.ts';
import { configurationStamp } from './configurations.ts';
import { eslint, standard } from './eslint.ts';
import type { Stretch, ToolAnswer, ToolRequest } from './messages.ts';
import { ofStretches } from './of-stretches.ts';
import { oxfmt, oxlint } from './oxc.ts';
import { prettier } from './prettier.ts';
import type { Complaint, Tool } from './tool.ts';
import { typescript } from './typescript.ts';

/**
 * The process in which a project's own formatter, linter and compiler look at new tests, on the user's Node, in the package. It takes requests as lines of JSON on
 * file descriptor 5 and answers on file descriptor 4, in their order. A tool that cannot be loaded, or throws, has nothing to say.
 */

const out = createWriteStream('', { fd: 4 });
out.on('error', () => {});
const tell = (answer: ToolAnswer) => out.write(`${JSON.stringify(answer)}\n`);
const require = createRequire(path.join(process.cwd(), 'package.json'));
/** The tools of each file, with what each has against it as it is, and what that was found out with. */
const opened = new Map<string, { text: string; stamp: string; tools: { tool: Tool; known: readonly string[] }[] }>();

for await (const line of createInterface({ input: createReadStream('', { fd: 5 }) })) {
  const request = JSON.parse(line) as ToolRequest;
  if (request.kind === 'open') tell(await open(request.file, request.text));
  else if (request.kind === 'tidy') tell({ kind: 'tidied', text: await tidy(request.file, request.text, request.stretch) });
  else tell({ kind: 'checked', ...(await check(request.file, request.text, request.stretches)) });
}
out.end(() => process.exit(0));

async function open(file: string, text: string): Promise<ToolAnswer> {
  const stamp = await configurationStamp(file);
  const before = opened.get(file);
  const found = before?.text === text && before.stamp === stamp ? before.tools : await find(file, text);
  opened.set(file, { text, stamp, tools: found });
  return { kind: 'opened', tools: found.map(({ tool }) => tool.name) };
}

async function find(file: string, text: string) {
  const found: { tool: Tool; known: readonly string[] }[] = [];
  for (const findTool of [prettier, oxfmt, biome, eslint, standard, oxlint, typescript]) {
    const tool = await findTool(file, text, require).catch(() => undefined);
    if (tool) found.push({ tool, known: (await complaintsOf(tool, text)).map(({ message }) => message) });
  }
  return found;
}

async function complaintsOf({ check }: Tool, text: string): Promise<Complaint[]> {
  return (await check?.(text).catch((): Complaint[] => [])) ?? [];
}

async function tidy(file: string, text: string, { start, end }: Stretch): Promise<string> {
  let tidied = text;
  for (const { tool } of opened.get(file)?.tools ?? []) {
    const stretch = { start, end: tidied.length - (text.length - end) };
    const next = await tool.tidy?.(tidied, stretch).catch(() => undefined);
    // What stands around the stretch is nobody's business.
    if (next?.startsWith(text.slice(0, start)) && next.endsWith(text.slice(end))) tidied = next;
  }
  return tidied;
}

async function check(file: string, text: string, stretches: readonly Stretch[]) {
  const complaints = [];
  const mended = [];
  for (const { tool, known } of opened.get(file)?.tools ?? []) {
    const found = ofStretches(await complaintsOf(tool, text), known, stretches).map((one) => ({ ...one, tool: tool.name }));
    complaints.push(...found);
    const meant = [...new Set(found.map(({ stretch }) => stretch))];
    const asked = meant.map((stretch) => stretches[stretch] as Stretch);
    const answers = meant.length > 0 ? ((await tool.mend?.(text, asked).catch(() => undefined)) ?? []) : [];
    mended.push(...answers.flatMap((one, i) => (one ? [{ ...one, stretch: meant[i] as number, tool: tool.name }] : [])));
  }
  return { complaints, mended };
}
