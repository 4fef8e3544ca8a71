import { type NodeTestEvent, NodeTestEvents } from './node-test-events.ts';

/** A reporter for node:test that says nothing to people. */
// biome-ignore lint/correctness/useYield: a reporter is a generator of what it prints.
export default async function* report(events: AsyncIterable<NodeTestEvent>): AsyncGenerator<string> {
  const told = new NodeTestEvents();
  for await (const event of events) told.take(event);
  told.end();
}
