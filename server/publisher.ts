import type { Diagnostic } from 'vscode-languageserver';
import type { TestLocator } from '../engine/mutation/index.ts';
import { diagnose } from './diagnostics.ts';
import type { ProofProblems } from './proof-problems.ts';
import type { Settings } from './protocol.ts';
import type { JudgedFile, Workspace } from './workspace.ts';

/** Publishes the diagnostics of files with results, and what proofs say of files, also of those that are not open; only those that changed are sent. */
export class Publisher {
  readonly #workspace: Workspace;
  readonly #locator: TestLocator;
  readonly #send: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #settings: () => Settings;
  readonly #sent = new Map<string, string>();
  /** What diagnostics were last made from: the same view has the same ones. */
  readonly #seen = new Map<string, { judged: JudgedFile; diagnostics: Diagnostic[] }>();
  readonly #proofs: ProofProblems;
  /** How often a file's diagnostics were asked for. */
  readonly #turns = new Map<string, number>();
  /** Of which results all that is known was published, by file. */
  readonly #done = new Map<string, string>();
  /** The files that proofs said something of when all were published last. */
  #proven: ReadonlySet<string> = new Set();
  #running: Promise<void> | undefined;
  #again = false;

  constructor(
    workspace: Workspace,
    locator: TestLocator,
    proofs: ProofProblems,
    settings: () => Settings,
    send: (uri: string, diagnostics: Diagnostic[]) => void,
  ) {
    this.#workspace = workspace;
    this.#proofs = proofs;
    this.#locator = locator;
    this.#settings = settings;
    this.#send = send;
  }

  /** Brings the diagnostics of one file up to date. */
  async publish(uri: string): Promise<void> {
    const turn = (this.#turns.get(uri) ?? 0) + 1;
    this.#turns.set(uri, turn);
    const ofProofs = this.#settings().verifyProblems ? await this.#proofs.of(uri) : [];
    const diagnostics = [...ofProofs, ...(await this.#ofMutants(uri))];
    // What took longer than its successor is out of date.
    if (turn !== this.#turns.get(uri)) return;
    const text = JSON.stringify(diagnostics);
    if (text === (this.#sent.get(uri) ?? '[]')) return;
    this.#sent.set(uri, text);
    this.#send(uri, diagnostics);
  }

  async #ofMutants(uri: string): Promise<Diagnostic[]> {
    const judged = await this.#workspace.judged(uri);
    const seen = this.#seen.get(uri);
    if (judged && judged === seen?.judged) return seen.diagnostics;
    this.#seen.delete(uri);
    if (!judged) return [];
    const diagnostics = await diagnose(judged, this.#settings().severity, this.#locator);
    this.#seen.set(uri, { judged, diagnostics });
    return diagnostics;
  }

  /** Says that what diagnostics are made from, beside results and texts, is another now: settings, places of tests. */
  lookAgain(): void {
    this.#seen.clear();
    this.#done.clear();
  }

  /** Brings all files with results up to date; calls while it works are one more pass. */
  async publishAll(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#passes().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #passes(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const revisions = new Map((await this.#workspace.judgedFiles()).map(({ uri, revision }) => [uri, revision]));
      const proven = new Set(this.#settings().verifyProblems ? await this.#proofs.files() : []);
      for (const uri of new Set([...revisions.keys(), ...proven, ...this.#sent.keys()])) {
        const revision = revisions.get(uri);
        if (revision !== undefined && revision === this.#done.get(uri) && !proven.has(uri) && !this.#proven.has(uri)) continue;
        await this.publish(uri);
        if (revision === undefined) this.#done.delete(uri);
        else this.#done.set(uri, revision);
        // Files that are not open are parsed here: requests of the editor go first.
        await new Promise((resolve) => setImmediate(resolve));
      }
      this.#proven = proven;
    }
  }
}
