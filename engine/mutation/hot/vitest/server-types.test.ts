import assert from 'node:assert/strict';
import { type Project, projectOf } from './server-types.ts';

const withServer = { server: {} } as unknown as Project;
const withVite = { vite: {} } as unknown as Project;
/** As in Vitest 2.1.0 to 2.1.3. */
const withNeither = { name: 'core' } as unknown as Project;

describe('the project of a test file', () => {
  it('is its own', () => assert.equal(projectOf({ project: withVite, moduleId: '/a.test.ts' }), withVite));
  it('is the first of a pair', () => assert.equal(projectOf({ 0: withServer, 1: '/a.test.ts' }), withServer));
  it('is the first of a pair whose own has no server', () => {
    assert.equal(projectOf({ 0: withServer, 1: '/a.test.ts', project: withNeither }), withServer);
  });
});
