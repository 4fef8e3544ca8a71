import * as vscode from 'vscode';
import type { Ladder, ProvenTest, ProvenTests } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { CoverageShown } from './coverage.ts';
import { debugInTerminal } from './debug-session.ts';
import { debugCommand } from './test-debugging.ts';
import { TestTree } from './test-tree.ts';
import type { Verifying } from './verifying.ts';

/** Registers VS Code's Testing view: the tests of the newest proof of each project, at their lines, with what came of them. Running them there proves the rung; running some proves nothing and tells how these came out. */
export function registerTesting(context: vscode.ExtensionContext, connection: Connection, verifying: Verifying, log: vscode.LogOutputChannel): void {
  const controller = vscode.tests.createTestController('assay', 'Assay');
  const testing = new Testing(controller, connection, verifying, log);
  controller.refreshHandler = () => testing.refresh();
  controller.createRunProfile('Run', vscode.TestRunProfileKind.Run, (request, token) => testing.run(request, token), true);
  const coverage = controller.createRunProfile(
    'Coverage',
    vscode.TestRunProfileKind.Coverage,
    (request, token) => testing.run(request, token, true),
    true,
  );
  coverage.loadDetailedCoverage = (_run, file) => testing.coverage.details(file);
  controller.createRunProfile('Debug', vscode.TestRunProfileKind.Debug, (request) => testing.debug(request), true);
  context.subscriptions.push(
    controller,
    connection.onLadders(() => void testing.refresh()),
  );
  void testing.refresh();
}

class Testing {
  readonly coverage: CoverageShown;
  readonly #controller: vscode.TestController;
  readonly #connection: Connection;
  readonly #verifying: Verifying;
  readonly #log: vscode.LogOutputChannel;
  readonly #tree: TestTree;
  /** The proofs whose results are shown. */
  readonly #shown = new Set<string>();
  /** The projects that are run from the Testing view: what comes of them is shown in that run. */
  readonly #running = new Set<string>();
  #ladders: readonly Ladder[] = [];
  #refreshing: Promise<void> = Promise.resolve();

  constructor(controller: vscode.TestController, connection: Connection, verifying: Verifying, log: vscode.LogOutputChannel) {
    this.coverage = new CoverageShown(connection);
    this.#controller = controller;
    this.#connection = connection;
    this.#verifying = verifying;
    this.#log = log;
    this.#tree = new TestTree(controller);
  }

  /** Lists the projects and the tests of their newest proofs, and shows results that were not shown yet. */
  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.then(() => this.#refresh()).catch((error: unknown) => this.#log.error(String(error)));
    return this.#refreshing;
  }

  /** Runs what is asked for: whole projects as a rung of their ladders, single tests by themselves; what they cover where that is asked for, too. */
  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken, coverage = false): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const listening = this.#verifying.onProgress((progress) => {
      if (progress?.text) run.appendOutput(`${progress.text}\r\n`);
    });
    const wanted = this.#tree.wanted(request);
    for (const { project } of wanted) this.#running.add(project);
    try {
      for (const { project, tests } of wanted) {
        if (token.isCancellationRequested) break;
        for (const item of tests ?? this.#tree.testsOf(project)) run.enqueued(item);
        const some = tests?.map((item) => this.#tree.nameOf(item));
        const result = await this.#verifying.run(
          { what: { projects: [project] }, level: 'test', only: true, coverage, ...(some && { some }) },
          token,
        );
        const proof = result?.projects[0]?.rungs.find(({ rung }) => rung === 'test')?.proof;
        if (!proof) continue;
        this.#shown.add(proof);
        const [proven] = await this.#connection.ask('provenTests', { project, proof });
        // New tests have items only when the tree knows them.
        if (!some) await this.refresh();
        if (proven) this.#show(run, proven);
        if (coverage) await this.coverage.addTo(run, project, proof);
      }
    } finally {
      for (const { project } of wanted) this.#running.delete(project);
      listening.dispose();
      run.end();
    }
  }

  /** Debugs the project's own test command, with the test chosen where its framework can be told so. */
  async debug(request: vscode.TestRunRequest): Promise<void> {
    const [wanted] = this.#tree.wanted(request);
    const ladder = this.#ladders.find(({ id }) => id === wanted?.project);
    const item = wanted?.tests?.length === 1 ? wanted.tests[0] : undefined;
    const command = ladder && debugCommand(ladder, item && this.#tree.nameOf(item));
    if (!ladder || command === undefined) {
      void vscode.window.showInformationMessage(
        'Only the tests of JavaScript and TypeScript projects with a test command can be debugged from here.',
      );
      return;
    }
    const cwd = vscode.Uri.parse(ladder.uri).fsPath;
    await debugInTerminal(`Tests of ${ladder.name}`, cwd, command);
  }

  async #refresh(): Promise<void> {
    const [ladders, proven] = await Promise.all([
      this.#connection.ask('ladders', {}).catch(() => undefined),
      this.#connection.ask('provenTests', {}).catch(() => undefined),
    ]);
    if (!ladders || !proven) return;
    this.#ladders = ladders;
    this.#tree.fill(ladders, proven);
    for (const one of proven.filter(({ proof, project }) => !this.#shown.has(proof) && !this.#running.has(project))) {
      this.#shown.add(one.proof);
      const items = [...this.#tree.testsOf(one.project)];
      if (items.length === 0) continue;
      const run = this.#controller.createTestRun(new vscode.TestRunRequest(items), 'Newest proof', false);
      this.#show(run, one);
      run.end();
    }
  }

  #show(run: vscode.TestRun, { project, tests, broken }: ProvenTests): void {
    for (const test of tests) {
      const item = this.#tree.find(project, test);
      if (item) showResult(run, item, test);
    }
    for (const { uri, message } of broken) {
      const item = uri === null ? undefined : this.#tree.fileOf(project, uri);
      if (item) run.errored(item, new vscode.TestMessage(message));
    }
  }
}

function showResult(run: vscode.TestRun, item: vscode.TestItem, { state, flaky, failure, durationMs }: ProvenTest): void {
  const took = durationMs ?? undefined;
  if (state === 'passed') run.passed(item, took);
  else if (state === 'failed') run.failed(item, messageOf(flaky, failure), took);
  else run.skipped(item);
}

function messageOf(flaky: boolean, failure: ProvenTest['failure']): vscode.TestMessage {
  const text = [flaky ? 'Flaky: it failed, and passed when it ran again.' : '', failure?.message ?? ''].filter(Boolean).join('\n');
  const { expected, actual } = failure ?? {};
  const message = expected != null && actual != null ? vscode.TestMessage.diff(text, expected, actual) : new vscode.TestMessage(text || 'It failed.');
  if (failure?.uri && failure.position)
    message.location = new vscode.Location(vscode.Uri.parse(failure.uri), new vscode.Position(failure.position.line, failure.position.column));
  return message;
}
