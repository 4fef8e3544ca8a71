/** A reporter for `node --test`: a line of JSON for each test that ended. */

interface Event {
  type: string;
  data: { name: string; file?: string; details?: { type?: string } };
}

/** What the reporter tells of a test, with the file that it is written in. */
export interface Reported {
  file: string;
  name: string;
}

/** The file that ran all tests since the last one that ended; Node says so since 22.12. */
export interface FileEnd {
  ended: string;
}

export default async function* report(events: AsyncIterable<Event>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type === 'test:summary' && data.file !== undefined) yield `${JSON.stringify({ ended: data.file } satisfies FileEnd)}\n`;
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue;
    yield `${JSON.stringify({ file: data.file ?? '', name: data.name } satisfies Reported)}\n`;
  }
}
