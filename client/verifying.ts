import * as vscode from 'vscode';
import {
  type CommandChoice,
  commands,
  type Rung,
  type VerifiedProject,
  type VerifyParams,
  type VerifyProgressParams,
  type VerifyResult,
} from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import type { Failures } from './failures.ts';
import { ensureTrust } from './trust.ts';
import type { Underway } from './underway.ts';

const STOPPED = {
  message: 'The Assay server stopped while it verified. Proofs that were complete are kept.',
  action: 'Verify again; if it happens again, see the log.',
};

/** Runs verifications, one at a time as the server does, and tells the views what runs. */
export class Verifying implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #underway: Underway;
  readonly #failures: Failures;
  readonly #changed = new vscode.EventEmitter<VerifyProgressParams | null>();
  /** Something else runs now, or nothing. */
  readonly onProgress = this.#changed.event;
  readonly #cancels = new Set<vscode.CancellationTokenSource>();
  readonly #listening: vscode.Disposable;
  #progress: VerifyProgressParams | null = null;

  constructor(connection: Connection, underway: Underway, failures: Failures) {
    this.#connection = connection;
    this.#underway = underway;
    this.#failures = failures;
    this.#listening = connection.onVerifyProgress((progress) => this.#show(progress.ended ? null : progress));
  }

  /** What runs now. */
  get progress(): VerifyProgressParams | null {
    return this.#progress;
  }

  /** Verifies; where a command may as well be another one, a person is asked, and it is verified again. Undefined where it was cancelled or could not be. */
  async run(params: Omit<VerifyParams, 'run'>, token?: vscode.CancellationToken): Promise<VerifyResult | undefined> {
    if (!(await ensureTrust('Verifying')) || !(await savedOrAccepted())) return undefined;
    const result = await this.#underway.run('Verifying', STOPPED, (run, own, report) => this.#ask({ run, ...params }, own, report, token));
    if (!result || result.status === 'cancelled') return undefined;
    for (const failure of result.failures) void this.#failures.show(failure, result.status === 'failed' ? 'error' : 'warning');
    const again = await this.#settle(result.projects);
    if (again.length > 0) return this.run({ ...params, what: { projects: again } }, token);
    const wanting = await this.#askToInstall(result.projects);
    return wanting.length > 0 ? this.run({ ...params, what: { projects: wanting }, install: true }, token) : result;
  }

  /** Cancels what runs and what waits. */
  cancel(): void {
    for (const source of this.#cancels) source.cancel();
  }

  dispose(): void {
    this.cancel();
    this.#listening.dispose();
  }

  async #ask(
    params: VerifyParams,
    own: vscode.CancellationToken,
    report: (message: string) => void,
    token: vscode.CancellationToken | undefined,
  ): Promise<VerifyResult> {
    const source = new vscode.CancellationTokenSource();
    this.#cancels.add(source);
    const listening = [own, ...(token ? [token] : [])].map((one) => one.onCancellationRequested(() => source.cancel()));
    listening.push(
      this.#connection.onVerifyProgress(({ run, name, command, text, ended }) => {
        if (run === params.run && !ended) report([name, command, text].filter(Boolean).join(' · '));
      }),
    );
    // Shown at once, since it may wait for another run.
    if (this.#progress === null)
      this.#show({ run: params.run, project: '', name: '', rung: null, command: '', text: '', counts: null, ended: false });
    try {
      return await this.#connection.ask('verify', params, source.token);
    } finally {
      for (const one of listening) one.dispose();
      this.#cancels.delete(source);
      source.dispose();
      // A server that is gone ends its runs without a word.
      if (this.#cancels.size === 0) this.#show(null);
    }
  }

  /** Asks about commands that may as well be others; answers the ids of the projects for which another one was chosen. */
  async #settle(projects: readonly VerifiedProject[]): Promise<string[]> {
    const changed: string[] = [];
    for (const { id, name, choices } of projects) {
      for (const choice of choices) {
        const line = await pickCommand(choice, name);
        if (line === undefined) continue;
        await this.#connection.ask('choose', { project: id, purpose: choice.purpose, line });
        if (line !== choice.options[0]?.line) changed.push(id);
      }
    }
    return [...new Set(changed)];
  }

  /** Asks whether dependencies that are not there are installed; answers the ids of the projects for which they are. */
  async #askToInstall(projects: readonly VerifiedProject[]): Promise<string[]> {
    const wanting: string[] = [];
    for (const { id, name, install } of projects) {
      if (install === null) continue;
      const [yes, never] = ['Install', 'Don’t Ask Again'];
      const pressed = await vscode.window.showInformationMessage(`${name}: dependencies are not installed. Install with \`${install}\`?`, yes, never);
      if (pressed === yes) wanting.push(id);
      else if (pressed === never) await this.#connection.ask('declineInstall', { project: id });
    }
    return wanting;
  }

  #show(progress: VerifyProgressParams | null): void {
    this.#progress = progress;
    this.#changed.fire(progress);
  }
}

