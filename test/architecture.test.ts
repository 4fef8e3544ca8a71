import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FLOORS: Record<string, number> = {
  model: 0,
  installation: 0,
  process: 0,
  memory: 0,
  workspace: 1,
  detection: 1,
  syntax: 1,
  store: 1,
  mutation: 2,
  audit: 2,
  witness: 2,
  gaps: 2,
  load: 2,
  verification: 2,
  strengthen: 3,
  report: 3,
};

interface Import {
  /** Relative to the repository. */
  from: string;
  /** A path relative to the repository, or the name of a package. */
  to: string;
  typeOnly: boolean;
}

const imports = ['client', 'server', 'cli', 'engine', 'media'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|\.d\.ts$|samples\.ts$/.test(name))
    .flatMap((name) => importsOf(path.join(folder, name).replaceAll('\\', '/'))),
);

function importsOf(from: string): Import[] {
  const text = readFileSync(path.join(root, from), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?([^;'"]*?from\s+)?'([^']+)';|\bimport\('([^']+)'\)|typeof import\('([^']+)'\)/gms);
  return [...statements].map(([whole, type, names = '', statically, dynamically, typed]) => {
    const target = statically ?? dynamically ?? typed ?? '';
    const list = /\{([^}]*)\}/.exec(names)?.[1];
    const allTypes = list?.split(',').every((one) => !one.trim() || one.trim().startsWith('type ')) ?? false;
    return {
      from,
      to: target.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(from), target)) : target,
      typeOnly: Boolean(type) || allTypes || typed !== undefined || whole.startsWith('typeof'),
    };
  });
}

function violations(rule: (one: Import) => boolean): string[] {
  return imports.filter(rule).map(({ from, to }) => `${from} imports ${to}`);
}

describe('the house keeps its invariants', () => {
  it('reads imports at all', () => {
    assert.ok(imports.length > 300, String(imports.length));
    assert.ok(imports.some(({ from, to, typeOnly }) => from === 'client/connection.ts' && to === 'server/protocol.ts' && !typeOnly));
  });

  it('the engine knows no editor and no LSP', () => {
    assert.deepEqual(
      violations(
        ({ from, to }) =>
          from.startsWith('engine/') && /^(vscode|vscode-languageserver|vscode-languageclient)($|\/)|^(client|server|cli|media)\//.test(to),
      ),
      [],
    );
  });

  it('rooms know only lower floors, and nothing is imported past a door', () => {
    const room = (file: string) => /^engine\/([^/]+)\//.exec(file)?.[1];
    assert.deepEqual(
      violations(({ from, to }) => {
        const [mine, theirs] = [room(from), room(to)];
        if (!theirs || mine === theirs) return false;
        if (to !== `engine/${theirs}/index.ts`) return true;
        return mine !== undefined && (FLOORS[theirs] ?? 99) > (FLOORS[mine] ?? -1);
      }),
      [],
    );
  });

  it('the client imports from the server only the protocol, and from the engine only types', () => {
    assert.deepEqual(
      violations(
        ({ from, to, typeOnly }) =>
          from.startsWith('client/') && ((to.startsWith('server/') && to !== 'server/protocol.ts') || (to.startsWith('engine/') && !typeOnly)),
      ),
      [],
    );
  });

  it('webviews and the protocol import only types from elsewhere', () => {
    assert.deepEqual(
      violations(
        ({ from, to, typeOnly }) =>
          !typeOnly && /^(client|server|cli|engine)\//.test(to) && (from.startsWith('media/') || from === 'server/protocol.ts'),
      ),
      [],
    );
  });

  it('only the reference executor knows StrykerJS, and the hot one its instrumenter', () => {
    const knows = (from: string) => from.startsWith('engine/mutation/reference/') || from === 'engine/mutation/hot/host/instrument.ts';
    assert.deepEqual(
      violations(({ from, to }) => to.startsWith('@stryker-mutator/') && !knows(from)),
      [],
    );
  });

  it('only the process room starts processes, and the installation our own within them; what Vitest starts is tamed in one place, and so is what launchers start', () => {
    const others = ['engine/installation/child.ts', 'engine/mutation/hot/vitest/forks.ts', 'engine/verification/tests/node/launcher.ts'];
    const may = (from: string) => from.startsWith('engine/process/') || others.includes(from);
    assert.deepEqual(
      violations(({ from, to }) => /^(node:child_process|execa)$/.test(to) && !may(from)),
      [],
    );
  });
});
