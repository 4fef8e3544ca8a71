import { Language, Parser } from 'web-tree-sitter';
import { shippedFile } from '../installation/index.ts';

/** The languages whose grammars ship with Assay. */
export type LanguageName = ScriptName | 'python' | 'go' | 'rust';

/** Those whose code is mutated. */
export type ScriptName = 'javascript' | 'typescript' | 'tsx';

const SCRIPTS: Record<string, ScriptName> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
};

const OTHERS: Record<string, LanguageName> = { py: 'python', go: 'go', rs: 'rust' };

/** The language of a file by its name where it is JavaScript or TypeScript. */
export function languageOf(file: string): ScriptName | undefined {
  return SCRIPTS[extension(file)];
}

/** The language of a file by its name, of all whose tests are read; undefined where none of ours reads it. */
export function testLanguageOf(file: string): LanguageName | undefined {
  return languageOf(file) ?? OTHERS[extension(file)];
}

function extension(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1).toLowerCase();
}

let runtime: Promise<void> | undefined;
/** What the runtime asks for where it is given none; in pages of 64 KiB. */
let heap: WebAssembly.Memory | undefined;

/** The memory that tree-sitter has its trees in. */
export function memory(): WebAssembly.Memory {
  heap ??= new WebAssembly.Memory({ initial: 512, maximum: 32_768 });
  return heap;
}

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
  runtime ??= Parser.init({ wasmMemory: memory(), locateFile: () => shippedFile('dist', 'grammars', 'web-tree-sitter.wasm') });
  await runtime;
  const parser = new Parser();
  parser.setLanguage(await Language.load(shippedFile('dist', 'grammars', `${name}.wasm`)));
  return parser;
}
