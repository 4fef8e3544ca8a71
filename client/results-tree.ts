import * as vscode from 'vscode';
import type { Range } from '../engine/model/index.ts';
import type { MutantStatus } from '../engine/mutation/index.ts';
import { commands, type FileSummary, type FunctionSummary, type MutantArguments, type MutantView, type PackageSummary } from '../server/protocol.ts';
import type { Connection } from './connection.ts';

type Node =
  | { kind: 'package'; summary: PackageSummary }
  | { kind: 'file'; summary: FileSummary }
  | { kind: 'function'; file: FileSummary; summary: FunctionSummary }
  | { kind: 'mutant'; file: FileSummary; mutant: MutantView }
  | { kind: 'heldBack'; name: string; mutants: MutantView[] };

const ICONS: Record<MutantStatus, [icon: string, colour: string]> = {
  Survived: ['warning', 'editorWarning.foreground'],
  NoCoverage: ['circle-slash', 'disabledForeground'],
  Killed: ['pass', 'testing.iconPassed'],
  Timeout: ['watch', 'testing.iconPassed'],
  RuntimeError: ['error', 'testing.iconErrored'],
  CompileError: ['error', 'testing.iconErrored'],
  Ignored: ['eye-closed', 'testing.iconSkipped'],
  Pending: ['loading', 'testing.iconQueued'],
};
const LABELS: Record<MutantStatus, string> = {
  Survived: 'Survived',
  NoCoverage: 'No coverage',
  Killed: 'Killed',
  Timeout: 'Timed out',
  RuntimeError: 'Runtime error',
  CompileError: 'Compile error',
  Ignored: 'Ignored',
  Pending: 'Pending',
};
const STATUSES = Object.keys(LABELS) as MutantStatus[];
const FILTER_KEY = 'assay.treeFilter';

/** The tree of results in the Assay view: package, file, function, mutant; the worst first. */
export function registerResultsTree(context: vscode.ExtensionContext, connection: Connection): void {
  const tree = new ResultsTree(connection, context.workspaceState);
  const view = vscode.window.createTreeView('assay.results', { treeDataProvider: tree, showCollapseAll: true });
  const refresh = async () => {
    await tree.refresh();
    view.badge = tree.survivors > 0 ? { value: tree.survivors, tooltip: `${tree.survivors} mutants survived` } : undefined;
    view.description = tree.filterText;
  };
  context.subscriptions.push(
    view,
    connection.onResults(() => void refresh()),
    vscode.commands.registerCommand('assay.filterResults', async () => {
      if (await tree.pickFilter()) await refresh();
    }),
    vscode.commands.registerCommand('assay.refreshResults', refresh),
    vscode.commands.registerCommand('assay.clearResults', async () => {
      const clear = 'Clear Results';
      if ((await vscode.window.showWarningMessage('Forget all mutation results of this workspace?', { modal: true }, clear)) === clear)
        await connection.ask('clear', {});
    }),
    vscode.commands.registerCommand('assay.mutateTreeItem', (node: Node) => {
      if (node.kind === 'package') return vscode.commands.executeCommand('assay.mutateFolder', vscode.Uri.file(node.summary.directory));
      if (node.kind === 'file') return vscode.commands.executeCommand('assay.mutateFile', node.summary.uri);
      if (node.kind === 'function') return vscode.commands.executeCommand('assay.mutateFunction', node.file.uri, node.summary.range);
      return undefined;
    }),
    vscode.commands.registerCommand('assay.addTestsTreeItem', async (node: Node) => {
      if (node.kind === 'file') return vscode.commands.executeCommand(commands.addTests, node.summary.uri);
      if (node.kind === 'mutant') return vscode.commands.executeCommand(commands.addTests, node.file.uri, [node.mutant.id]);
      if (node.kind !== 'function') return undefined;
      const detail = await connection.ask('fileDetail', { uri: node.file.uri });
      const { start, end } = node.summary.range;
      const open = detail?.mutants.filter(
        ({ status, suppressed, range }) =>
          (status === 'Survived' || status === 'NoCoverage') &&
          suppressed === undefined &&
          range.start.line >= start.line &&
          range.end.line <= end.line,
      );
      return vscode.commands.executeCommand(commands.addTests, node.file.uri, open?.map(({ id }) => id) ?? []);
    }),
    vscode.commands.registerCommand('assay.notUsefulTreeItem', (node: Node) => {
      if (node.kind !== 'mutant') return undefined;
      return vscode.commands.executeCommand(commands.notUseful, { uri: node.file.uri, mutantId: node.mutant.id } satisfies MutantArguments);
    }),
  );
  void refresh();
}

