import path from 'node:path';
import { type Bare, bare, type LanguageName, languageOf, type ScriptName, type SyntaxTree } from '../syntax/index.ts';
import { goSiblings, pythonModule, readTextNow, relativeModule, rustModules, type StampedFile } from '../workspace/index.ts';
import { declaredIn } from './go/index.ts';
import { Script } from './javascript/index.ts';

/** Modules above this size are not read for helpers, in UTF-16 units: they are bundles. */
const LARGEST = 500_000;

interface KeptRoot {
  stamp: string;
  text: string;
  root?: Bare;
  /** The functions that are declared in it. */
  names?: Set<string>;
}

/** Trees to parse with; those of JavaScript and TypeScript are always there. */
export type Parsers = Record<ScriptName, SyntaxTree> & Partial<Record<LanguageName, SyntaxTree>>;

/** The modules that tests take helpers from, each read once as long as its file is the same. */
export class Modules {
  readonly #known = new Map<string, { stamp: string; script: Script | undefined }>();
  /** What specifiers came to, by the folder that they are meant from. */
  readonly #named = new Map<string, Script | null>();
  readonly #siblings = new Map<string, Bare | null>();
  readonly #folders = new Map<string, StampedFile[]>();
  readonly #roots = new Map<string, KeptRoot>();
  readonly #parsers: Parsers;
  readonly #openText: (file: string) => string | undefined;

  /** `parsers` are trees to parse with, `openText` answers what stands in an editor instead of the file. */
  constructor(parsers: Parsers, openText: (file: string) => string | undefined) {
    this.#parsers = parsers;
    this.#openText = openText;
  }

  /** The module that a relative specifier in a file (absolute path) names; undefined where there is none that can be read. */
  readonly read = (specifier: string, from: string): Script | undefined => {
    const key = `${path.dirname(from)}\0${specifier}`;
    let script = this.#named.get(key);
    if (script === undefined) {
      script = this.#load(specifier, from) ?? null;
      this.#named.set(key, script);
    }
    return script ?? undefined;
  };

  /** The module that Python names by a specifier in a file (absolute path); undefined where it may hold no helpers of tests. */
  readonly python = (specifier: string, from: string): { root: Bare; file: string } | undefined => {
    const found = pythonModule(specifier, from);
    const root =
      found &&
      this.#root('python', found, (text) => /\bassert/.test(text) && /test|helper|util|conftest|common|support|base|check/i.test(found.file));
    return root && { root, file: found.file };
  };

  /** A function of another test file in the folder of a Go file (absolute path). */
  readonly goSibling = (name: string, from: string): Bare | undefined => this.#once(`${from}\0${name}`, () => this.#sibling(name, from));

  /** What a name (`Levels`, `shop.Levels`) is set to on the top level of another file in the folder of a Go file (absolute path). */
  readonly goValue = (name: string, from: string): Bare | undefined => this.#once(`${from}\0= ${name}`, () => this.#goValue(name, from));

  /** A function of a module of helpers that a Rust file (absolute path) uses: `mod common;`, `use crate::testutil::…`. */
  readonly rustHelper = (name: string, from: string): Bare | undefined => this.#once(`${from}\0${name}`, () => this.#rustHelper(name, from));

