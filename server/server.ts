import { readFileSync } from 'node:fs';
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { WATCHED } from '../engine/detection/index.ts';
import { shippedFile } from '../engine/installation/index.ts';
import { TestLocator } from '../engine/mutation/index.ts';
import { PROJECT_CONFIG, removeAbandonedRunFolders } from '../engine/workspace/index.ts';
import { actions } from './actions.ts';
import { Audits } from './audits.ts';
import { configDiagnostics } from './config-diagnostics.ts';
import { toPath } from './convert.ts';
import { hover } from './hovers.ts';
import { Ladders } from './ladders.ts';
import { lenses, resolveLens } from './lenses.ts';
import { LettingThrough } from './let-through.ts';
import { saysHow } from './manifests.ts';
import { ProofProblems } from './proof-problems.ts';
import { clientNotifications, type InitializationOptions, notifications, type Settings } from './protocol.ts';
import { Publisher } from './publisher.ts';
import { reachedLenses } from './reached.ts';
import { listenToRequests } from './requests.ts';
import { Runs } from './runs.ts';
import { SaveRuns } from './save-runs.ts';
import { TestAudits } from './test-audit.ts';
import { Witnesses } from './witnesses.ts';
import { Workspace } from './workspace.ts';

/** How long typing may go on before the diagnostics of a file with results are placed anew, milliseconds. */
const TYPING_MS = 150;
/** How long manifests rest before projects are told to be others: branches are checked out and packages installed file by file, milliseconds. */
const SETTLING_MS = 500;
/** How long the comparing of a file's mutants rests, so that the editor's requests are answered meanwhile, milliseconds. */
const PAUSE_MS = 100;
/** Results are announced at most this often while they come, milliseconds. */
const ANNOUNCE_MS = 300;

