import type { ProjectTools } from '../tools/index.ts';
import { changed, inOrder, stretchesOf, type TextChange } from './changes.ts';
import { type Draft, mendedDraft, type Rejected } from './draft.ts';
import type { Sheet } from './sheet.ts';

/** Has drafts written as the project's own tools would have them. */
export class Fitting {
  readonly #sheet: Sheet;
  readonly #drafts: Draft[];
  /** Imports as the project's tools write them, by themselves as they were written first. */
  readonly #tidied = new Map<string, string>();
  /** The text that the project's tools looked at last. */
  #checked: string | undefined;

  /** `drafts` are those of the desk: what the tools have something against is taken out of them. */
  constructor(sheet: Sheet, drafts: Draft[]) {
    this.#sheet = sheet;
    this.#drafts = drafts;
  }

  /** The text of the file with all that was written. */
  text(): string {
    return changed(this.#sheet.text, this.changesOf(this.#drafts));
  }

  /** The changes of the file that drafts consist of. */
  changesOf(drafts: readonly Draft[]): TextChange[] {
    const imports = this.#sheet.importsFor(drafts).map((one) => ({ ...one, text: this.#tidied.get(keyOf(one)) ?? one.text }));
    return inOrder([...imports, ...new Set(drafts.flatMap(({ changes }) => changes))]);
  }

  /** Has the project's formatter and linter write what was written. */
  async tidy(testFile: string, tools: Pick<ProjectTools, 'tidy'>): Promise<void> {
    const tidied = async (change: TextChange) => {
      const { start, end, text } = change;
      const whole = await tools.tidy(testFile, changed(this.#sheet.text, [change]), { start, end: start + text.length });
      return whole.slice(start, whole.length - (this.#sheet.text.length - end));
    };
    for (const change of new Set(this.#drafts.flatMap(({ changes }) => changes))) change.text = await tidied(change);
    for (const drafts of [this.#drafts, ...this.#drafts.map((one) => [one])]) {
      for (const change of this.#sheet.importsFor(drafts))
        if (!this.#tidied.has(keyOf(change))) this.#tidied.set(keyOf(change), await tidied(change));
    }
  }

  /** Has the project's tools look at what was written; what only types have something against is written as they want it, where that is known, once. Answers whether there was any. */
  async fit(testFile: string, tools: Pick<ProjectTools, 'check'>): Promise<boolean> {
    await this.check(testFile, tools);
    const other = this.#drafts.filter(({ mended, table, isMended }) => mended && !table && !isMended);
    for (const draft of other) Object.assign(draft, draft.mended, { complaints: [], isMended: true });
    return other.length > 0;
  }

  /** Has the project's linter and compiler look at what was written, where that is another text than they looked at last. */
  async check(testFile: string, tools: Pick<ProjectTools, 'check'>): Promise<void> {
    const text = this.text();
    if (text === this.#checked) return;
    this.#checked = text;
    const changes = this.changesOf(this.#drafts);
    const checked = await tools.check(testFile, text, stretchesOf(changes));
    for (const draft of this.#drafts) {
      const starts = new Set(this.#sheet.importsFor([draft]).map(({ start }) => start));
      const isOf = (one: TextChange) =>
        draft.changes.includes(one) || (starts.has(one.start) && !this.#drafts.some((other) => other.changes.includes(one)));
      draft.complaints = changes.flatMap((one, i) => (isOf(one) ? (checked[i]?.complaints ?? []) : []));
      const mended = draft.complaints.length > 0 ? mendedDraft(draft, (change) => checked[changes.indexOf(change)]) : undefined;
      if (mended) draft.mended = mended;
    }
  }

  /** Has the project's tools look at what is left, and takes back what they have something against without the rest. Answers whose tests those were, and why. */
  async finish(testFile: string, tools: Pick<ProjectTools, 'tidy' | 'check'>): Promise<Rejected[]> {
    const rejected: Rejected[] = [];
    await this.tidy(testFile, tools);
    while (this.#drafts.length > 0 && this.text() !== this.#checked) {
      await this.check(testFile, tools);
      for (const draft of this.#drafts.splice(0)) {
        const [why] = draft.complaints;
        if (why === undefined) this.#drafts.push(draft);
        else if (draft.table) this.#drafts.push(...draft.table.rows);
        else rejected.push(...draft.mutants.map((mutant) => ({ mutant, why: `of the test that was written, ${why}` })));
      }
      this.#sheet.setOff(this.#drafts);
    }
    return rejected;
  }
}

function keyOf({ start, text }: TextChange): string {
  return `${start}:${text}`;
}
