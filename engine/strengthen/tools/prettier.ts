import { type FindTool, load, notFormatted } from './tool.ts';

interface Prettier {
  clearConfigCache?(): Promise<void> | void;
  resolveConfig(file: string, options: object): Promise<object | null>;
  getFileInfo(file: string, options: object): Promise<{ ignored: boolean }>;
  format(text: string, options: object): Promise<string> | string;
}

/** Prettier, where the file is written as it would write it. */
export const prettier: FindTool = async (file, text, project) => {
  const api = load(project, 'prettier') as Prettier | undefined;
  if (typeof api?.format !== 'function') return undefined;
  await api.clearConfigCache?.();
  const { ignored } = await api.getFileInfo(file, { ignorePath: '.prettierignore' });
  const options = { ...(await api.resolveConfig(file, { editorconfig: true })), filepath: file };
  const format = async (source: string) => api.format(source, options);
  if (ignored || (await format(text)) !== text) return undefined;
  return {
    name: 'Prettier',
    tidy: (changed) => format(changed),
    check: async (changed) => notFormatted(changed, await format(changed)),
  };
};
