import { createRequire, syncBuiltinESMExports } from 'node:module';
import { type NodeTestEvent, NodeTestEvents, TAKEN } from './node-test-events.ts';

interface Stream {
  on(event: string, listener: (data: NodeTestEvent['data']) => void): void;
}

/** Listens to what a program runs by node:test's `run()`, as borp does. */
export function listen(): void {
  const test = createRequire(__filename)('node:test') as { run(...args: unknown[]): Stream };
  const { run } = test;
  test.run = (...args) => {
    const stream = run(...args);
    const told = new NodeTestEvents();
    for (const type of TAKEN) stream.on(type, (data) => told.take({ type, data }));
    stream.on('end', () => told.end());
    return stream;
  };
  syncBuiltinESMExports();
}
