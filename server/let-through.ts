import path from 'node:path';
import { type CodeAction, CodeActionKind, type CodeLens, type Command, type Diagnostic, type Range } from 'vscode-languageserver';
import { bandOf, type TestAudit } from '../engine/audit/index.ts';
import type { ResultBook } from '../engine/mutation/index.ts';
import { type LetThrough, letThrough } from '../engine/strengthen/index.ts';
import { relativePosix, upwards } from '../engine/workspace/index.ts';
import { toUri } from './convert.ts';
import { SOURCE } from './diagnostics.ts';
import type { Looked } from './looked.ts';
import { commands, type StrengthenParams } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** A test and what it lets through, with the package that it was judged in. */
interface Porous {
  test: TestAudit;
  letThrough: LetThrough;
  book: ResultBook;
}

/** What tests let through: mutants that they run and that no test notices, where mutation testing was done. */
export class LettingThrough {
  readonly #workspace: Workspace;
  /** By test files, for the text that they were looked up with. */
  #known = new WeakMap<Looked, Promise<Porous[]>>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Says that results may be others now. */
  lookAgain(): void {
    this.#known = new WeakMap();
  }

  /** A lens over each test that looks weak, or runs a function that no test would miss: it has the test say more. */
  async lenses(looked: Looked): Promise<CodeLens[]> {
    return (await this.#of(looked)).filter(isWeak).flatMap((porous) => {
      const { start } = looked.range(porous.test);
      const [command] = commandsOf(porous, looked);
      return command ? [{ range: { start, end: start }, command }] : [];
    });
  }

  /** What has the tests say more that a range or a finding is about. */
  async actions(looked: Looked, range: Range, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
    return (await this.#of(looked)).flatMap((porous) => {
      const its = diagnostics.filter((one) => one.source === SOURCE && isWithin(one.range, looked.range(porous.test)));
      if (its.length === 0 && !isWithin(range, looked.range(porous.test.head))) return [];
      return commandsOf(porous, looked).map((command) => ({
        title: command.title,
        kind: CodeActionKind.QuickFix,
        ...(its.length > 0 && { diagnostics: its }),
        command,
      }));
    });
  }

  /** What a test lets through, in Markdown. */
  async hover(looked: Looked, test: TestAudit): Promise<string[]> {
    const found = (await this.#of(looked)).find((one) => one.test === test);
    if (!found) return [];
    const { files } = found.letThrough;
    const all = files.reduce((sum, { mutants }) => sum + mutants.length, 0);
    const which = files.map(({ path: file, mutants }) => `${mutants.length} of \`${path.posix.basename(file)}\``).join(', ');
    return [
      '',
      `**It lets ${count(all)} through** that no test notices: ${which}. A quick-fix looks for assertions that notice ${all === 1 ? 'it' : 'them'}.`,
    ];
  }

  #of(looked: Looked): Promise<Porous[]> {
    const known = this.#known.get(looked) ?? this.#find(looked);
    this.#known.set(looked, known);
    return known;
  }

  async #find(looked: Looked): Promise<Porous[]> {
    const { books } = this.#workspace;
    const { file, text } = looked;
    for (const directory of upwards(path.dirname(file), path.parse(file).root)) {
      const book = books.existing(directory);
      if (!book) continue;
      const view = (name: string) => this.#workspace.judged(toUri(path.join(directory, name)));
      const found = await letThrough({ book, path: relativePosix(directory, file), text, tests: looked.audit.tests }, view);
      if (found.size > 0) return [...found].map(([place, its]) => ({ test: looked.audit.tests[place] as TestAudit, letThrough: its, book }));
    }
    return [];
  }
}

/** Tests that look weak, and those that pass without a whole function that they run. */
function isWeak({ test, letThrough: { files } }: Porous): boolean {
  const band = bandOf(test.strength);
  const isPseudo = files.some(({ mutants }) => mutants.some(({ removes }) => removes));
  return test.state !== 'skipped' && (band === 'execution only' || band === 'weak' || isPseudo);
}

/** One command a file. */
function commandsOf({ letThrough: { names, files }, book }: Porous, { uri }: Looked): Command[] {
  return files.map(({ path: file, mutants }) => {
    const within: StrengthenParams['within'] = { uri, names };
    return {
      title: `Have this test notice ${count(mutants.length)} of ${path.posix.basename(file)} that it lets through`,
      command: commands.addTests,
      arguments: [toUri(path.join(book.directory, file)), mutants.map(({ id }) => id), within],
    };
  });
}

function count(mutants: number): string {
  return mutants === 1 ? '1 mutant' : `${mutants} mutants`;
}

function isWithin(inner: Range, outer: Range): boolean {
  const isBefore = (a: Range['start'], b: Range['start']) => a.line < b.line || (a.line === b.line && a.character < b.character);
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}
