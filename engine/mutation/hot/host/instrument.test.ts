import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import { instrument } from './instrument.ts';

after(removeWorkspaces);

describe('instrumenting', () => {
  it('leaves the names of exports and imports as they are, which may be strings', async () => {
    const file = path.join(emptyWorkspace(), 'names.ts');
    writeFileSync(file, `import { 'x-y' as q } from './b';\nconst a = q + 1;\nexport { a as 'module.exports' };\nexport * as 'all' from './b';\n`);
    const { mutants, texts, broken } = await instrument([{ file }], [], new Map(), '1');
    assert.deepEqual([...broken], []);
    assert.match(texts.get(file)?.code ?? '', /export \{ a as 'module\.exports' \};\nexport \* as 'all' from '\.\/b';/);
    const judged = mutants.filter(({ status }) => status !== 'Ignored');
    assert.deepEqual(
      judged.map(({ replacement }) => replacement),
      ['q - 1'],
    );
  });
});
