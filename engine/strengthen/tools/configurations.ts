import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** What a configuration of a tool may be called: `eslint.config.js`, `.prettierrc`, `biome.json`, `.editorconfig`, `.eslintignore`, `.oxlintrc.json`, `package.json`. */
const CONFIGURATION = /\.(jsonc?|json5|ya?ml|toml)$|\.config\.[cm]?[jt]s$|^\..*(rc|ignore|config)(\.[cm]?[jt]s)?$/;

/** What is another text when a file that may configure a tool was written, came or went, in the folders from a file upwards. */
export async function configurationStamp(file: string): Promise<string> {
  const stamps: string[] = [];
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const names = (await readdir(folder).catch((): string[] => [])).filter((name) => CONFIGURATION.test(name)).sort();
    const its = names.map(async (name) => {
      const { mtimeMs, size } = (await stat(path.join(folder, name)).catch(() => undefined)) ?? { mtimeMs: 0, size: 0 };
      return `${path.join(folder, name)} ${mtimeMs} ${size}`;
    });
    stamps.push(...(await Promise.all(its)));
    if (path.dirname(folder) === folder) return stamps.join('\n');
  }
}
