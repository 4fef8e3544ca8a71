import { Readable } from 'node:stream';
import { type NodeTestEvent, NodeTestEvents } from './node-test-events.ts';
import { leaveChildrenAlone } from './tell.ts';
import { wantedOf } from './wanted.ts';

/**
 * Listens to what this process runs by node:test. Its runner takes reporters from Node's options alone, which are read before anything of ours, but all that it
 * tells them goes through the stream of the run.
 */
export function listen(): void {
  const files = process.execArgv.includes('--test') ? wantedOf('node:test')?.files : undefined;
  // The runner reads afterwards which files it is to run.
  if (files) process.argv.splice(1, process.argv.length, ...files);
  leaveChildrenAlone();
  const { push } = Readable.prototype;
  Readable.prototype.push = function (...given) {
    if (this.constructor.name !== 'TestsStream') return push.apply(this, given);
    // What tests run by `run()` themselves is not the project's.
    Readable.prototype.push = push;
    listenTo(this);
    return this.push(...given);
  };
}

function listenTo(stream: Readable): void {
  const told = new NodeTestEvents();
  const push = stream.push.bind(stream);
  stream.push = (event: NodeTestEvent | null, ...more) => {
    try {
      if (event === null) told.end();
      else told.take(event);
    } catch {
      // An event that looks otherwise in another version of Node is not for us.
    }
    return push(event, ...more);
  };
}
