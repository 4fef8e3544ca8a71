import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { asLine } from './jobs.ts';

describe('a message as a line', () => {
  it('is one line for who reads lines, whatever is in it', async () => {
    const messages = ['\n', '\r\n', '\u2028', '\u2029', '\u0085', '\\u2028', 'é \ud800'].map((text) => ({ reason: `a${text}b` }));
    const read: unknown[] = [];
    for await (const line of createInterface({ input: Readable.from(messages.map((one) => `${asLine(one)}\n`)) })) read.push(JSON.parse(line));
    assert.deepEqual(read, messages);
  });
});