  /** What was found under a key, looked for the first time. */
  #once(key: string, look: () => Bare | undefined): Bare | undefined {
    let found = this.#siblings.get(key);
    if (found === undefined) {
      found = look() ?? null;
      this.#siblings.set(key, found);
    }
    return found ?? undefined;
  }

  #goValue(name: string, from: string): Bare | undefined {
    const [, of, last] = /^(?:(\w+)\.)?(\w+)$/.exec(name) ?? [];
    if (last === undefined) return undefined;
    const isThere = new RegExp(`^(?:var|const)?\\s*${last}\\b[^\\n]*=`, 'm');
    for (const file of this.#goFiles(from)) {
      const root = this.#root('go', file, (text) => isThere.test(text) && (of === undefined || new RegExp(`^package ${of}\\b`, 'm').test(text)));
      const found = declaredIn(root, last);
      if (found) return found;
    }
    return undefined;
  }

  #rustHelper(name: string, from: string): Bare | undefined {
    let files = this.#folders.get(from);
    if (!files) {
      files = rustModules(from, this.#openText(from) ?? readTextNow(from) ?? '');
      this.#folders.set(from, files);
    }
    const isMacro = name.endsWith('!');
    for (const file of /^\w+!?$/.test(name) ? files : []) {
      const word = isMacro ? `macro_rules! ${name.slice(0, -1)}` : `fn ${name}`;
      const root = this.#root('rust', file, (text) => text.includes(word));
      const [found] =
        root?.filter(
          (node) => node.type === (isMacro ? 'macro_definition' : 'function_item') && `${node.get('name')?.text}${isMacro ? '!' : ''}` === name,
        ) ?? [];
      if (found) return found;
    }
    return undefined;
  }

  #goFiles(from: string): readonly StampedFile[] {
    let files = this.#folders.get(from);
    if (!files) {
      files = goSiblings(from);
      this.#folders.set(from, files);
    }
    return files;
  }

  #sibling(name: string, from: string): Bare | undefined {
    const files = this.#goFiles(from).filter(({ file }) => file.endsWith('_test.go'));
    for (const file of /^\w+$/.test(name) ? files : []) {
      const root = this.#root('go', file, (text, kept) => {
        kept.names ??= new Set([...text.matchAll(/^func (?:\([^)\n]*\) )?(\w+)/gm)].map((match) => match[1] as string));
        return kept.names.has(name);
      });
      const found = root?.children.find((node) => /^(function|method)_declaration$/.test(node.type) && node.get('name')?.text === name);
      if (found) return found;
    }
    return undefined;
  }

  /** The tree of a file whose text has what is asked for, kept as long as the file is the same. */
  #root(language: 'python' | 'go' | 'rust', { file, stamp }: StampedFile, has: (text: string, kept: KeptRoot) => boolean): Bare | undefined {
    const parser = this.#parsers[language];
    const open = this.#openText(file);
    const known = this.#roots.get(file);
    const kept: KeptRoot = known?.stamp === (open ?? stamp) ? known : { stamp: open ?? stamp, text: open ?? readTextNow(file) ?? '' };
    this.#roots.set(file, kept);
    if (!parser || kept.text.length > LARGEST || !has(kept.text, kept)) return undefined;
    if (!kept.root) {
      const tree = parser.parseAnother(kept.text);
      kept.root = bare(tree.tree, kept.text);
      tree.dispose();
    }
    return kept.root;
  }

  /** Says that files may have come, gone or changed: they are looked for anew. */
  lookAgain(): void {
    this.#named.clear();
    this.#siblings.clear();
    this.#folders.clear();
  }

  #load(specifier: string, from: string): Script | undefined {
    const found = relativeModule(specifier, from);
    const language = found && languageOf(found.file);
    if (!found || !language || /\.d\.[cm]?ts$/.test(found.file)) return undefined;
    const open = this.#openText(found.file);
    const stamp = open ?? found.stamp;
    const known = this.#known.get(found.file);
    if (known?.stamp === stamp) return known.script;
    const script = this.#parse(found.file, language, open ?? readTextNow(found.file));
    this.#known.set(found.file, { stamp, script });
    return script;
  }

  #parse(file: string, language: ScriptName, text: string | undefined): Script | undefined {
    if (text === undefined || text.length > LARGEST || !mayHelp(file, text)) return undefined;
    const tree = this.#parsers[language].parseAnother(text);
    const script = new Script(bare(tree.tree, text), file);
    tree.dispose();
    return script;
  }
}

/** Whether a module may hold helpers of tests and is not what they test: that may have assertions of its own, which say nothing about its tests. */
function mayHelp(file: string, text: string): boolean {
  if (/\bexpect\s*\(|\bfrom ['"](?:chai|vitest|@jest\/globals|ava|tape)['"]|require\(['"](?:chai|tape)['"]\)/.test(text)) return true;
  return (
    /\b(?:assert|should|t)\s*[.(]/.test(text) &&
    /(?:^|[/\\])(?:__tests__|__helpers__|tests?|specs?|e2e|testing|test-?utils?|support|helpers?)[/\\]|[._-](?:test|spec|helper)s?\.[^/\\]*$/i.test(
      file,
    )
  );
}
