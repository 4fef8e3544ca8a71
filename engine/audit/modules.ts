import path from 'node:path';
import { bare, languageOf, type ScriptName, type SyntaxTree } from '../syntax/index.ts';
import { readTextNow, relativeModule } from '../workspace/index.ts';
import { Script } from './javascript/index.ts';

/** Modules above this size are not read for helpers, in UTF-16 units: they are bundles. */
const LARGEST = 500_000;

/** The modules that tests take helpers from, each read once as long as its file is the same. */
export class Modules {
  readonly #known = new Map<string, { stamp: string; script: Script | undefined }>();
  /** What specifiers came to, by the folder that they are meant from. */
  readonly #named = new Map<string, Script | null>();
  readonly #parsers: Record<ScriptName, SyntaxTree>;
  readonly #openText: (file: string) => string | undefined;

  /** `parsers` are trees to parse with, `openText` answers what stands in an editor instead of the file. */
  constructor(parsers: Record<ScriptName, SyntaxTree>, openText: (file: string) => string | undefined) {
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

  /** Says that files may have come, gone or changed: they are looked for anew. */
  lookAgain(): void {
    this.#named.clear();
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