class ResultsTree implements vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #connection: Connection;
  readonly #state: vscode.Memento;
  #packages: PackageSummary[] = [];

  constructor(connection: Connection, state: vscode.Memento) {
    this.#connection = connection;
    this.#state = state;
  }

  get survivors(): number {
    return this.#packages.reduce((sum, { counts }) => sum + counts.Survived, 0);
  }

  get filterText(): string {
    const shown = this.#shown;
    return shown.length === STATUSES.length ? '' : shown.map((status) => LABELS[status].toLowerCase()).join(', ');
  }

  async refresh(): Promise<void> {
    this.#packages = await this.#connection.ask('results', {}).catch(() => []);
    void vscode.commands.executeCommand('setContext', 'assay.hasResults', this.#packages.length > 0);
    this.#changed.fire(undefined);
  }

  /** Asks which statuses are shown; answers whether that changed. */
  async pickFilter(): Promise<boolean> {
    const shown = this.#shown;
    const items = STATUSES.map((status) => ({ label: LABELS[status], status, picked: shown.includes(status) }));
    const picked = await vscode.window.showQuickPick(items, { canPickMany: true, title: 'Show mutants with these statuses' });
    if (!picked) return false;
    await this.#state.update(
      FILTER_KEY,
      picked.map(({ status }) => status),
    );
    return true;
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    if (!parent) {
      const packages = this.#packages.map((summary): Node => ({ kind: 'package', summary }));
      return packages.length === 1 ? this.getChildren(packages[0]) : packages.sort(worstFirst);
    }
    switch (parent.kind) {
      case 'package':
        return parent.summary.files
          .filter(({ counts }) => this.#any(counts))
          .map((summary): Node => ({ kind: 'file', summary }))
          .sort(worstFirst);
      case 'file':
        return parent.summary.functions
          .filter(({ counts }) => this.#any(counts))
          .map((summary): Node => ({ kind: 'function', file: parent.summary, summary }))
          .sort(worstFirst);
      case 'function':
        return this.#mutants(parent);
      case 'mutant':
      case 'heldBack':
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'package':
        return group(node.summary.name, node.summary, 'package', vscode.TreeItemCollapsibleState.Expanded);
      case 'file': {
        const item = group(node.summary.path, node.summary, undefined, vscode.TreeItemCollapsibleState.Collapsed);
        item.resourceUri = vscode.Uri.parse(node.summary.uri);
        item.iconPath = vscode.ThemeIcon.File;
        item.label = node.summary.path;
        const { counts, shown } = node.summary;
        if (shown < counts.Survived) item.description = `${item.description} · ${shown} shown`;
        item.contextValue = 'file';
        return item;
      }
      case 'function': {
        const item = group(node.summary.name, node.summary, 'symbol-method', vscode.TreeItemCollapsibleState.Collapsed);
        if (node.summary.stale) item.description = `stale: was ${item.description}`;
        item.contextValue = 'function';
        return item;
      }
      case 'mutant':
        return mutantItem(node);
      case 'heldBack':
        return heldBackItem(node);
    }
  }

  async #mutants({ file, summary }: Extract<Node, { kind: 'function' }>): Promise<Node[]> {
    const detail = await this.#connection.ask('fileDetail', { uri: file.uri }).catch(() => null);
    const shown = this.#shown;
    const found = (detail?.mutants ?? [])
      .filter((mutant) => mutant.function === summary.name && isInside(mutant.range, summary.range) && shown.includes(mutant.status))
      .sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) || a.range.start.line - b.range.start.line);
    const heldBack = found.filter(isHeldBack);
    return [
      ...found.filter((mutant) => !isHeldBack(mutant)).map((mutant): Node => ({ kind: 'mutant', file, mutant })),
      ...(heldBack.length > 0 ? [{ kind: 'heldBack' as const, name: summary.name, mutants: heldBack }] : []),
    ];
  }

  get #shown(): MutantStatus[] {
    return this.#state.get(FILTER_KEY, STATUSES);
  }

  #any(counts: Record<MutantStatus, number>): boolean {
    return this.#shown.some((status) => counts[status] > 0);
  }
}

