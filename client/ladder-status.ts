import * as vscode from 'vscode';
import { commands, type Ladder, type Rung, type VerifyProgressParams } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { ladderOf, type StatusPart, statusParts } from './ladder-text.ts';
import type { Verifying } from './verifying.ts';

const SHOWN: readonly Rung[] = ['compile', 'test', 'mutation', 'load'];

/** The rungs of the project of the active file in the status bar, each leading to its proof; of what runs, how far it is. */
export function registerLadderStatus(context: vscode.ExtensionContext, connection: Connection, verifying: Verifying): void {
  const items = new Map(
    SHOWN.map((rung, index) => {
      const item = vscode.window.createStatusBarItem(`assay.ladder.${rung}`, vscode.StatusBarAlignment.Left, 9 - index / 10);
      item.name = `Assay: ${{ compile: 'Compiles', test: 'Tests Pass', mutation: 'Mutation Score', load: 'Holds Load' }[rung]}`;
      return [rung, item] as const;
    }),
  );
  let ladders: Ladder[] = [];

  const show = (progress: VerifyProgressParams | null = verifying.progress) => {
    const ladder = ladders.find(({ id }) => id === progress?.project) ?? ladderOf(ladders, vscode.window.activeTextEditor?.document.uri.toString());
    const parts = new Map((ladder ? statusParts(ladder, progress) : []).map((part) => [part.rung, part]));
    for (const [rung, item] of items) draw(item, ladder, parts.get(rung));
  };
  const refresh = async () => {
    ladders = await connection.ask('ladders', {}).catch(() => ladders);
    show();
  };
  context.subscriptions.push(
    ...items.values(),
    connection.onLadders(() => void refresh()),
    verifying.onProgress(show),
    vscode.window.onDidChangeActiveTextEditor(() => show()),
  );
  void refresh();
}

function draw(item: vscode.StatusBarItem, ladder: Ladder | undefined, part: StatusPart | undefined): void {
  if (!ladder || !part) {
    item.hide();
    return;
  }
  item.text = part.text;
  item.tooltip = `${ladder.name}: ${part.sentence}`;
  item.accessibilityInformation = { label: `Assay, ${ladder.name}: ${part.sentence}` };
  item.command = { title: 'Open Proofs', command: commands.openProofs, arguments: [ladder.id, part.rung] };
  item.show();
}
