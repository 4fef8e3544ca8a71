import { fileURLToPath } from 'node:url';

const BABEL_CORE = fileURLToPath(new URL('../engine/mutation/hot/host/babel-core.ts', import.meta.url));

/**
 * Leaves out of StrykerJS's instrumenter what it is not asked for, which takes longer to load than most files to instrument: texts are parsed without the
 * project's configuration (`parse.ts`), and regular expressions are rare.
 */
export const onlyWhatInstruments = {
  name: 'only-what-instruments',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^@babel\/core$/ }, ({ importer }) => (importer.endsWith('babel-core.ts') ? undefined : { path: BABEL_CORE }));
    const unused = /^(@babel\/(helpers|helper-compilation-targets)|semver|verkit|svelte\/compiler|angular-html-parser)$/;
    onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /^/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
    // Babel's own way to do without a file system.
    onResolve(
      { filter: /^#(config\/files|config\/resolve-targets|transform-file|transformation\/read-input-source-map-file)$/ },
      ({ path, resolveDir }) => {
        const door = { '#config/files': './config/files/index-browser.js' }[path] ?? `./${path.slice(1)}-browser.js`;
        return resolve(door, { resolveDir, kind: 'import-statement' });
      },
    );
    onResolve({ filter: /^@stryker-mutator\/api\/core$/ }, async ({ path, pluginData, ...place }) => {
      if (pluginData === 'resolved') return undefined;
      const { path: all } = await resolve(path, { ...place, pluginData: 'resolved' });
      return { path: all.replace(/index\.js$/, 'instrument.js') };
    });
    onResolve({ filter: /^weapon-regex$/ }, ({ path }) => ({ path, namespace: 'late' }));
    onLoad({ filter: /^/, namespace: 'late' }, () => ({
      contents: "export const mutate = (...regex) => require('./weapon-regex.cjs').mutate(...regex);",
    }));
    onResolve({ filter: /^\.\/weapon-regex\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};
