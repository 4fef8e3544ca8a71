import assert from 'node:assert/strict';
import { createRequire, registerHooks } from 'node:module';
import manifest from '../package.json' with { type: 'json' };

describe('a window that lives in the browser alone', () => {
  it('says of each command why it cannot work there', () => {
    const registered = new Map<string, () => void>();
    const messages: string[] = [];
    const vscode = {
      commands: { registerCommand: (id: string, run: () => void) => void registered.set(id, run) },
      window: { showInformationMessage: (message: string) => void messages.push(message) },
    };
    (globalThis as { vscodeOfTest?: unknown }).vscodeOfTest = vscode;
    const hook = registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'vscode' ? { url: 'data:vscode', format: 'commonjs', shortCircuit: true } : next(specifier, context),
      load: (url, context, next) =>
        url === 'data:vscode' ? { format: 'commonjs', source: 'module.exports = globalThis.vscodeOfTest', shortCircuit: true } : next(url, context),
    });
    const { activate } = createRequire(import.meta.url)('../dist/web.cjs') as { activate(context: unknown): void };
    hook.deregister();
    activate({ extension: { packageJSON: manifest }, subscriptions: [] });
    assert.deepEqual([...registered.keys()].sort(), manifest.contributes.commands.map(({ command }) => command).sort());
    for (const run of registered.values()) run();
    assert.ok(
      messages.length === registered.size &&
        messages.every((message) => /needs Node: it does not work in a window that lives in the browser alone/.test(message)),
    );
  });
});
