import { copyFile, mkdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { onlyWhatInstruments } from './scripts/only-what-instruments.mjs';

const minify = process.argv.includes('--minify');
const outdir = process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';
const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  sourcemap: minify ? false : 'linked',
  minify,
  logLevel: 'warning',
  legalComments: 'none',
};
// Bundled CommonJS packages call require; a module has none of its own.
const banner = { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" };
/** Leaves out of a bundle all that is not asked for: what is loaded before each process must be small. */
const onlyWhatIsUsed = {
  name: 'only-what-is-used',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^\./ }, async ({ path, pluginData, ...place }) => {
      if (pluginData === 'resolved') return undefined;
      return { ...(await resolve(path, { ...place, pluginData: 'resolved' })), sideEffects: false };
    });
  },
};

await rm(outdir, { recursive: true, force: true });
await mkdir(`${outdir}/grammars`, { recursive: true });
await mkdir(`${outdir}/media`, { recursive: true });
await mkdir(`${outdir}/verify/python/assay_pytest-0.dist-info`, { recursive: true });
await mkdir(`${outdir}/verify/bin`, { recursive: true });
await mkdir(`${outdir}/verify/cargo`, { recursive: true });
await mkdir(`${outdir}/verify/python-start`, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { client: 'client/extension.ts', web: 'client/web.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    external: ['vscode'],
  }),
  build({
    ...common,
    entryPoints: {
      server: 'server/main.ts',
      cli: 'cli/main.ts',
      'reference/host': 'engine/mutation/reference/host.ts',
      'reference/plugin': 'engine/mutation/reference/plugin.ts',
      'reference/babel': 'engine/mutation/reference/babel.ts',
      'hot/host': 'engine/mutation/hot/host/host.ts',
      'hot/jest-worker': 'engine/mutation/hot/jest/worker.ts',
      'hot/vitest-worker': 'engine/mutation/hot/vitest/worker.ts',
      'hot/preload': 'engine/mutation/hot/node/preload.ts',
      'hot/loader-hooks': 'engine/mutation/hot/node/loader-hooks.ts',
      'hot/node-test-worker': 'engine/mutation/hot/node-test/worker.ts',
      'hot/node-test-reporter': 'engine/mutation/hot/node-test/reporter.ts',
      'hot/mocha-worker': 'engine/mutation/hot/mocha/worker.ts',
      'hot/explorer': 'engine/strengthen/explorer/experiment.ts',
      'hot/prover': 'engine/strengthen/prover/experiment.ts',
      'hot/trial': 'engine/witness/trial/experiment.ts',
      'load/generator': 'engine/load/generator/host.ts',
      'strengthen/tools': 'engine/strengthen/tools/host.ts',
    },
    outdir,
    format: 'esm',
    banner,
    inject: ['engine/mutation/hot/worker/own-globals.ts'],
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['@stryker-mutator/*', '@babel/core', '@babel/generator', '@babel/parser'],
  }),
  build({
    ...common,
    entryPoints: { 'hot/instrumenter': 'engine/mutation/hot/host/instrumenter.ts' },
    outdir,
    format: 'esm',
    banner,
    inject: ['engine/mutation/hot/worker/own-globals.ts'],
    plugins: [onlyWhatInstruments, onlyWhatIsUsed],
  }),
  build({ ...common, entryPoints: { 'hot/weapon-regex': 'weapon-regex' }, outdir, outExtension: { '.js': '.cjs' }, format: 'cjs' }),
  // Each thread loads it anew, so that it is small: by itself, without what the others need of the same rooms.
  build({
    ...common,
    entryPoints: { 'audit/worker': 'engine/audit/batch/worker.ts' },
    outdir,
    format: 'esm',
    banner,
    plugins: [onlyWhatIsUsed],
  }),
  // What is loaded into a project's own processes must load in any of them.
  build({
    ...common,
    target: 'node18',
    sourcemap: false,
    entryPoints: { 'load/loop-watch': 'engine/load/loop-watch.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
  }),
  // What runs in the project's own test processes, on its own Node.
  build({
    ...common,
    target: 'node18',
    sourcemap: false,
    entryPoints: {
      coverage: 'engine/verification/coverage/node/preload.ts',
      ...Object.fromEntries(
        ['preload', 'launcher', 'vitest', 'jest', 'jest-reporter', 'mocha', 'node-test', 'coverage-tool', 'unheard'].map((name) => [
          name,
          `engine/verification/tests/node/${name}.ts`,
        ]),
      ),
    },
    outdir: `${outdir}/verify`,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    plugins: [onlyWhatIsUsed],
    // What would need it is not used.
    logOverride: { 'empty-import-meta': 'silent', 'commonjs-variable-in-esm': 'silent' },
  }),
  build({
    ...common,
    target: 'node18',
    sourcemap: false,
    entryPoints: {
      'vitest-provider': 'engine/verification/coverage/node/vitest-provider.ts',
    },
    outdir: `${outdir}/verify`,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
  }),
  build({
    ...common,
    platform: 'browser',
    target: 'es2022',
    entryPoints: { report: 'media/report/main.ts', audit: 'media/audit/main.ts', proofs: 'media/proofs/main.ts' },
    outdir: `${outdir}/media`,
    format: 'esm',
  }),
  copyFile('engine/verification/tests/go/bin/go', `${outdir}/verify/bin/go`),
  copyFile('engine/verification/coverage/cargo/rustc', `${outdir}/verify/cargo/rustc`),
  copyFile('engine/verification/coverage/python/sitecustomize.py', `${outdir}/verify/python-start/sitecustomize.py`),
  ...['assay_pytest.py', 'assay_coverage.py', 'assay_pytest-0.dist-info/METADATA', 'assay_pytest-0.dist-info/entry_points.txt'].map((name) =>
    copyFile(`engine/verification/tests/python/${name}`, `${outdir}/verify/python/${name}`),
  ),
  copyFile('node_modules/@vscode/codicons/dist/codicon.css', `${outdir}/media/codicon.css`),
  copyFile('node_modules/@vscode/codicons/dist/codicon.ttf', `${outdir}/media/codicon.ttf`),
  copyFile('node_modules/web-tree-sitter/web-tree-sitter.wasm', `${outdir}/grammars/web-tree-sitter.wasm`),
  ...['javascript', 'python', 'go', 'rust'].map((name) =>
    copyFile(`node_modules/tree-sitter-${name}/tree-sitter-${name}.wasm`, `${outdir}/grammars/${name}.wasm`),
  ),
  ...['typescript', 'tsx'].map((name) => copyFile(`node_modules/tree-sitter-typescript/tree-sitter-${name}.wasm`, `${outdir}/grammars/${name}.wasm`)),
  copyFile('node_modules/mutation-testing-elements/dist/mutation-test-elements.js', `${outdir}/media/mutation-test-elements.js`),
]);
