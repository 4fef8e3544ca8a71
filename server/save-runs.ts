import path from 'node:path';
import type { Range } from '../engine/model/index.ts';
import { changedPieces, type PieceTexts } from '../engine/mutation/index.ts';
import { languageOf, SyntaxTree } from '../engine/syntax/index.ts';
import { toPath } from './convert.ts';
import type { MutateParams, MutateResult, Settings } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** What runs on save need from the server around them. */
export interface SaveSurroundings {
  workspace: Workspace;
  settings(): Settings;
  /** Judges targets. */
  run(targets: MutateParams['targets']): Promise<Pick<MutateResult, 'status'>>;
}

/** Runs mutation testing when a file is saved for which, or for whose tests, somebody asked for a run before: what is saved while one runs is judged after it. */
export class SaveRuns {
  readonly #around: SaveSurroundings;
  /** The files that were asked for, with the pieces they had when they were judged last. */
  readonly #asked = new Map<string, PieceTexts>();
  readonly #saved = new Set<string>();
  #working = false;

  constructor(around: SaveSurroundings) {
    this.#around = around;
  }

  /** Somebody asked for a run on these. */
  async asked({ targets }: MutateParams): Promise<void> {
    for (const { uri } of targets) {
      const look = await this.#look(uri);
      if (look) this.#asked.set(uri, look.texts);
    }
  }

  /** A document was saved. */
  async saved(uri: string): Promise<void> {
    if (this.#around.settings().onSave === 'off') return;
    this.#saved.add(uri);
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#saved.size > 0) {
        const uris = [...this.#saved];
        this.#saved.clear();
        const saved = await Promise.all(uris.map(async (one) => [one, await this.#concerned(one)] as const));
        const targets = saved.flatMap(([, one]) => one.targets);
        if (targets.length === 0) continue;
        const { status } = await this.#around.run(targets);
        // What a run did not get to, because tests failed for example, is judged with the next save.
        if (status === 'done') for (const [one, { texts }] of saved) if (texts) this.#asked.set(one, texts);
      }
    } finally {
      this.#working = false;
    }
  }

  /** What is to be judged when a file was saved; and what it says now, of one that was asked for. */
  async #concerned(uri: string): Promise<{ targets: MutateParams['targets']; texts?: PieceTexts }> {
    const before = this.#asked.get(uri);
    if (!before) return { targets: await this.#testedBy(uri) };
    const look = await this.#look(uri, before);
    if (!look) return { targets: [] };
    const { texts, changed } = look;
    const whole = changed.length > 0 && this.#around.settings().onSave === 'file';
    return { texts, targets: whole ? [{ uri }] : changed.map((range) => ({ uri, range })) };
  }

  /** What tests of this file reach, and what none does yet, in the files that were asked for. */
  async #testedBy(uri: string): Promise<MutateParams['targets']> {
    const file = toPath(uri);
    if (file === undefined) return [];
    const targets: MutateParams['targets'] = [];
    for (const asked of this.#asked.keys()) {
      const judged = await this.#around.workspace.judged(asked);
      if (!judged) continue;
      const own = new Set(
        [...judged.book.tests().values()].filter((test) => path.join(judged.book.directory, test.file) === file).map(({ id }) => id),
      );
      if (own.size === 0) continue;
      const concerned = judged.pieces.filter(({ mutants }) =>
        mutants.some(({ status, coveredBy }) => status === 'NoCoverage' || coveredBy.some((id) => own.has(id))),
      );
      if (concerned.length === 0) continue;
      const whole = this.#around.settings().onSave === 'file';
      targets.push(...(whole ? [{ uri: asked }] : concerned.map(({ range }): { uri: string; range: Range } => ({ uri: asked, range }))));
    }
    return targets;
  }

  async #look(uri: string, before?: PieceTexts): Promise<ReturnType<typeof changedPieces> | undefined> {
    const language = languageOf(uri);
    const text = this.#around.workspace.openText(uri);
    if (!language || text === undefined) return undefined;
    const tree = await SyntaxTree.parse(language, text);
    const look = changedPieces(tree, before);
    tree.dispose();
    return look;
  }
}
