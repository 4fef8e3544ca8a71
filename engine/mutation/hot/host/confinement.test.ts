import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { confinement, mayWrite } from './confinement.ts';

/** What a confined process does, and the code of the error that comes of it; nothing where it may. `OUT` and `IN` are folders that it may not and may write to. */
const CASES: [what: string, code: string][] = [
  ["fs.writeFileSync(OUT + '/a', '')", 'ERR_ACCESS_DENIED'],
  ['fs.rmSync(OUT, { recursive: true })', 'ERR_ACCESS_DENIED'],
  ["fs.symlinkSync(OUT, IN + '/link')", 'ERR_ACCESS_DENIED'],
  ["process.binding('fs')", 'ERR_ACCESS_DENIED'],
  ["require('child_process').execFileSync('true')", 'ERR_ACCESS_DENIED'],
  ["new (require('worker_threads').Worker)('1', { eval: true })", 'ERR_ACCESS_DENIED'],
  ["fs.writeFileSync(IN + '/b', '')", ''],
  ["fs.writeFileSync(MORE + '/b', '')", ''],
  ["fs.mkdtempSync(os.tmpdir() + '/c')", ''],
  ['fs.readdirSync(OUT)', ''],
  ["require('net').connect({ path: IN + '/nobody' }).on('error', () => {})", ''],
];

describe('a confined process', () => {
  const made = (name: string) => mkdtempSync(path.join(os.tmpdir(), `confined-${name}-`));
  const folders = { OUT: made('out'), IN: made('in'), MORE: made('more') };
  after(() => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
  });

  for (const [what, code] of CASES) {
    it(what, () => {
      const { nodeArgs, env } = confinement(folders.IN);
      const known = Object.entries(folders).map(([name, folder]) => `const ${name} = ${JSON.stringify(folder)};`);
      const text = `const fs = require('fs'), os = require('os'); ${known.join('')} try { ${what}; console.log('') } catch (error) { console.log(error.code) }`;
      const ended = spawnSync(process.execPath, [...nodeArgs, mayWrite(folders.MORE), '-e', text], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      assert.equal(ended.stdout.trim(), code, ended.stderr);
      assert.ok(existsSync(folders.OUT) && readdirSync(folders.OUT).length === 0);
    });
  }
});
