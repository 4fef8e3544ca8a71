import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { mayImport } from './importers.ts';
import type { Project, Spec } from './server-types.ts';

/** Texts of files by name; whether `one.test.ts` may import `wanted.ts`. */
const CASES: Record<string, [files: Record<string, string>, may: boolean]> = {
  'a test that imports it': [{ 'one.test.ts': "import { a } from './wanted';" }, true],
  'a test that imports something else': [{ 'one.test.ts': "import { a } from './other';", 'other.ts': 'export const a = 1;' }, false],
  'by way of another file': [{ 'one.test.ts': "import './other.js';", 'other.ts': "export * from './wanted.js';" }, true],
  'by way of a folder': [{ 'one.test.ts': "import './lib';", 'lib/index.tsx': "import '../wanted.ts';" }, true],
  'files that import each other': [{ 'one.test.ts': "import './a';", 'a.ts': "import './b';", 'b.ts': "import './a'; import './wanted';" }, true],
  'an import over several lines': [{ 'one.test.ts': "import {\n  a,\n  type B,\n} from './wanted';" }, true],
  'a dynamic import': [{ 'one.test.ts': "const one = await import(/* why */ './wanted');" }, true],
  'what is required': [{ 'one.test.cjs': "const { a } = require('./wanted.ts');" }, true],
  'the original of a mock': [{ 'one.test.ts': "const one = await vi.importActual<typeof import('./types')>('./wanted');" }, true],
  'an alias': [{ 'one.test.ts': "import { a } from '@/wanted';" }, true],
  'a package': [{ 'one.test.ts': "import { a } from 'package';" }, false],
  'a module that a plugin makes': [{ 'one.test.ts': "import { a } from 'virtual:routes';" }, true],
  'a pattern': [{ 'one.test.ts': "const all = import.meta.glob('./*.ts');" }, true],
  'a template': [{ 'one.test.ts': 'const one = await import(`./${name}.ts`);' }, true],
  'only a type': [{ 'one.test.ts': "import type { A } from './wanted';\nexport type * as B from './wanted';" }, false],
  'an import of something that is called type': [{ 'one.test.ts': "import type from './wanted';" }, true],
  'a type in front of an import': [{ 'one.test.ts': "export type A = string\nimport { a } from './wanted';" }, true],
  'a file with a resource in front of it': [{ 'one.test.ts': "import a from './wanted.ts?raw';" }, true],
};

describe('mayImport', () => {
  let directory: string;
  const wanted = () => path.join(directory, 'wanted.ts');

  beforeEach(() => {
    directory = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'assay-importers-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  for (const [name, [files, may]] of Object.entries(CASES)) {
    it(`${may ? 'keeps' : 'leaves out'}: ${name}`, async () => {
      const spec = write(files);
      assert.deepEqual(await mayImport([spec], new Set([wanted()]), () => undefined), may ? [spec] : []);
    });
  }

  it('reads what stands in for a file on the disk', async () => {
    const spec = write({ 'one.test.ts': '' });
    const unsaved = (file: string) => (file === spec.moduleId ? "import './wanted';" : undefined);
    assert.deepEqual(await mayImport([spec], new Set([wanted()]), unsaved), [spec]);
  });

  it('cannot tell where a plugin may add imports', async () => {
    const spec = write({ 'one.test.ts': '' }, ['vite:resolve', 'unplugin-auto-import']);
    assert.equal(await mayImport([spec], new Set([wanted()]), () => undefined), undefined);
  });

  /** Writes the files, and those that they may import. */
  function write(files: Record<string, string>, plugins = ['vite:resolve', 'vitest', 'alias']): Spec {
    for (const [file, text] of Object.entries({ 'wanted.ts': '', 'types.ts': '', ...files })) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), text);
    }
    const test = Object.keys(files)[0] as string;
    const vite = { config: { plugins: plugins.map((name) => ({ name })) }, pluginContainer: { resolveId } };
    return { moduleId: path.join(directory, test), project: { vite } as unknown as Project };
  }

  async function resolveId(id: string): Promise<unknown> {
    if (id.startsWith('@/')) return { id: path.join(directory, `${id.slice(2)}.ts`) };
    if (id.startsWith('virtual:')) return { id: `\0${id}` };
    return { id: path.join(directory, 'node_modules', id, 'index.js') };
  }
});
