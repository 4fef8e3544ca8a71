import { pathToFileURL } from 'node:url';
import { type ParserOptions, parse } from '@babel/parser';
import { convert } from 'ast-v8-to-istanbul';
import type { CoveredFile } from '../model.ts';
import { readIstanbul } from '../readers/istanbul.ts';
import type { RanCode } from './scripts.ts';
import { isMadeByVite } from './vite.ts';

/** What Vitest puts around a module that it runs. */
const VITEST_WRAPPER = /^'use strict';async \([^)]*\)=>\{\{/;
const VITEST_END = /\n?\}\}\s*$/;

/** Code is parsed as what it is: a module, else a script. */
const LENIENT: ParserOptions = {
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowNewTargetOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
};

/**
 * The statements, branches and functions of code with how often V8 counted them, in the files that the code was made from. Undefined where the code cannot be
 * parsed.
 *
 * @param text what ran
 * @param map what the text was made from, where it does not say so itself
 */
export async function convertCode(
  { file, segments }: Pick<RanCode, 'file' | 'segments'>,
  text: string,
  map?: object,
): Promise<CoveredFile[] | undefined> {
  const wrapper = VITEST_WRAPPER.exec(text)?.[0] ?? '';
  const code = wrapper ? text.slice(wrapper.length).replace(VITEST_END, '') : text;
  const ast = parsed(code, file);
  if (!ast) return undefined;
  const made = map ?? inlineMap(code);
  const converted = await convert({
    code,
    ast,
    wrapperLength: wrapper.length,
    coverage: { url: pathToFileURL(file).href, functions: [{ functionName: '', isBlockCoverage: true, ranges: [...segments] }] },
    ...(made && { sourceMap: made as never }),
    ignoreNode: isMadeByVite as never,
  });
  return readIstanbul(converted);
}

/** The source map that a text holds itself: the last one, since texts may be parts of others. One in a file of its own is found by the converter. */
function inlineMap(code: string): object | undefined {
  const [, base64, data] = [...code.matchAll(/\/\/[#@]\s*sourceMappingURL=data:application\/json[^,\s]*?(;base64)?,(\S+)/g)].at(-1) ?? [];
  if (data === undefined) return undefined;
  try {
    return JSON.parse(base64 ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data)) as object;
  } catch {
    return undefined;
  }
}

function parsed(code: string, file: string): never | undefined {
  const plugins: ParserOptions['plugins'] = /\.[cm]?ts$/.test(file) ? ['estree', 'typescript'] : ['estree'];
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(code, { ...LENIENT, sourceType, plugins }).program as never;
    } catch {
      // The other kind may do.
    }
  }
  return undefined;
}
