import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFixtures } from '../../scripts/fixtures.ts';
import { packageExtension } from '../../scripts/package.ts';
import { manyTests } from '../support/many-tests.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { install } from './host/install.ts';
import { runSuite } from './host/run-suite.ts';

/** Runs all tests in a real VS Code: the main job from the sources, and on each fixture from the packaged extension, Restricted Mode, and what a person sees. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const suite = (name: string) => path.join(root, 'test/vscode/suites', `${name}.test.ts`);
const nodeOnPath = { PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env['PATH'] ?? ''}` };
let failed = false;

installFixtures();
install();
const vsix = packageExtension();
const jobs = [
  { title: 'from the sources, on Vitest', fixture: 'vitest', file: 'main-job', source: { extensionDir: root } },
  { title: 'from the packaged extension, on Vitest', fixture: 'vitest', file: 'main-job', source: { vsixFile: vsix } },
  { title: 'from the packaged extension, on Jest', fixture: 'jest', file: 'main-job', source: { vsixFile: vsix } },
  { title: 'from the packaged extension, on Mocha', fixture: 'mocha', file: 'main-job', source: { vsixFile: vsix } },
  { title: 'with 3,000 tests', fixture: 'vitest', files: manyTests(150, 20), file: 'test-audit', source: { extensionDir: root } },
  { title: 'in Restricted Mode', fixture: 'vitest', file: 'restricted', source: { extensionDir: root }, restricted: true },
];
const only = process.argv[2];
for (const { title, fixture, files, file, source, restricted } of jobs.filter((job) => !only || job.title.includes(only))) {
  console.log(`\nVS Code ${title}`);
  const result = await runSuite({
    ...source,
    files: [suite(file)],
    workspace: copyFixture(fixture, files),
    trustDisabled: !restricted,
    ...(restricted && { extraSettings: { 'security.workspace.trust.startupPrompt': 'never' } }),
    env: nodeOnPath,
    timeoutMs: 300_000,
    screenshotFile: path.join(root, '.cache', `failed-${file}-${fixture}.png`),
  });
  failed ||= !result.ok;
}
removeWorkspaces();
if (!only || only === 'outside') {
  console.log('\nVS Code from the outside');
  const mocha = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/mocha/bin/mocha.js'), 'test/vscode/outside/*.test.ts', '--timeout', '180000'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...nodeOnPath, ASSAY_VSIX: vsix },
    },
  );
  failed ||= mocha.status !== 0;
}
process.exitCode = failed ? 1 : 0;
