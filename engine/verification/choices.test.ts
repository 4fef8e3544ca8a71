import assert from 'node:assert/strict';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { detect } from '../detection/index.ts';
import { Store } from '../store/index.ts';
import { choose, rememberChoice } from './choices.ts';
import { shellLine } from './shell-line.ts';

describe('choices of commands', () => {
  afterEach(removeWorkspaces);

  const projectWith = async (scripts: Record<string, string>) => {
    const directory = emptyWorkspace({ 'package.json': JSON.stringify({ name: 'shop', scripts }) });
    const [project] = (await detect(directory)).projects;
    assert.ok(project);
    return project;
  };
  const asked = (project: Awaited<ReturnType<typeof projectWith>>, store?: Store) => {
    const { command, alternatives } = choose.test(project, store);
    return { taken: command && shellLine(command), others: alternatives.flatMap(({ others }) => others.map(({ value }) => shellLine(value))) };
  };

  it('are for a person where two commands rest on the same', async () => {
    const project = await projectWith({ 'test:unit': 'node --test unit', 'test:api': 'node --test api' });
    assert.deepEqual(asked(project), { taken: 'npm run test:unit', others: ['npm run test:api'] });
  });

  it('are none where one command is as good as sure, or there is no other', async () => {
    assert.deepEqual(asked(await projectWith({ test: 'node --test', 'test:api': 'node --test api' })), { taken: 'npm test', others: [] });
    assert.deepEqual(asked(await projectWith({ 'test:api': 'node --test api' })), { taken: 'npm run test:api', others: [] });
  });

  it('leave the command that runs the tests to its own rung', async () => {
    const scripts = { test: 'eslint && tsd && node --test', typecheck: 'tsc --noEmit' };
    assert.deepEqual(
      choose.compile(await projectWith(scripts), undefined).commands.map((one) => shellLine(one)),
      ['npm run typecheck'],
    );
    const project = await projectWith({ test: 'node --test' });
    const [test] = project.commands.test;
    assert.ok(test);
    const mixed = { ...project, commands: { ...project.commands, typecheck: [{ ...test, confidence: 0.96 }], build: [] } };
    assert.deepEqual(choose.compile(mixed, undefined).commands, []);
    const other = { ...test, confidence: 0.03, value: { ...test.value, argv: ['npx', 'tsc', '--noEmit'] } };
    const both = { ...mixed, commands: { ...mixed.commands, typecheck: [{ ...test, confidence: 0.96 }, other] } };
    assert.deepEqual(
      choose.compile(both, undefined).commands.map((one) => shellLine(one)),
      ['npx tsc --noEmit'],
    );
  });

  it('are made once', async () => {
    const project = await projectWith({ 'test:unit': 'node --test unit', 'test:api': 'node --test api' });
    const store = Store.open(project.directory);
    const other = project.commands.test[1];
    assert.ok(other);
    rememberChoice(store, project, 'test', other.value);
    assert.deepEqual(asked(project, store), { taken: 'npm run test:api', others: [] });
    // What was chosen for the tests is what proves no compile.
    const typecheck = [{ ...other, confidence: 0.96 }];
    assert.deepEqual(choose.compile({ ...project, commands: { ...project.commands, typecheck, build: [] } }, store).commands, []);
    store.close();
  });
});
