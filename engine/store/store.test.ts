import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { MIGRATIONS } from './migrations.ts';
import { hasStore, Store, StoreFullError, storeFile } from './store.ts';

const opened: Store[] = [];

function open(directory: string): Store {
  const store = Store.open(directory);
  opened.push(store);
  return store;
}

function pragma(file: string, name: string): unknown {
  const db = new DatabaseSync(file);
  try {
    return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  } finally {
    db.close();
  }
}

const insert = "INSERT INTO test (name, duration_ms) VALUES ('a', 1)";
const count = (store: Store) => store.get('SELECT count(*) AS n FROM test')?.['n'];

/** A file that stands where the store should be, and what becomes of it. */
const FILES: Record<string, { make(file: string): void; code?: 'store-set-aside' | 'store-unwritable'; says?: RegExp; stored: boolean }> = {
  'an empty file is filled': { make: (file) => writeFileSync(file, ''), stored: true },
  'a text is set aside': {
    make: (file) => writeFileSync(file, 'no database'.repeat(100)),
    code: 'store-set-aside',
    says: /not a database/,
    stored: true,
  },
  'a database of another program is set aside': {
    make(file) {
      const db = new DatabaseSync(file);
      db.exec('CREATE TABLE theirs (a)');
      db.close();
    },
    code: 'store-set-aside',
    says: /another program/,
    stored: true,
  },
  'a damaged store is set aside': {
    make(file) {
      const store = Store.open(path.dirname(path.dirname(file)));
      for (let i = 0; i < 500; i++) store.run('INSERT INTO test (name, duration_ms) VALUES (?, 1)', `${i}${'x'.repeat(200)}`);
      store.close();
      const bytes = readFileSync(file);
      bytes.fill(0xff, 4096, bytes.length - 4096);
      writeFileSync(file, bytes);
    },
    code: 'store-set-aside',
    stored: true,
  },
  'a store of a newer version is left as it is': {
    make(file) {
      Store.open(path.dirname(path.dirname(file))).close();
      const db = new DatabaseSync(file);
      db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}; CREATE TABLE newer (a)`);
      db.close();
    },
    code: 'store-unwritable',
    says: /newer version/,
    stored: false,
  },
  'a folder': { make: (file) => mkdirSync(file), code: 'store-unwritable', says: /unable to open/, stored: false },
};

describe('the store', () => {
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    removeWorkspaces();
  });

  it('is made where there is none, hidden from git, in a version of its own', () => {
    const directory = emptyWorkspace();
    assert.equal(hasStore(directory), false);
    const store = open(directory);
    assert.deepEqual(store.notices, []);
    assert.equal(hasStore(directory), true);
    assert.equal(readFileSync(path.join(directory, '.assay', '.gitignore'), 'utf8'), '*\n');
    assert.equal(pragma(storeFile(directory), 'user_version'), MIGRATIONS.length);
    assert.equal(pragma(storeFile(directory), 'application_id'), 0x41535359);
    assert.equal(pragma(storeFile(directory), 'journal_mode'), 'wal');
  });

  it('leaves a .gitignore that a person has written', () => {
    const directory = emptyWorkspace({ '.assay/.gitignore': '!assay.db\n' });
    open(directory);
    assert.equal(readFileSync(path.join(directory, '.assay', '.gitignore'), 'utf8'), '!assay.db\n');
  });

  it('holds what was stored when it is opened again', () => {
    const directory = emptyWorkspace();
    const store = Store.open(directory);
    const id = store.run(insert);
    store.close();
    assert.deepEqual({ ...open(directory).get('SELECT id, name FROM test') }, { id, name: 'a' });
  });

  it('has each step of its schema behind it, whatever version it began with', () => {
    const steps = MIGRATIONS.map((_, i) => i);
    const schemas = steps.map((from) => {
      const directory = emptyWorkspace();
      mkdirSync(path.dirname(storeFile(directory)));
      const db = new DatabaseSync(storeFile(directory));
      for (const step of MIGRATIONS.slice(0, from)) db.exec(step);
      db.exec(`PRAGMA application_id = ${0x41535359}; PRAGMA user_version = ${from}`);
      db.close();
      const store = open(directory);
      assert.deepEqual(store.notices, []);
      return store.all('SELECT sql FROM sqlite_schema ORDER BY name').map(({ sql }) => sql);
    });
    for (const schema of schemas) assert.deepEqual(schema, schemas[0]);
  });

  for (const [title, { make, code, says, stored }] of Object.entries(FILES)) {
    it(title, () => {
      const directory = emptyWorkspace({ '.assay/x': '' });
      const file = storeFile(directory);
      make(file);
      const names = readdirSync(path.dirname(file)).sort();
      const before = existsSync(file) && code === 'store-unwritable' && title.includes('newer') ? readFileSync(file) : undefined;
      const store = open(directory);
      assert.deepEqual(
        store.notices.map((notice) => notice.code),
        code ? [code] : [],
      );
      assert.match(store.notices[0]?.message ?? '', says ?? /^/);
      store.run(insert);
      assert.equal(count(store), 1);
      assert.equal(count(open(directory)), stored ? 1 : 0);
      const aside = readdirSync(path.dirname(file)).filter((name) => /^assay\.db\.set-aside-[\dT.Z-]+$/.test(name));
      assert.equal(aside.length, code === 'store-set-aside' ? 1 : 0);
      if (aside[0]) assert.ok(store.notices[0]?.action.includes(aside[0]));
      if (before) assert.deepEqual(readFileSync(file), before);
      assert.ok(names.every((name) => existsSync(path.join(path.dirname(file), name))));
    });
  }

  it('lives in memory where its folder cannot be made', () => {
    const directory = emptyWorkspace({ '.assay': 'a file' });
    const store = open(directory);
    assert.deepEqual(
      store.notices.map(({ code }) => code),
      ['store-unwritable'],
    );
    store.run(insert);
    assert.equal(count(store), 1);
  });

  for (const name of ['.assay', '.assay/.gitignore', '.assay/assay.db', '.assay/assay.db-wal']) {
    it(`lives in memory where ${name} is a link, and writes nothing to what it leads to`, function () {
      // Windows lets only some people make links to files.
      if (process.platform === 'win32' && name !== '.assay') this.skip();
      const elsewhere = emptyWorkspace();
      const target = path.join(elsewhere, 'target');
      const directory = emptyWorkspace(name === '.assay' ? {} : { '.assay/x': '' });
      if (name === '.assay') mkdirSync(target);
      symlinkSync(target, path.join(directory, name), 'junction');
      const store = open(directory);
      assert.deepEqual(
        store.notices.map(({ code, message }) => [code, /is a symbolic link/.test(message)]),
        [['store-unwritable', true]],
      );
      store.run(insert);
      assert.equal(count(store), 1);
      assert.deepEqual(readdirSync(elsewhere, { recursive: true }), name === '.assay' ? ['target'] : []);
    });
  }

  it('lives in memory in a folder that may not be written to', function () {
    if (process.getuid?.() === 0 || process.platform === 'win32') this.skip();
    const directory = emptyWorkspace();
    chmodSync(directory, 0o555);
    const store = open(directory);
    chmodSync(directory, 0o755);
    assert.equal(store.notices[0]?.code, 'store-unwritable');
    store.run(insert);
    assert.equal(count(store), 1);
  });

  it('knows when another connection has written, and not when it has itself', () => {
    const directory = emptyWorkspace();
    const [one, other] = [open(directory), open(directory)];
    assert.deepEqual([one.changedElsewhere(), other.changedElsewhere()], [false, false]);
    one.run(insert);
    assert.deepEqual([one.changedElsewhere(), other.changedElsewhere(), other.changedElsewhere()], [false, true, false]);
    assert.equal(count(other), 1);
  });

  it('does all of a transaction or nothing', () => {
    const store = open(emptyWorkspace());
    assert.throws(
      () =>
        store.transaction(() => {
          store.run(insert);
          throw new Error('mine');
        }),
      /mine/,
    );
    assert.equal(count(store), 0);
    assert.equal(
      store.transaction(() => store.run(insert)),
      1,
    );
    assert.equal(count(store), 1);
  });

  it('says that the disk is full in its own words, in a transaction and out of one', () => {
    const store = open(emptyWorkspace());
    store.get('PRAGMA max_page_count = 1');
    const fill = () => store.run('INSERT INTO test (name, duration_ms) VALUES (?, 1)', 'x'.repeat(500_000));
    assert.throws(() => store.transaction(fill), StoreFullError);
    assert.throws(fill, StoreFullError);
    assert.equal(count(store), 0);
    store.get('PRAGMA max_page_count = 1000000');
    fill();
    assert.equal(count(store), 1);
  });

  it('deletes the mutants of a piece with it', () => {
    const store = open(emptyWorkspace());
    const piece = store.run("INSERT INTO piece (file, name, kind, hash, ordinal, judged_at) VALUES ('a', 'f', 'function', 'h', 0, 1)");
    store.run("INSERT INTO mutant VALUES (?, 0, 1, 'M', 'x', 'y', 0, 'Killed', NULL, NULL, '', '')", piece);
    store.run('DELETE FROM piece');
    assert.equal(store.get('SELECT count(*) AS n FROM mutant')?.['n'], 0);
  });

  it('is made once by processes that want it at the same time', async function () {
    this.timeout(60_000);
    const program = `
      const { Store } = await import(${JSON.stringify(new URL('store.ts', import.meta.url).href)});
      for (const directory of process.argv.slice(1)) {
        await new Promise((resolve) => setTimeout(resolve, 200 - (Date.now() % 200)));
        const store = Store.open(directory);
        for (const { message } of store.notices) console.log(message);
        store.close();
      }`;
    const directories = Array.from({ length: 12 }, () => emptyWorkspace());
    const open = () => promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', program, ...directories]);
    const said = await Promise.all([open(), open(), open()]);
    assert.deepEqual(
      said.map(({ stdout }) => stdout),
      ['', '', ''],
    );
    for (const directory of directories) {
      // Of two that close in the same moment neither is the last, and SQLite leaves its log to whoever closes next.
      Store.open(directory).close();
      assert.deepEqual(readdirSync(path.join(directory, '.assay')).sort(), ['.gitignore', 'assay.db']);
    }
  });

  it('is not there for a package without results', () => {
    const directory = emptyWorkspace();
    write(directory, '.assay/other', '');
    assert.equal(hasStore(directory), false);
  });
});
