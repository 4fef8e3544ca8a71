import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { userEnvironment } from './environment.ts';
import { findNode, type NodeSearch } from './node.ts';

/** A program in a folder that answers, whatever it is asked. */
function program(directory: string, file: string, script: string): void {
  write(directory, file, `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(directory, file), 0o755);
}
const says = (version: string) => `echo ${version}`;
const LOCAL = 'node_modules/node/bin/node';

interface Case {
  /** Programs by their paths in a folder that has `package/` (the package), `path/` and `later/` (on the PATH, in this order) and `shell`. */
  programs: Record<string, string>;
  search?: (top: string) => Partial<NodeSearch>;
  /** Version, path and evidence, or the code of the failure; `TOP` is the folder. */
  finds: string;
  message?: RegExp;
}

const own = (version: string) => () => ({ own: { path: '/own/node', version } });
const setting = (file: string) => (top: string) => ({ setting: path.join(top, file) });

const CASES: Record<string, Case> = {
  'the PATH': { programs: { 'path/node': says('24.1.0') }, finds: '24.1.0 TOP/path/node: Node 24.1.0 on the PATH' },
  'the first of the PATH': {
    programs: { 'path/node': says('24.1.0'), 'later/node': says('25.0.0') },
    finds: '24.1.0 TOP/path/node: Node 24.1.0 on the PATH',
  },
  'what is too old on the PATH is passed by': {
    programs: { 'path/node': says('22.14.9'), 'later/node': says('22.15.0') },
    finds: '22.15.0 TOP/later/node: Node 22.15.0 on the PATH',
  },
  'what is no Node on the PATH is passed by': {
    programs: { 'path/node': 'echo hello', 'later/node': says('24.0.0') },
    finds: '24.0.0 TOP/later/node: Node 24.0.0 on the PATH',
  },
  'what fails on the PATH is passed by': {
    programs: { 'path/node': 'echo 24.0.0; exit 1', 'later/node': says('24.0.1') },
    finds: '24.0.1 TOP/later/node: Node 24.0.1 on the PATH',
  },
  'the one installed in the package comes first': {
    programs: { [`package/${LOCAL}`]: says('23.0.0'), 'path/node': says('24.1.0') },
    finds: `23.0.0 TOP/package/${LOCAL}: Node 23.0.0 installed in the workspace`,
  },
  'the one installed above the package': {
    programs: { [LOCAL]: says('23.0.0'), 'path/node': says('24.1.0') },
    finds: `23.0.0 TOP/${LOCAL}: Node 23.0.0 installed in the workspace`,
  },
  'one installed that is too old is passed by': {
    programs: { [`package/${LOCAL}`]: says('18.0.0'), 'path/node': says('24.1.0') },
    finds: '24.1.0 TOP/path/node: Node 24.1.0 on the PATH',
  },
  'the login shell': {
    programs: { shell: 'PATH="$(dirname "$0")/known:$PATH"; echo "Welcome!"; eval "$4"', 'known/node': says('24.2.0') },
    finds: '24.2.0 TOP/known/node: Node 24.2.0 known to the login shell',
  },
  'a login shell that knows none': { programs: { shell: 'echo Welcome' }, finds: 'node-not-found' },
  'nothing but one that is too old': {
    programs: { 'path/node': says('20.19.0'), 'later/node': says('18.0.0') },
    finds: 'node-too-old',
    message: /needs Node 22\.15 or newer; the one found is 20\.19\.0 \(.*\/path\/node\)/,
  },
  nothing: { programs: {}, finds: 'node-not-found' },
  'the one that runs the command': {
    programs: { 'path/node': says('24.1.0') },
    search: own('24.9.0'),
    finds: '24.9.0 /own/node: Node 24.9.0 runs this command',
  },
  'one that runs the command and is too old': {
    programs: { 'path/node': says('24.1.0') },
    search: own('22.12.0'),
    finds: '24.1.0 TOP/path/node: Node 24.1.0 on the PATH',
  },
  'the setting comes before all others': {
    programs: { set: says('24.5.0'), 'path/node': says('25.0.0') },
    search: (top) => ({ ...setting('set')(top), ...own('25.0.0')() }),
    finds: '24.5.0 TOP/set: Node 24.5.0 from the setting assay.node.path',
  },
  'a setting that is too old': {
    programs: { set: says('20.0.0'), 'path/node': says('25.0.0') },
    search: setting('set'),
    finds: 'node-too-old',
    message: /"assay\.node\.path" is Node 20\.0\.0/,
  },
  'a setting that leads nowhere': {
    programs: { 'path/node': says('25.0.0') },
    search: setting('nowhere'),
    finds: 'node-not-found',
    message: /nowhere, which does not run as Node/,
  },
  'a setting that is a folder': { programs: { 'set/x': '' }, search: setting('set'), finds: 'node-not-found' },
};

describe('the Node that runs the tests', () => {
  const saved = { PATH: process.env['PATH'], SHELL: process.env['SHELL'] };
  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(saved)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    removeWorkspaces();
  });

  for (const [title, { programs, search, finds, message }] of Object.entries(CASES)) {
    it(title, async () => {
      const top = emptyWorkspace();
      mkdirSync(path.join(top, 'package'));
      for (const [file, script] of Object.entries(programs)) program(top, file, script);
      // The programs need the tools of the system, which has no Node in these two.
      process.env['PATH'] = ['path', 'later'].map((name) => path.join(top, name)).join(path.delimiter);
      if (programs['shell']) {
        process.env['SHELL'] = path.join(top, 'shell');
        program(top, 'shell', `PATH=/usr/bin:/bin\n${programs['shell']}`);
      } else delete process.env['SHELL'];
      const found = await findNode({ directory: path.join(top, 'package'), ...search?.(top) });
      if (!found.ok) {
        assert.equal(found.failure.code, finds);
        assert.match(found.failure.message, message ?? /./);
        return;
      }
      const { version, path: file, evidence } = found.value;
      assert.equal(`${version} ${file}: ${evidence.says}`.replaceAll(top, 'TOP'), finds);
    });
  }

  it('is asked for its version once, and another in its place too', async () => {
    const top = emptyWorkspace();
    const version = async () => {
      const found = await findNode({ directory: top, setting: path.join(top, 'set') });
      return found.ok ? found.value.version : found.failure.code;
    };
    const asked = () => readFileSync(path.join(top, 'asked'), 'utf8').length;
    const saysAndNotes = (one: string) => `printf x >> '${path.join(top, 'asked')}'; echo ${one}`;
    program(top, 'set', saysAndNotes('24.0.0'));
    assert.deepEqual([await version(), await version(), asked()], ['24.0.0', '24.0.0', 1]);
    program(top, 'set', saysAndNotes('24.10.0'));
    assert.deepEqual([await version(), asked()], ['24.10.0', 2]);
  });

  it('is asked again where it was too old: what stands there may lead to another one', async () => {
    const top = emptyWorkspace();
    program(top, 'set', `cat '${path.join(top, 'version')}'`);
    for (const one of ['20.0.0', '24.0.0']) {
      write(top, 'version', one);
      assert.equal((await findNode({ directory: top, setting: path.join(top, 'set') })).ok, one === '24.0.0');
    }
  });

  it('is asked of the login shell once', async () => {
    const top = emptyWorkspace();
    program(top, 'known/node', says('24.2.0'));
    program(top, 'shell', `printf x >> '${path.join(top, 'asked')}'; PATH="${path.join(top, 'known')}:/usr/bin:/bin"; eval "$4"`);
    process.env['SHELL'] = path.join(top, 'shell');
    process.env['PATH'] = path.join(top, 'path');
    for (let i = 0; i < 2; i++) assert.equal((await findNode({ directory: top })).ok, true);
    assert.equal(readFileSync(path.join(top, 'asked'), 'utf8'), 'x');
    await findNode({ directory: top, setting: path.join(top, 'nowhere') });
  });

  it('is looked for without the variables of the editor', async () => {
    const top = emptyWorkspace();
    program(top, 'set', '[ -z "$ELECTRON_RUN_AS_NODE$ASSAY_RUNNER" ] && echo 24.0.0');
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    process.env['ASSAY_RUNNER'] = 'x';
    try {
      assert.equal((await findNode({ directory: top, setting: path.join(top, 'set') })).ok, true);
    } finally {
      delete process.env['ELECTRON_RUN_AS_NODE'];
      delete process.env['ASSAY_RUNNER'];
    }
  });
});

describe('the environment of the tests', () => {
  const theirs = ['PATH', 'NODE_OPTIONS', 'NODE_ENV', 'NODE_UNIQUE_IDENTITY', 'MY_VSCODE_X', 'TZ', 'ASSAYER'];
  const ours = [
    'ELECTRON_RUN_AS_NODE',
    'VSCODE_PID',
    'NODE_CHANNEL_FD',
    'NODE_CHANNEL_SERIALIZATION_MODE',
    'NODE_UNIQUE_ID',
    'NODE_V8_COVERAGE',
    'ASSAY_RUNNER',
  ];
  it("is the user's, without what is ours or the editor's", () => {
    assert.deepEqual(
      userEnvironment(Object.fromEntries([...theirs, ...ours].map((name) => [name, '1']))),
      Object.fromEntries(theirs.map((name) => [name, '1'])),
    );
  });
});
