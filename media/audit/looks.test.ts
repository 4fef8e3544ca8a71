import assert from 'node:assert/strict';
import { BANDS } from '../../engine/audit/index.ts';
import { RULES } from '../../engine/audit/rules.ts';
import { GROUP_ORDER, GROUPS } from './bands.ts';
import { RULE_LOOKS, ruleLook } from './rules.ts';
import { fileOf, packageOf, testOf, withHints } from './samples.ts';

describe('what the view says of bands and rules', () => {
  it('is what the engine says', () => {
    assert.deepEqual(RULE_LOOKS, RULES);
    assert.deepEqual(GROUP_ORDER, [...BANDS.map(({ name }) => name), 'not run']);
    let least = 0;
    for (const { name, most } of BANDS) {
      assert.equal(GROUPS[name].strengths, `${least}–${most}`);
      least = most + 1;
    }
  });

  it("tells a project's own rule by what it says, and any as severe as the project takes it", () => {
    const file = fileOf('a.test.ts', [testOf('a', 10, { rules: ['no-sleep', 'skipped-test'] })]);
    const shop = packageOf('shop', [file]);
    assert.deepEqual(ruleLook('no-sleep', shop), { title: 'broken: no-sleep', severity: 'warning' });
    assert.deepEqual(ruleLook('skipped-test', shop), { title: RULES['skipped-test'].title, severity: 'warning' });
    assert.deepEqual(ruleLook('skipped-test', packageOf('other', [])), RULES['skipped-test']);
    const hinted = packageOf('hinted', [withHints(file, ['tautology'])]);
    assert.deepEqual(ruleLook('tautology', hinted), RULES.tautology, 'one that is only hinted at says nothing of the others');
  });

  it('has a shape for each band', () => {
    assert.equal(new Set(Object.values(GROUPS).map(({ icon }) => icon)).size, GROUP_ORDER.length);
  });
});
