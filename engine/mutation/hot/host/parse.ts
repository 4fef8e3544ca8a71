import path from 'node:path';
import { type ParseResult, type ParserOptions, parse } from '@babel/parser';

/** A syntax tree as StrykerJS's instrumenter takes it. */
export interface Ast {
  root: ParseResult;
  originFileName: string;
  rawContent: string;
  format: 'js' | 'ts' | 'tsx';
}

/** Parses a text; the file's name tells its language. */
export type Parse = (text: string, file: string) => Promise<Ast>;

type Plugins = NonNullable<ParserOptions['plugins']>;

/** What StrykerJS's own parsers (js-parser.js and ts-parser.js of its instrumenter) ask Babel for, presets and all. */
const JAVASCRIPT: Plugins = [
  'doExpressions',
  'exportDefaultFrom',
  'functionBind',
  'functionSent',
  ['pipelineOperator', { proposal: 'fsharp' }],
  'throwExpressions',
  'v8intrinsic',
  'partialApplication',
  'decorators',
  'jsx',
];
const TYPESCRIPT: Plugins = [['typescript', { disallowAmbiguousJSXLike: false }], 'decorators-legacy'];

const LANGUAGES: Record<string, { format: Ast['format']; options: ParserOptions }> = {
  js: { format: 'js', options: { plugins: JAVASCRIPT } },
  ts: { format: 'ts', options: { plugins: TYPESCRIPT, ranges: true } },
  tsx: { format: 'tsx', options: { plugins: [...TYPESCRIPT, 'jsx'], ranges: true } },
};

/**
 * A parser for StrykerJS's instrumenter that goes without Babel's presets and the project's own configuration, which take longer to load than most
 * files to parse. Where the language is another or the syntax needs them, StrykerJS's own parser does it. Rejects with what is wrong with the text.
 */
export function createParser(options: object): Parse {
  return async (text, file) => {
    try {
      return parseFast(text, file);
    } catch (mistake) {
      const parse = await strykersParser(options);
      return parse(text, file).catch((error: unknown) => {
        throw mistake instanceof SyntaxError ? mistake : error;
      });
    }
  };
}

function parseFast(rawContent: string, originFileName: string): Ast {
  const ending = path.extname(originFileName).toLowerCase();
  const language = LANGUAGES[/^\.[cm]?jsx?$/.test(ending) ? 'js' : /^\.[cm]?ts$/.test(ending) ? 'ts' : ending.slice(1)];
  if (!language) throw new Error(`${originFileName} is neither JavaScript nor TypeScript.`);
  const { format, options } = language;
  const root = parse(rawContent, { sourceType: 'module', ...options });
  return { root, originFileName, rawContent, format };
}

/** The instrumenter's own, which its package does not export. */
async function strykersParser(options: object): Promise<Parse> {
  const door = import.meta.resolve('@stryker-mutator/instrumenter');
  const { createParser } = (await import(new URL('parsers/index.js', door).href)) as { createParser(options: object): Parse };
  return createParser(options);
}
