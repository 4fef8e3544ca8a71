import { type Complaint, type FindTool, load, offsetAt, type Tool } from './tool.ts';

interface Message {
  line?: number;
  column?: number;
  ruleId: string | null;
  message: string;
  fatal?: boolean;
}
interface Result {
  output?: string;
  messages: Message[];
}
interface Linter {
  isPathIgnored(file: string): Promise<boolean>;
  lintText(text: string, options: { filePath: string }): Promise<Result[]>;
}
type EslintClass = new (options: { cwd: string; fix: false | Fix }) => Linter;
/** Which messages to mend. */
type Fix = (message: Message) => boolean;

/** ESLint, with whatever the project configures for the file. */
export const eslint: FindTool = async (file, text, project) => {
  const api = load(project, 'eslint') as { ESLint?: EslintClass } | undefined;
  const ESLint = api?.ESLint;
  if (!ESLint) return undefined;
  // Each reads the configuration once, which takes longer than to lint.
  const looking = new ESLint({ cwd: process.cwd(), fix: false });
  let isMeant: Fix = () => false;
  const fixing = new ESLint({ cwd: process.cwd(), fix: (message) => isMeant(message) });
  if (await looking.isPathIgnored(file)) return undefined;
  return linter('ESLint', text, async (source, fix) => {
    isMeant = fix || isMeant;
    return (await (fix ? fixing : looking).lintText(source, { filePath: file }))[0];
  });
};

/** Standard, which is ESLint with rules of its own. */
export const standard: FindTool = async (file, text, project) => {
  const module = load(project, 'standard') as { lintText?: Lint; default?: { lintText?: Lint } } | undefined;
  const api = module?.lintText ? module : module?.default;
  if (typeof api?.lintText !== 'function') return undefined;
  return linter('standard', text, async (source, fix) => ((await api.lintText?.(source, { filename: file, fix: fix !== false })) ?? [])[0]);
};

type Lint = (text: string, options: { filename: string; fix: boolean }) => Promise<Result[]>;
type Run = (text: string, fix: false | Fix) => Promise<Result | undefined>;

async function linter(name: string, text: string, run: Run): Promise<Tool | undefined> {
  // A file that cannot be linted as it is, for want of a configuration for example, cannot be linted with a test more either.
  const before = await run(text, false);
  if (!before || before.messages.some(({ fatal, ruleId }) => fatal || ruleId === null)) return undefined;
  return {
    name,
    tidy: async (changed, { start, end }) => {
      const isInside = ({ line = 0, column = 1 }: Message) => {
        const offset = offsetAt(changed, line, column);
        return offset >= start && offset <= end;
      };
      return (await run(changed, isInside))?.output ?? changed;
    },
    check: async (changed) =>
      ((await run(changed, false))?.messages ?? []).map(
        ({ line = 1, column = 1, ruleId, message }): Complaint => ({
          offset: offsetAt(changed, line, column),
          message: ruleId ? `${message} (${ruleId})` : message,
        }),
      ),
  };
}
