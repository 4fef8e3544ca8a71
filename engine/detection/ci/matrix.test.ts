import assert from 'node:assert/strict';
import { combinations } from './matrix.ts';

describe('combinations of a matrix', () => {
  it('is one that is empty where there is no matrix', () => assert.deepEqual(combinations(undefined, {}), [{}]));

  it('takes each value of each axis, without what is excluded', () => {
    const matrix = { os: ['a', 'b'], node: [20, 22], exclude: [{ os: 'b', node: 20 }] };
    assert.deepEqual(combinations({ matrix }, {}), [
      { os: 'a', node: 20 },
      { os: 'a', node: 22 },
      { os: 'b', node: 22 },
    ]);
  });

  it('adds what is included to the combinations that it fits, else as one of its own', () => {
    const matrix = { os: ['a', 'b'], include: [{ os: 'a', extra: 1 }, { os: 'c' }] };
    assert.deepEqual(combinations({ matrix }, {}), [{ os: 'a', extra: 1 }, { os: 'b' }, { os: 'c' }]);
  });

  it('is only what is included where there are no axes', () => {
    assert.deepEqual(combinations({ matrix: { include: [{ task: 'x' }, { task: 'y' }] } }, {}), [{ task: 'x' }, { task: 'y' }]);
  });

  it('takes an axis from an expression', () => {
    const matrix = { node: '${{ fromJSON(inputs.versions) }}' };
    assert.deepEqual(combinations({ matrix }, { inputs: { versions: '[1, 2]' } }), [{ node: 1 }, { node: 2 }]);
    assert.deepEqual(combinations({ matrix: '${{ fromJSON(needs.plan.outputs.matrix) }}' }, {}), [{}]);
  });

  it('does not grow without bounds', () => {
    const axis = Array.from({ length: 100 }, (_, i) => i);
    assert.equal(combinations({ matrix: { a: axis, b: axis, c: axis } }, {}).length, 64);
  });
});
