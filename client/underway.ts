import * as vscode from 'vscode';
import type { Failure } from '../engine/model/index.ts';
import type { Connection } from './connection.ts';
import type { Failures } from './failures.ts';

/** What takes its time at the server: each under a notification that shows how far it is, and all of them cancelled together. */
export class Underway implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #failures: Failures;
  readonly #running = new Set<vscode.CancellationTokenSource>();
  #last = 0;

  constructor(connection: Connection, failures: Failures) {
    this.#connection = connection;
    this.#failures = failures;
  }

  /**
   * Does something under a notification.
   *
   * @param stopped what a person is told when the server ends before it answers
   * @param work is given the number that the server's progress names, and a way to say how far it is where the server tells that in words of its own
   * @returns undefined where it was cancelled or the server ended
   */
  async run<T>(
    title: string,
    stopped: Omit<Failure, 'code' | 'detail'>,
    work: (run: number, token: vscode.CancellationToken, report: (message: string) => void) => Promise<T>,
  ): Promise<T | undefined> {
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      const source = new vscode.CancellationTokenSource();
      this.#running.add(source);
      token.onCancellationRequested(() => source.cancel());
      void vscode.commands.executeCommand('setContext', 'assay.running', true);
      const id = ++this.#last;
      let done = 0;
      const listening = this.#connection.onProgress(({ run, text, judged, planned, phase }) => {
        if (run !== id || phase === 'ended') return;
        const increment = planned > 0 ? ((judged - done) / planned) * 100 : 0;
        done = judged;
        progress.report({ message: text, increment: Math.max(0, increment) });
      });
      try {
        return await work(id, source.token, (message) => progress.report({ message }));
      } catch (error) {
        if (!source.token.isCancellationRequested) void this.#failures.show({ code: 'executor-crashed', ...stopped, detail: String(error) });
        return undefined;
      } finally {
        listening.dispose();
        this.#running.delete(source);
        source.dispose();
        if (this.#running.size === 0) void vscode.commands.executeCommand('setContext', 'assay.running', false);
      }
    });
  }

  /** Cancels all. */
  cancel(): void {
    for (const source of this.#running) source.cancel();
  }

  dispose(): void {
    this.cancel();
  }
}
