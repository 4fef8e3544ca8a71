import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isVerifiable } from './verifiable.ts';

describe('verdicts that can be checked', () => {
  it('are those that the tests decided, not what never ran', () => {
    const statuses = ['Killed', 'Survived', 'NoCoverage', 'Timeout', 'RuntimeError', 'CompileError', 'Ignored', 'Pending'] as const;
    assert.deepEqual(
      statuses.filter((status) => isVerifiable({ status })),
      ['Killed', 'Survived', 'NoCoverage', 'Timeout', 'RuntimeError'],
    );
  });
});