function isInside({ start: at }: Range, { start, end }: Range): boolean {
  return (
    (at.line > start.line || (at.line === start.line && at.column >= start.column)) &&
    (at.line < end.line || (at.line === end.line && at.column <= end.column))
  );
}

/** Whether a mutant is worth a look, but there are better ones; or is not. Of a function that changed nothing is known. */
function isHeldBack({ status, shown, stale }: MutantView): boolean {
  return !stale && !shown && (status === 'Survived' || status === 'NoCoverage');
}

function worstFirst(a: Node, b: Node): number {
  if (!('summary' in a && 'summary' in b)) return 0;
  return (a.summary.score ?? 101) - (b.summary.score ?? 101) || b.summary.counts.Survived - a.summary.counts.Survived;
}

function group(
  label: string,
  summary: FunctionSummary | FileSummary | PackageSummary,
  icon: string | undefined,
  state: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const { score, counts } = summary;
  const item = new vscode.TreeItem(label, state);
  const numbers = [`${counts.Survived} survived`, ...(counts.NoCoverage > 0 ? [`${counts.NoCoverage} not covered`] : [])];
  const noScore = isScanned(summary) ? 'quick scan' : 'no mutant counts';
  item.description = `${score === null ? noScore : `${Math.floor(score)} %`} · ${numbers.join(' · ')}`;
  item.tooltip = `${label}\n${item.description}\n${STATUSES.filter((status) => counts[status] > 0)
    .map((status) => `${LABELS[status]}: ${counts[status]}`)
    .join(', ')}`;
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  if (icon) item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = icon ?? 'group';
  return item;
}

/** Whether a quick scan has judged some of it, and nothing else any. */
function isScanned(summary: FunctionSummary | FileSummary | PackageSummary): boolean {
  if ('scanned' in summary) return summary.scanned;
  return 'files' in summary ? summary.files.some(isScanned) : summary.functions.some(isScanned);
}

function mutantItem({ file, mutant }: Extract<Node, { kind: 'mutant' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(mutant.sentence);
  const [icon, colour] = ICONS[mutant.status];
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.description = `${mutant.range.start.line + 1} · ${mutant.mutator}`;
  item.tooltip = `${LABELS[mutant.status]}: ${mutant.sentence}\n${mutant.coveredBy.length} covering tests${mutant.suppressed ? `\nSuppressed: ${mutant.suppressed}` : ''}`;
  item.accessibilityInformation = { label: `${LABELS[mutant.status]}, line ${mutant.range.start.line + 1}: ${mutant.sentence}` };
  item.contextValue = mutant.status === 'Survived' && !mutant.stale && !mutant.suppressed ? 'survivor' : 'mutant';
  const { start, end } = mutant.range;
  item.command = {
    title: 'Open',
    command: 'vscode.open',
    arguments: [vscode.Uri.parse(file.uri), { selection: new vscode.Range(start.line, start.column, end.line, end.column) }],
  };
  return item;
}

function heldBackItem({ name, mutants }: Extract<Node, { kind: 'heldBack' }>): vscode.TreeItem {
  const suppressed = mutants.filter((mutant) => mutant.suppressed).length;
  const item = new vscode.TreeItem(`${mutants.length} more held back`);
  const others = mutants.length - suppressed;
  item.description = [...(others > 0 ? [`${others} that teach less`] : []), ...(suppressed > 0 ? [`${suppressed} suppressed`] : [])].join(', ');
  item.iconPath = new vscode.ThemeIcon('eye-closed');
  item.tooltip = mutants
    .slice(0, 10)
    .map(({ range, sentence, suppressed: why }) => `${range.start.line + 1}: ${sentence}${why ? ` (${why})` : ''}`)
    .join('\n');
  item.accessibilityInformation = { label: `${name}: ${item.label}, ${item.description}` };
  item.contextValue = 'heldBack';
  item.command = { title: 'Show all', command: 'assay.toggleShown' };
  return item;
}
