import assert from 'node:assert/strict';
import path from 'node:path';
import { copyFixture, emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { Driver, DriverRequest, ServedText } from '../host/driver.ts';
import { startVitest } from './driver.ts';

/** Files of a package beside those of the fixture, and the test files in which workers may begin before it is known which of them load `src/cart.ts`. */
const CASES: Record<string, [files: Record<string, string>, early: string[]]> = {
  'those named like it first': [{}, ['cart.test.ts', 'price.test.ts']],
  'none where a global setup has to come before them': [
    { 'vitest.config.mjs': "export default { test: { globalSetup: './global.mjs' } };\n", 'global.mjs': 'export const setup = () => {};\n' },
    [],
  ],
  'none where one project has a global setup': [
    {
      'vitest.config.mjs': "export default { test: { projects: [{ extends: true, test: { name: 'one', globalSetup: './global.mjs' } }] } };\n",
      'global.mjs': 'export const setup = () => {};\n',
    },
    [],
  ],
};

describe('the driver of Vitest', () => {
  const env = { ...process.env };
  let driver: Driver | undefined;

  afterEach(() => driver?.stop());
  after(() => {
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    removeWorkspaces();
  });

  for (const [title, [files, early]] of Object.entries(CASES)) {
    it(`is there before what is mutated is instrumented, with test files to begin in: ${title}`, async () => {
      const directory = copyFixture('vitest', files);
      const mutated = path.join(directory, 'src', 'cart.ts');
      const asked: string[] = [];
      let give: (text: ServedText) => void = () => {};
      const text = new Promise<ServedText>((resolve) => {
        give = resolve;
      });
      const request: DriverRequest = {
        directory,
        framework: { name: 'vitest', args: [], nodeArgs: [] },
        mutated: [mutated],
        unsavedText: () => undefined,
        async textOf(file) {
          asked.push(file);
          return file === mutated ? text : undefined;
        },
        texts: new Promise(() => {}),
        folder: emptyWorkspace(),
        workers: 2,
        log: () => {},
      };
      driver = await startVitest(request);
      const names = (found: readonly { path?: string }[]) => found.map(({ path: file = '' }) => path.basename(file));
      assert.deepEqual(names(driver.early ?? []).sort(), early);
      give({ code: 'export class Cart {}' });
      assert.deepEqual(names(await driver.files), ['cart.test.ts']);
      assert.ok(asked.includes(mutated));
    });
  }
});
