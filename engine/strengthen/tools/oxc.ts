import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { configHomes, inMirror, onceFor, said } from './mirror.ts';
import { type Complaint, type FindTool, load, notFormatted } from './tool.ts';

/** What configurations may be called (https://oxc.rs/docs/guide/usage/formatter/config.html). */
const OXFMT_CONFIG = /^(\.oxfmtrc\.jsonc?|oxfmt\.config\.[cm]?[jt]s)$/;
/** It reads these, too. */
const OXFMT_PARTS = /^(\.oxfmtrc\.jsonc?|oxfmt\.config\.[cm]?[jt]s|\.editorconfig|\.prettierignore|package\.json)$/;
/** Those of Oxlint (https://oxc.rs/docs/guide/usage/linter/config.html), which may extend others. */
const OXLINT_CONFIG = /^(\.oxlintrc\.jsonc?|oxlint\.config\.[cm]?[jt]s)$/;
const OXLINT_PARTS = /\.jsonc?$|^oxlint\.config\.[cm]?[jt]s$/;

/** What is read of `--format=json`: offsets are in bytes. */
interface Report {
  diagnostics: { message: string; code?: string; labels: { span: { offset: number } }[] }[];
  number_of_files: number;
}

/** Oxfmt, where the file is written as it would write it. */
export const oxfmt: FindTool = async (file, text, project) => {
  const script = scriptOf(project, 'oxfmt');
  if (script === undefined) return undefined;
  const homes = await homesOf(file, OXFMT_CONFIG);
  const format = onceFor((source) =>
    inMirror({ file, homes, parts: OXFMT_PARTS }, source, async (mirror, copy) => {
      await said(script, [copy], mirror);
      return readFile(copy, 'utf8');
    }),
  );
  // What it leaves as it is may be none of its business.
  if ((await format(text)) !== text || (await format(` ${text}`)) !== text) return undefined;
  return {
    name: 'Oxfmt',
    tidy: format,
    check: async (changed) => notFormatted(changed, await format(changed)),
  };
};

/** Oxlint, with whatever the project configures for the file. */
export const oxlint: FindTool = async (file, text, project) => {
  const script = scriptOf(project, 'oxlint');
  if (script === undefined) return undefined;
  const homes = await homesOf(file, OXLINT_CONFIG);
  const within = <T>(work: (mirror: string, copy: string) => Promise<T>) =>
    onceFor((source) => inMirror({ file, homes, parts: OXLINT_PARTS }, source, work));
  const look = within(async (mirror, copy) => reportIn(await said(script, ['--format=json', copy], mirror)));
  const mend = within(async (mirror, copy) => {
    await said(script, ['--fix', copy], mirror);
    return readFile(copy, 'utf8');
  });
  if (!(await look(text))?.number_of_files) return undefined;
  return {
    name: 'Oxlint',
    tidy: mend,
    async check(changed) {
      const bytes = Buffer.from(changed);
      return ((await look(changed))?.diagnostics ?? []).map(({ message, code, labels: [label] }): Complaint => {
        const offset = bytes.subarray(0, label?.span.offset ?? 0).toString().length;
        return { offset, message: code === undefined ? message : `${message} (${code})` };
      });
    },
  };
};

/** The script that a package of the project is run by; undefined where it has none of that name. */
function scriptOf(project: NodeJS.Require, name: string): string | undefined {
  const manifest = load(project, `${name}/package.json`) as { bin?: Record<string, string> } | undefined;
  const script = manifest?.bin?.[name];
  return script === undefined ? undefined : path.join(path.dirname(project.resolve(`${name}/package.json`)), script);
}

/** The folders with a configuration, else that of the package, which is the one stood in. */
async function homesOf(file: string, config: RegExp): Promise<string[]> {
  const homes = await configHomes(path.dirname(file), config);
  return homes.length > 0 ? homes : [process.cwd()];
}

function reportIn(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}
