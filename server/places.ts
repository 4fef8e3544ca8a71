import { stat } from 'node:fs/promises';
import type { Position } from '../engine/model/index.ts';
import type { TestLocator } from '../engine/mutation/index.ts';
import { type Proof, type RanTest, TextOfNow } from '../engine/verification/index.ts';
import { readText, relativePosix } from '../engine/workspace/index.ts';
import { toUri } from './convert.ts';
import type { ShownPlace } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** Finds where the lines that a proof speaks of stand now: in the editor, else on the disk. Texts are read once. */
export class Places {
  readonly #workspace: Workspace;
  readonly #proof: Proof;
  readonly #locate: ReturnType<TestLocator['inOneLook']>;
  readonly #texts = new Map<string, Promise<TextOfNow | undefined>>();

  constructor(workspace: Workspace, locator: TestLocator, proof: Proof) {
    this.#workspace = workspace;
    this.#proof = proof;
    this.#locate = locator.inOneLook(proof.directory);
  }

  /** A place that a proof tells; where its line is gone, as it was. */
  async of(file: string, position: Position): Promise<ShownPlace> {
    const quote = this.#proof.lines[file]?.[position.line];
    const line = quote && (await this.#text(file))?.find(quote, position.line);
    return this.#shown(file, { ...position, line: line ?? position.line }, line !== undefined);
  }

  /** Where a test stands: by the line that was quoted, by its title, else where it was. Null where its framework tells no file. */
  async ofTest({ file, position, title }: Pick<RanTest, 'file' | 'position' | 'title'>): Promise<ShownPlace | null> {
    if (file === undefined) return null;
    if (position && this.#proof.lines[file]?.[position.line]) return this.of(file, position);
    const relative = relativePosix(this.#proof.directory, file);
    const found = await this.#locate({ id: 0, name: title.join(' '), file: relative, durationMs: 0, ...(position && { position }) });
    const at = found?.position ?? position ?? { line: 0, column: 0 };
    return this.#shown(file, at, await this.#isUnchanged(file));
  }

  /** The top of a file that is spoken of as a whole. */
  async top(file: string): Promise<ShownPlace> {
    return this.#shown(file, { line: 0, column: 0 }, await this.#isUnchanged(file));
  }

  /** Whether a file says what it said when the proof began: of what was not quoted it is not known where it stands in another text. */
  async #isUnchanged(file: string): Promise<boolean> {
    const found = await stat(file).catch(() => undefined);
    if (!found || found.mtimeMs > this.#proof.at) return false;
    const open = this.#workspace.openText(toUri(file));
    return open === undefined || open === (await readText(file));
  }

  #shown(file: string, position: Position, isThere: boolean): ShownPlace {
    return { uri: toUri(file), path: relativePosix(this.#proof.directory, file), position, isThere };
  }

  #text(file: string): Promise<TextOfNow | undefined> {
    const read = async () => {
      const text = this.#workspace.openText(toUri(file)) ?? (await readText(file));
      return text === undefined ? undefined : new TextOfNow(text);
    };
    const known = this.#texts.get(file) ?? read();
    this.#texts.set(file, known);
    return known;
  }
}
