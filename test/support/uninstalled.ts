/** A project that depends on a package in a folder of its own, so that installing takes no network. */
export const UNINSTALLED = {
  '.gitignore': 'node_modules\n',
  'package.json': JSON.stringify({
    ...{ name: 'shop', version: '1.0.0', type: 'module' },
    scripts: { build: 'node build.js', test: 'node --test', prepare: `node -e "fs.appendFileSync('notes.txt', 'prepared')"` },
    dependencies: { own: 'file:own' },
  }),
  'package-lock.json': JSON.stringify({
    ...{ name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true },
    packages: {
      '': { name: 'shop', version: '1.0.0', dependencies: { own: 'file:own' } },
      'node_modules/own': { resolved: 'own', link: true },
      own: { version: '1.0.0' },
    },
  }),
  'own/package.json': JSON.stringify({ name: 'own', version: '1.0.0', type: 'module', exports: './index.js' }),
  'own/index.js': 'export const two = 2;\n',
  'build.js': "import { two } from 'own';\nconsole.log('built', two);\n",
  'sum.test.js':
    "import assert from 'node:assert';\nimport { test } from 'node:test';\nimport { two } from 'own';\ntest('adds', () => assert.equal(two, 2));\n",
  'notes.txt': '',
};
