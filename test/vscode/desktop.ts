import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { installFixtures } from '../../scripts/fixtures.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

/** The suite of `main.ts` on a desktop VS Code, which `@vscode/test-electron` downloads: the second way to run it, for people who are online. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'vscode-desktop-'));
const resultFile = path.join(folder, 'result.json');
const entry = path.join(root, 'test/vscode/host/suite-entry.cjs');
const config = {
  mocha: createRequire(import.meta.url).resolve('mocha'),
  files: [path.join(root, 'test/vscode/suites/main-job.test.ts')],
  progressFile: path.join(folder, 'progress.ndjson'),
  resultFile,
  mochaOptions: { reporter: 'spec' },
};
writeFileSync(path.join(folder, 'index.cjs'), `exports.run = () => require(${JSON.stringify(entry)}).runMocha(${JSON.stringify(config)});\n`);

installFixtures(['vitest']);
process.exitCode = await runTests({
  extensionDevelopmentPath: root,
  extensionTestsPath: path.join(folder, 'index.cjs'),
  launchArgs: [copyFixture('vitest'), '--disable-workspace-trust', '--disable-extensions'],
});
removeWorkspaces();
