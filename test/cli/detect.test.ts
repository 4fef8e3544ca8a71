import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { assertSchema } from '../support/schemas.ts';
import { emptyWorkspace, removeWorkspaces } from '../support/workspaces.ts';

const MANIFEST = `{
  "name": "shop",
  "packageManager": "pnpm@10.4.1",
  "scripts": {
    "build": "tsc",
    "test": "vitest"
  },
  "devDependencies": { "typescript": "^5.7.0", "vitest": "^3.0.0" }
}
`;

/** `assay detect` as a person calls it. */
describe('assay detect', () => {
  let directory: string;

  before(() => {
    directory = emptyWorkspace({ 'package.json': MANIFEST, 'tools/go.mod': 'module example.com/tools\n\ngo 1.24\n', 'Cargo.toml': '[package' });
  });
  after(removeWorkspaces);

  it('prints each answer with how likely it is and where it stands', async () => {
    const { status, out, err } = await assay(directory, ['detect']);
    assert.equal(status, 0);
    assert.match(err, /^Cargo\.toml was passed over: Cargo\.toml is not TOML that can be understood\.\n/);
    assert.match(out, /^shop \(typescript\) in \.\n {2}manager {4}pnpm 10\.4\.1 {2}99 % {2}package\.json:3\n/);
    assert.match(out, /\n {2}build {6}pnpm run build {2}99 % {2}package\.json:5\n/);
    assert.match(out, /\n {2}test {7}CI=1 pnpm test {2}99 % {2}package\.json:6\n/);
    assert.match(out, /\n {2}start {6}unknown\n/);
    assert.match(out, /\nexample\.com\/tools \(go\) in tools\n/);
  });

  it('writes JSON as its schema says, with paths relative to the directory', async () => {
    const { status } = await assay(directory, ['detect', '--json', 'out.json', '.']);
    assert.equal(status, 0);
    const written = JSON.parse(readFileSync(path.join(directory, 'out.json'), 'utf8'));
    assertSchema('detect', written);
    assert.deepEqual(
      written.projects.map((project: { directory: string }) => project.directory),
      ['.', 'tools'],
    );
    assert.deepEqual(written.projects[0].commands.test[0].value, { argv: ['pnpm', 'test'], env: { CI: '1' }, cwd: '.' });
    const { out } = await assay(directory, ['detect', '--json', '-']);
    assertSchema('detect', JSON.parse(out));
  });

  it('says what it cannot do', async () => {
    assert.deepEqual(await assay(directory, ['detect', 'nowhere']), {
      status: 2,
      out: '',
      err: 'assay detect: there is no directory "nowhere".\n  Name one that exists.\n',
    });
    assert.match(
      (await assay(emptyWorkspace({ 'pom.xml': '<project/>' }), ['detect'])).err,
      /^pom\.xml is for Maven \(Java\), which Assay does not know: .*\nNo project was found/,
    );
    assert.match((await assay(emptyWorkspace({ 'a.txt': '' }), ['detect'])).err, /^No project was found\.\n/);
    assert.match((await assay(directory, ['detect', '--nothing'])).err, /^assay detect: Unknown option '--nothing'/);
    assert.match((await assay(directory, ['detect', '--help'])).out, /^assay detect \[directory\]/);
  });
});
