import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { ProjectConfig } from './jest-types.ts';
import { rehearsalOf } from './rehearsal.ts';
import type { WorkerSetup } from './setup.ts';

const NODE = '/p/node_modules/jest-environment-node/build/index.js';

/** A package with projects in these environments, each with one test file of this text, in the order of their numbers. */
function setupWith(environments: string[], numbers: number[], text = ''): WorkerSetup {
  const directory = emptyWorkspace(Object.fromEntries(numbers.map((number) => [`${number}.test.js`, text])));
  const projects = environments.map((testEnvironment, i) => ({
    config: { id: String(i), testEnvironment, setupFiles: ['/p/setup.js'], setupFilesAfterEnv: ['/p/after.js'] } as unknown as ProjectConfig,
    moduleMap: {},
  }));
  const units = numbers.map((project) => [`unit ${project}`, { path: path.join(directory, `${project}.test.js`), project }] as const);
  return { globalConfig: {}, plainGlobals: true, projects, units: new Map(units) };
}

/** Environments, the projects of the files, the one whose file is rehearsed, and the text of the files. */
const CASES: Record<string, [environments: string[], numbers: number[], rehearsed: number | undefined, text?: string]> = {
  "Node's environment": [[NODE], [0], 0],
  'one with a document': [['C:\\p\\node_modules\\jest-environment-jsdom\\build\\index.js'], [0], 0],
  'that of the first file': [['/p/own-environment.js', NODE], [1, 0], 1],
  'nothing in an environment of the user, which may start what it likes': [['/p/own-environment.js', NODE], [0, 1], undefined],
  'nothing where the file names an environment': [[NODE], [0], undefined, '/** @jest-environment ./own-environment.js */'],
  'nothing where there is no test file': [[NODE], [], undefined],
};

describe('what Jest rehearses', () => {
  after(removeWorkspaces);

  for (const [title, [environments, numbers, rehearsed, text]] of Object.entries(CASES)) {
    it(title, () => {
      const rehearsal = rehearsalOf(setupWith(environments, numbers, text));
      assert.equal(rehearsal && path.basename(rehearsal.path), rehearsed === undefined ? undefined : `${rehearsed}.test.js`);
    });
  }

  it('leaves out what the user has loaded before tests, and leaves the configuration as it is', () => {
    const setup = setupWith([NODE], [0]);
    const { setupFiles, setupFilesAfterEnv } = rehearsalOf(setup)?.config ?? {};
    assert.deepEqual([setupFiles, setupFilesAfterEnv, setup.projects[0]?.config.setupFiles], [[], [], ['/p/setup.js']]);
  });
});
