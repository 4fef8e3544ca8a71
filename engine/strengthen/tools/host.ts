import { createReadStream, createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eslint, standard } from './eslint.ts';
import type { Stretch, ToolAnswer, ToolRequest } from './messages.ts';
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
const tools = new Map<string, Tool[]>();

for await (const line of createInterface({ input: createReadStream('', { fd: 5 }) })) {
  const request = JSON.parse(line) as ToolRequest;
  if (request.kind === 'open') tell(await open(request.file, request.text));
  else if (request.kind === 'tidy') tell({ kind: 'tidied', text: await tidy(request.file, request.text, request.stretch) });
  else tell({ kind: 'checked', complaints: await check(request.file, request.text, request.stretches) });
}
out.end(() => process.exit(0));

async function open(file: string, text: string): Promise<ToolAnswer> {
  const found: Tool[] = [];
  for (const find of [prettier, eslint, standard, typescript]) {
    const tool = await find(file, text, load).catch(() => undefined);
    if (tool) found.push(tool);
  }
  tools.set(file, found);
  return { kind: 'opened', tools: found.map(({ name }) => name) };
}

function load(name: string): unknown {
  try {
    return require(name);
  } catch {
    return undefined;
  }
}

async function tidy(file: string, text: string, { start, end }: Stretch): Promise<string> {
  let tidied = text;
  for (const tool of tools.get(file) ?? []) {
    const stretch = { start, end: tidied.length - (text.length - end) };
    const next = await tool.tidy?.(tidied, stretch).catch(() => undefined);
    // What stands around the stretch is nobody's business.
    if (next?.startsWith(text.slice(0, start)) && next.endsWith(text.slice(end))) tidied = next;
  }
  return tidied;
}

async function check(file: string, text: string, stretches: readonly Stretch[]) {
  const complaints = [];
  for (const { name, check: look } of tools.get(file) ?? []) {
    const found = (await look?.(text).catch((): Complaint[] => [])) ?? [];
    for (const { offset, message } of found) {
      const stretch = stretches.findIndex(({ start, end }) => offset >= start && offset <= end);
      if (stretch >= 0) complaints.push({ stretch, tool: name, message });
    }
  }
  return complaints;
}
