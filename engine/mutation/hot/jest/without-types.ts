import type { ProjectConfig } from './jest-types.ts';

/** What makes ts-jest compile file by file, without the types of the whole project (its `TsCompiler`): an option of all its versions. */
const FILE_BY_FILE = { isolatedModules: true, diagnostics: false };

/**
 * Configurations in which ts-jest compiles each file by itself, several times as fast: the types of a project whose tests pass are right, and those of mutants
 * are nobody's concern. Its own settings stay where transformers are named that may ask for types.
 *
 * @returns undefined where there is nothing to leave out
 */
export function withoutTypes(configs: readonly ProjectConfig[]): ProjectConfig[] | undefined {
  const quick = configs.map(quickly);
  return quick.some((config, i) => config !== configs[i]) ? quick : undefined;
}

function quickly(config: ProjectConfig): ProjectConfig {
  if (!config.transform.some(isQuickened)) return config;
  const transform = config.transform.map((entry): ProjectConfig['transform'][number] => {
    const [pattern, transformer, options] = entry;
    return isQuickened(entry) ? [pattern, transformer, { ...(options as object), ...FILE_BY_FILE }] : entry;
  });
  // Where its settings stood before version 29; they count more than those of the transformer.
  const before = config.globals?.['ts-jest'];
  if (!isObject(before)) return { ...config, transform };
  if ('astTransformers' in before) return config;
  return { ...config, transform, globals: { ...config.globals, 'ts-jest': { ...before, ...FILE_BY_FILE } } };
}

function isQuickened([, transformer, options]: ProjectConfig['transform'][number]): boolean {
  return /[\\/]ts-jest[\\/]/.test(transformer) && !(isObject(options) && 'astTransformers' in options);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
