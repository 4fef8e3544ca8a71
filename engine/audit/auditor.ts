import path from 'node:path';
import { BareCopier, bare, type LanguageName, languageOf, type ScriptName, SyntaxTree, testLanguageOf } from '../syntax/index.ts';
import { PROJECT_CONFIG, parseProjectConfig, readTextNow } from '../workspace/index.ts';
import { auditFile } from './audit.ts';
import { KnownTests, Script, type SeenMessage, suggest } from './javascript/index.ts';
import type { FileAudit, Span, Suggestion } from './model.ts';
import { Modules, type Parsers } from './modules.ts';
import { AuditProject, SILENT } from './project/project.ts';

/** Files above this size are not looked at, in UTF-16 units: nobody wrote them. */
export const LARGEST_FILE = 2_000_000;

/** What is kept of a file that is looked at again and again. */
interface Kept {
  tree: SyntaxTree;
  copier: BareCopier;
  known: KnownTests;
}

/** Looks at test files: once, or again and again as they are typed. Grammars are loaded when it is made. */
export class Auditor {
  readonly #parsers: Parsers;
  readonly #modules: Modules;
  readonly #helpers: Pick<Modules, 'read' | 'python' | 'goSibling' | 'goValue' | 'rustHelper'>;
  readonly #kept = new Map<string, Kept>();
  readonly #projects = new Map<string, AuditProject>();
  readonly #openText: (file: string) => string | undefined;
  #generation = 0;

  private constructor(parsers: Record<ScriptName, SyntaxTree>, openText: (file: string) => string | undefined) {
    this.#parsers = parsers;
    this.#openText = openText;
    this.#modules = new Modules(parsers, openText);
    this.#helpers = {
      read: this.#modules.read,
      python: this.#modules.python,
      goSibling: this.#modules.goSibling,
      goValue: this.#modules.goValue,
      rustHelper: this.#modules.rustHelper,
    };
  }

  /** An auditor; `openText` answers the text that stands in an editor instead of a file's. */
  static async create(openText: (file: string) => string | undefined = () => undefined): Promise<Auditor> {
    const names: readonly ScriptName[] = ['javascript', 'typescript', 'tsx'];
    const trees = await Promise.all(names.map(async (name) => [name, await SyntaxTree.parse(name, '')] as const));
    return new Auditor(Object.fromEntries(trees) as Record<ScriptName, SyntaxTree>, openText);
  }

  /** Loads what reads the language of a file where it is not there yet: JavaScript and TypeScript always are. */
  async prepare(file: string): Promise<void> {
    const language = testLanguageOf(file);
    if (language && !this.#parsers[language]) this.#parsers[language] = await SyntaxTree.parse(language, '');
  }

  /** What the tests in a text check; undefined where the file (absolute path) is none that is looked at: another language, one that was not prepared, or too large. */
  audit(file: string, text: string): FileAudit | undefined {
    const language = auditedLanguage(file, text);
    const tree = language && this.#parsers[language]?.parseAnother(text);
    if (!language || !tree) return undefined;
    const root = bare(tree.tree, text);
    const project = this.#projectOf(path.dirname(file));
    const audit = project.apply(auditFile({ file, language, root, named: project.named, ...this.#helpers }), language, tree.tree);
    tree.dispose();
    return audit;
  }

  /** Like {@link audit} for a file that will be looked at again: then it costs what was changed in it. */
  auditAgain(file: string, text: string): FileAudit | undefined {
    const language = auditedLanguage(file, text);
    const kept = this.#kept.get(file);
    const tree = kept?.tree ?? (language && this.#parsers[language]?.parseAnother(text));
    if (!language || !tree) {
      this.forget(file);
      return undefined;
    }
    tree.update(text);
    const copier = kept?.copier ?? new BareCopier();
    const known = kept?.known ?? new KnownTests();
    const project = this.#projectOf(path.dirname(file));
    const audit = auditFile({
      file,
      language,
      root: copier.copy(tree.tree, text),
      named: project.named,
      ...this.#helpers,
      known,
      generation: this.#generation,
    });
    this.#kept.set(file, { tree, copier, known });
    return project.apply(audit, language, tree.tree);
  }

  /**
   * What would have the assertions of a script say more that touch a place, in a file that was {@link auditAgain audited} and is still kept.
   *
   * @param seen what the tests were seen to throw
   */
  suggestions(file: string, text: string, { tests }: FileAudit, within: Span, seen: SeenMessage): Suggestion[] {
    const kept = this.#kept.get(file);
    if (!kept || !languageOf(file)) return [];
    kept.tree.update(text);
    return suggest(new Script(kept.copier.copy(kept.tree.tree, text), file), tests, within, seen);
  }

  /** Says that helpers may have changed: tests are read anew when they are looked at next. */
  lookAgain(): void {
    this.#generation++;
    this.#modules.lookAgain();
    for (const project of this.#projects.values()) project.dispose();
    this.#projects.clear();
  }

  /** What the nearest configuration at or above a folder says. */
  #projectOf(folder: string): AuditProject {
    let project = this.#projects.get(folder);
    if (!project) {
      const file = path.join(folder, PROJECT_CONFIG);
      const text = this.#openText(file) ?? readTextNow(file);
      const parent = path.dirname(folder);
      const config = text === undefined ? undefined : parseProjectConfig(text, file);
      // One that cannot be read is told of where mutants are shown, and counts for nothing here.
      project = config?.ok ? new AuditProject(config.value) : text !== undefined || parent === folder ? SILENT : this.#projectOf(parent);
      this.#projects.set(folder, project);
    }
    return project;
  }

  /** Lets go of what is kept of a file. */
  forget(file: string): void {
    this.#kept.get(file)?.tree.dispose();
    this.#kept.delete(file);
  }
}

function auditedLanguage(file: string, text: string): LanguageName | undefined {
  return text.length > LARGEST_FILE || /\.d\.[cm]?ts$/.test(file) ? undefined : testLanguageOf(file);
}
