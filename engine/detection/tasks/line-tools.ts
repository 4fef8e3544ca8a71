import { readScript } from '../text/script.ts';
import { type Deed, knownTool, programName } from '../tools.ts';
import { launched } from './meaning.ts';

/** What a command of a line does: which tool it starts and what for; or that it hands on to another script of the same manifest. */
export type LineTool = { deed: Deed; program: string; argv: readonly string[] } | 'script';

/** What the commands of a line of a script do, in their order; undefined where one of them is not known. */
export function toolsOfLine(line: string): LineTool[] | undefined {
  const found: LineTool[] = [];
  for (const { argv } of readScript(line)) {
    const bare = launched(argv);
    const [program = '', verb = ''] = bare;
    // Bun's `test` is its own runner, and no script.
    if (/^(npm|pnpm|yarn) (run|run-script|test|t)$|^bun run$/.test(`${programName(program)} ${verb}`)) {
      found.push('script');
      continue;
    }
    const tool = knownTool(bare);
    if (!tool) return undefined;
    found.push({ deed: tool.deed, program: programName(program), argv: bare });
  }
  return found;
}
