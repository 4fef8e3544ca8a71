import assert from 'node:assert/strict';
import { BANDS } from '../../engine/audit/index.ts';
import { RULES } from '../../engine/audit/rules.ts';
import { GROUP_ORDER, GROUPS } from './bands.ts';
import { RULE_LOOKS } from './rules.ts';

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

  it('has a shape for each band', () => {
    assert.equal(new Set(Object.values(GROUPS).map(({ icon }) => icon)).size, GROUP_ORDER.length);
  });
});
