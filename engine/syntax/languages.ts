import { Language, Parser } from 'web-tree-sitter';
import { shippedFile } from '../process/index.ts';

/** The languages whose grammars ship with Assay. */
export type LanguageName = 'javascript' | 'typescript' | 'tsx';

const BY_EXTENSION: Record<string, LanguageName> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
};

/** The language of a file by its name; undefined where none of ours reads it. */
export function languageOf(file: string): LanguageName | undefined {
  return BY_EXTENSION[file.slice(file.lastIndexOf('.') + 1).toLowerCase()];
}

let runtime: Promise<void> | undefined;
const parsers = new Map<LanguageName, Promise<Parser>>();

/** A parser of a language; runtime and grammar are loaded when first asked for. */
export function parserOf(name: LanguageName): Promise<Parser> {
  let parser = parsers.get(name);
  if (!parser) {
    parser = load(name);
    parsers.set(name, parser);
  }
  return parser;
}

async function load(name: LanguageName): Promise<Parser> {
  runtime ??= Parser.init({ locateFile: () => shippedFile('dist', 'grammars', 'web-tree-sitter.wasm') });
  await runtime;
  const parser = new Parser();
  parser.setLanguage(await Language.load(shippedFile('dist', 'grammars', `${name}.wasm`)));
  return parser;
}
