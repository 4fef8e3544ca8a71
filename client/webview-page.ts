import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** What every webview of ours may do: run its own script, and load what is shipped for webviews. */
export function webviewOptions(context: vscode.ExtensionContext): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [mediaFolder(context)] };
}

/** The document of a webview: `media/NAME/main.ts` draws into its `main` element, whose id is the name. Nothing but its script runs. */
export function webviewPage(webview: vscode.Webview, context: vscode.ExtensionContext, name: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(mediaFolder(context), file)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; font-src ${webview.cspSource}; script-src 'nonce-${nonce}';">
<link rel="stylesheet" href="${uri('codicon.css')}">
<link rel="stylesheet" href="${uri(`${name}.css`)}">
<title>${title}</title>
</head>
<body>
<main id="${name}"></main>
<script type="module" nonce="${nonce}" src="${uri(`${name}.js`)}"></script>
</body>
</html>`;
}

function mediaFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist', 'media');
}
