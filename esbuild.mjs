import { copyFile, mkdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const minify = process.argv.includes('--minify');
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

await rm('dist', { recursive: true, force: true });
await mkdir('dist/grammars', { recursive: true });
await mkdir('dist/media', { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { client: 'client/extension.ts', web: 'client/web.ts' },
    outdir: 'dist',
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
    },
    outdir: 'dist',
    format: 'esm',
    banner,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['@stryker-mutator/*', '@babel/core'],
  }),
  build({ ...common, platform: 'browser', target: 'es2022', entryPoints: { report: 'media/report/main.ts' }, outdir: 'dist/media', format: 'esm' }),
  copyFile('node_modules/@vscode/codicons/dist/codicon.css', 'dist/media/codicon.css'),
  copyFile('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/media/codicon.ttf'),
  copyFile('node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/grammars/web-tree-sitter.wasm'),
  copyFile('node_modules/tree-sitter-javascript/tree-sitter-javascript.wasm', 'dist/grammars/javascript.wasm'),
  copyFile('node_modules/tree-sitter-typescript/tree-sitter-typescript.wasm', 'dist/grammars/typescript.wasm'),
  copyFile('node_modules/tree-sitter-typescript/tree-sitter-tsx.wasm', 'dist/grammars/tsx.wasm'),
  copyFile('node_modules/mutation-testing-elements/dist/mutation-test-elements.js', 'dist/media/mutation-test-elements.js'),
]);