/** Wires the engine to an LSP connection; it routes and keeps caches, and analyses nothing itself. */
export function startServer(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const workspace = new Workspace(documents);
  const locator = new TestLocator();
  const witnesses = new Witnesses(workspace);
  const lettingThrough = new LettingThrough(workspace);
  const audits = new Audits(workspace, witnesses, lettingThrough);
  let settings: Settings = {
    nodePath: '',
    concurrency: 0,
    dryRunMinutes: 5,
    memory: 1024,
    codeLens: true,
    auditCodeLens: true,
    auditDiagnostics: true,
    severity: 'warning',
    onSave: 'changed functions',
    show: 'best',
    verifyMinutes: 3,
    verifyMemory: 4096,
    verifyEnvironment: [],
    verifyOffline: false,
    verifyInstall: 'ask',
    verifyProblems: true,
    loadP95: 500,
    loadMaxUsers: 4096,
    loadHosts: [],
    evidenceDays: 30,
    evidenceSize: 200,
  };
  let commandLinks = false;
  let trusted = true;
  let closed = false;
  let client: InitializeParams['capabilities'] = {};

  const ladders = new Ladders(workspace, locator);
  const proofProblems = new ProofProblems(workspace, ladders, locator);
  const publisher = new Publisher(
    workspace,
    locator,
    proofProblems,
    () => settings,
    (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }),
  );
  const tellNotices = () => {
    const notices = [...workspace.books.all().flatMap((book) => book.takeNotices()), ...workspace.takeNotices()];
    for (const notice of notices) void connection.sendNotification(notifications.notice, notice);
  };
  const announce = throttle(ANNOUNCE_MS, () => {
    if (closed) return;
    lettingThrough.lookAgain();
    void connection.sendNotification(notifications.resultsChanged);
    if (client.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
    publisher
      .publishAll()
      .then(tellNotices)
      .catch((error: unknown) => connection.console.error(String(error)));
  });
  const lookAgain = () => {
    workspace.lookAgain();
    publisher.lookAgain();
    announce();
  };
  const laddersChanged = () => {
    proofProblems.lookAgain();
    announce();
    if (!closed) void connection.sendNotification(notifications.laddersChanged);
  };
  let settling: NodeJS.Timeout | undefined;
  const manifestsChanged = () => {
    clearTimeout(settling);
    settling = setTimeout(laddersChanged, SETTLING_MS);
  };
  let proofs: string | undefined;
  /** A store was written to, by whatever: most of what is written there are no proofs. */
  const laddersMayHaveChanged = async () => {
    const before = proofs;
    try {
      proofs = await ladders.revision();
    } catch (error) {
      connection.console.error(String(error));
    }
    if (proofs !== before) laddersChanged();
  };
  /** A helper that tests take from another file may be another now. */
  const lookAgainAtTests = async () => {
    witnesses.lookAgain();
    await audits.lookAgain();
    if (!closed && client.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
  };
  const testsChanged = () => {
    void lookAgainAtTests();
    if (!closed) void connection.sendNotification(notifications.auditChanged);
  };
  const runs = new Runs({
    workspace,
    settings: () => settings,
    trusted: () => trusted,
    sendProgress: (progress) => void connection.sendNotification(notifications.progress, progress),
    resultsChanged: announce,
    ladders,
    sendVerifyProgress: (progress) => void connection.sendNotification(notifications.verifyProgress, progress),
    proven: laddersChanged,
    log: (line) => connection.console.log(line),
  });

  const testAudits = new TestAudits({
    workspace,
    witnesses,
    sendProgress: (progress) => void connection.sendNotification(notifications.auditProgress, progress),
    log: (line) => connection.console.log(line),
    version: version(),
  });
  const saveRuns = new SaveRuns({
    workspace,
    settings: () => settings,
    run: (targets) => runs.run({ run: 0, targets }, new AbortController().signal),
  });

  connection.onInitialize((params) => {
    const options = params.initializationOptions as Partial<InitializationOptions> | undefined;
    settings = { ...settings, ...options?.settings };
    workspace.show = settings.show;
    commandLinks = options?.commandLinks ?? false;
    trusted = options?.trusted ?? true;
    client = params.capabilities;
    workspace.folders = (params.workspaceFolders ?? []).map(({ uri }) => toPath(uri)).filter((path) => path !== undefined);
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeLensProvider: { resolveProvider: true },
        hoverProvider: true,
        diagnosticProvider: { identifier: 'audit', interFileDependencies: true, workspaceDiagnostics: false },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'Assay', version: version() },
    };
  });
  connection.onInitialized(() => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) void connection.client.register(DidChangeConfigurationNotification.type);
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.map(({ uri }) => toPath(uri));
        const come = added.map(({ uri }) => toPath(uri)).filter((path) => path !== undefined);
        workspace.folders = [...workspace.folders.filter((folder) => !gone.includes(folder)), ...come];
        lookAgain();
        laddersChanged();
      });
    }
    void removeAbandonedRunFolders();
    announce();
  });
  connection.onDidChangeConfiguration(({ settings: changed }: { settings?: { assay?: Partial<Settings> } }) => {
    settings = { ...settings, ...changed?.assay };
    workspace.show = settings.show;
    lookAgain();
    void lookAgainAtTests();
  });
  connection.onNotification(clientNotifications.trusted, () => {
    trusted = true;
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const isStore = ({ uri }: FileEvent) => /\/\.assay\/assay\.db/.test(uri);
    if (changes.some((change) => isStore(change) && change.type !== FileChangeType.Changed && change.uri.endsWith('assay.db'))) workspace.lookAgain();
    if (changes.some(({ uri }) => saysHow(uri, workspace))) {
      ladders.projects.lookAgain();
      manifestsChanged();
    } else if (changes.some(isStore)) void laddersMayHaveChanged();
    if (changes.some((change) => !isStore(change))) {
      publisher.lookAgain();
      testsChanged();
    }
    announce();
  });
  connection.onShutdown(async () => {
    testAudits.stop();
    await runs.stop();
    closed = true;
    clearTimeout(settling);
    workspace.books.close();
  });

  /** Places the results of an open file anew, and tells the views whose positions they show. */
  const place = async (uri: string) => {
    try {
      await publisher.publish(uri);
      if (await workspace.judged(uri)) void connection.sendNotification(notifications.resultsChanged);
    } catch (error) {
      connection.console.error(String(error));
    }
  };
  const comparing = new Set<string>();
  workspace.onPending = (uri) => {
    if (comparing.has(uri)) return;
    comparing.add(uri);
    setTimeout(() => {
      comparing.delete(uri);
      void place(uri);
    }, PAUSE_MS);
  };
  const isConfig = (uri: string) => uri.endsWith(`/${PROJECT_CONFIG}`);
  const changed = new Map<string, NodeJS.Timeout>();
  documents.onDidChangeContent(({ document: { uri } }) => {
    if (isConfig(uri)) {
      testsChanged();
      return lookAgain();
    }
    clearTimeout(changed.get(uri));
    changed.set(
      uri,
      setTimeout(() => {
        changed.delete(uri);
        void place(uri);
      }, TYPING_MS),
    );
  });
  documents.onDidSave(({ document: { uri } }) => {
    void saveRuns.saved(uri);
    testsChanged();
  });
  documents.onDidClose(({ document: { uri } }) => {
    void audits.closed(uri).then(lookAgainAtTests);
    if (isConfig(uri)) lookAgain();
    else void place(uri);
  });
  documents.listen(connection);

  connection.onCodeLens(async ({ textDocument: { uri } }) => [
    ...(settings.codeLens ? await lenses(uri, workspace) : []),
    ...(settings.auditCodeLens ? [...(await audits.lenses(uri)), ...reachedLenses(uri, witnesses)] : []),
  ]);
  connection.languages.diagnostics.on(async ({ textDocument: { uri } }) => ({
    kind: DocumentDiagnosticReportKind.Full,
    items: isConfig(uri)
      ? await configDiagnostics(workspace.openText(uri) ?? '', toPath(uri) ?? '')
      : settings.auditDiagnostics
        ? await audits.diagnostics(uri)
        : [],
  }));
  connection.onCodeLensResolve((lens) => resolveLens(lens, workspace));
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const judged = await workspace.judged(uri);
    const ofMutants = judged && (await hover(judged, position, locator, commandLinks));
    return ofMutants ?? audits.hover(uri, position);
  });
  connection.onCodeAction(async ({ textDocument: { uri }, range, context }) => {
    const judged = await workspace.judged(uri);
    const { snippetEditSupport, documentChanges, resourceOperations = [] } = client.workspace?.workspaceEdit ?? {};
    const support = { snippets: snippetEditSupport === true, documentChanges: documentChanges === true && resourceOperations.includes('create') };
    return [
      ...(judged ? await actions(judged, workspace, context.diagnostics, support, documents.get(uri)?.version ?? null) : []),
      ...(await audits.actions(uri, range, context.diagnostics, support)),
    ];
  });

  listenToRequests(connection, {
    workspace,
    locator,
    runs,
    testAudits,
    ladders,
    version: version(),
    asked: (params) => void saveRuns.asked(params),
    tellNotices,
    announce,
    lookAgainAtTests,
    laddersChanged,
  });
  connection.listen();
}

function version(): string {
  return (JSON.parse(readFileSync(shippedFile('package.json'), 'utf8')) as { version: string }).version;
}

function throttle(ms: number, work: () => void): () => void {
  let waiting = false;
  let last = 0;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(
      () => {
        waiting = false;
        last = Date.now();
        work();
      },
      Math.max(0, ms - (Date.now() - last)),
    );
  };
}