/** Registers the commands that verify: all that is open, and the package of a file or folder. */
export function registerVerifying(context: vscode.ExtensionContext, verifying: Verifying): void {
  const verify = async (params: Omit<VerifyParams, 'run'>) => {
    const result = await verifying.run(params);
    if (result?.status === 'done') await report(result);
  };
  const climb = (what: VerifyParams['what']) => verify({ what, level: verifyLevel(), only: false });
  context.subscriptions.push(
    vscode.commands.registerCommand('assay.verifyWorkspace', () => climb('all')),
    vscode.commands.registerCommand('assay.verifyPackage', (target?: vscode.Uri) => {
      const uri = target ?? vscode.window.activeTextEditor?.document.uri;
      if (!uri) return void vscode.window.showInformationMessage('Open a file of the package to verify, or choose its folder in the Explorer.');
      return climb({ within: uri.toString() });
    }),
    vscode.commands.registerCommand('assay.loadTest', async () => {
      const endpoint = await askEndpoint();
      if (endpoint === undefined) return;
      const uri = vscode.window.activeTextEditor?.document.uri;
      const what = uri && vscode.workspace.getWorkspaceFolder(uri) ? { within: uri.toString() } : 'all';
      await verify({ what, level: 'load', only: true, ...(endpoint && { endpoint }) });
    }),
  );
}

/** Where load goes; empty for a route that is found. Undefined where a person thought better of it. */
function askEndpoint(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Load Test',
    prompt: 'The app is started, and asked by more and more users until it does not answer well any more.',
    placeHolder: 'A path (/orders), or the address of an app that runs; empty: a route that answers is found',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || text.startsWith('/') || URL.canParse(text) ? undefined : 'A path begins with /, an address with http://.',
  });
}

/** Up to which rung the settings verify. */
export function verifyLevel(): Rung {
  return vscode.workspace.getConfiguration('assay').get<Rung>('verify.level', 'test');
}

/** Asks which of several commands is to be run, with what speaks for each. */
export async function pickCommand({ purpose, options }: CommandChoice, project: string): Promise<string | undefined> {
  const items = options.map(({ line, confidence, evidence }) => ({
    label: line,
    description: `${Math.round(confidence * 100)} %`,
    detail: evidence.join('; '),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `${project}: which command is for “${purpose}”?`,
    placeHolder: 'The answer is remembered',
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.label;
}

/** Commands read what is on the disk: a person with texts that are not saved is asked. */
async function savedOrAccepted(): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri),
  );
  if (unsaved.length === 0) return true;
  const [save, as] = ['Save and Verify', 'Verify What Is Saved'];
  const text = unsaved.length === 1 ? '1 file is not saved' : `${unsaved.length} files are not saved`;
  const pressed = await vscode.window.showWarningMessage(`${text}, and verifying reads what is on the disk.`, save, as);
  if (pressed === save) await Promise.all(unsaved.map((document) => document.save()));
  return pressed !== undefined;
}

async function report({ projects }: VerifyResult): Promise<void> {
  const open = 'Open Proofs';
  const said = projects.map(({ name, rungs }) => {
    const last = rungs.findLast(({ verdict }) => verdict !== null) ?? rungs[0];
    const text = last?.summary ?? 'there is nothing to prove';
    return projects.length === 1 ? text : `${name}: ${text}`;
  });
  const fails = projects.some(({ rungs }) => rungs.some(({ verdict }) => verdict === 'fails'));
  const show = fails ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const shown = said.length > 3 ? [...said.slice(0, 3), `and ${said.length - 3} more`] : said;
  const pressed = await show(`${shown.join('. ')}.`, open);
  if (pressed === open) await vscode.commands.executeCommand(commands.openProofs);
}
