import { type Bottleneck, errorRate, type Health, type Measurement } from './model.ts';

/** From so much of a core on a process has none left: a sampled second is never quite full. */
const FULL_CORE = 0.85;
/** From so much on an event loop has no time left. */
const FULL_LOOP = 0.85;
/** Below so much of a core a process that is occupied waits without giving way. */
const IDLE_CORE = 0.5;
/** Connections to one place that do not grow while the load does: so much more is the same. */
const SAME = 1.15;
/** Memory that grows so much faster than a factor of one under twice the load, and by so many bytes a user, is what runs out. */
const GROWN = 1.5;
const GROWN_BYTES = 64e6;
/** From so much of what it may take on, memory is what runs out. */
const NEARLY = 0.9;
/** Errors that say that connections are refused or cut. */
const REFUSED = /^(ECONNREFUSED|ECONNRESET|EPIPE|reset|status 503|status 429)$/;

/**
 * What keeps an app from holding more, by what changed between the load that it holds and one that it does not.
 *
 * @param held the highest healthy level
 * @param over a level above it, best about twice as high
 * @param memoryLimit bytes that the app may take
 */
export function findBottleneck(held: Measurement, over: Measurement, health: Health, memoryLimit: number): Bottleneck {
  const { app } = over;
  if (app.memory > memoryLimit * NEARLY || (app.memory > held.app.memory * GROWN && app.memory - held.app.memory > GROWN_BYTES)) {
    return {
      kind: 'memory',
      sentence: `Memory: it takes ${mega(app.memory)} at ${users(over)}, and ${mega(held.app.memory)} at ${held.connections}.`,
    };
  }
  if (app.loopBusy !== undefined && app.loopBusy >= FULL_LOOP && app.busiest < IDLE_CORE) {
    return {
      kind: 'event-loop',
      sentence: `The event loop: it is occupied ${percent(app.loopBusy)} of the time with ${percent(app.busiest)} of a core, so it waits for something without letting others run${app.lag === undefined ? '' : `; it is up to ${Math.round(app.lag)} ms late`}.`,
    };
  }
  if (app.busiest >= FULL_CORE) {
    return { kind: 'cpu', sentence: `The processor: its busiest process takes ${percent(app.busiest)} of a core at ${users(over)}.` };
  }
  const [place, most] = Object.entries(app.outbound).sort(([, a], [, b]) => b - a)[0] ?? [];
  const refused = Object.entries(over.errors).filter(([kind]) => REFUSED.test(kind));
  if (place !== undefined && most !== undefined && most > 0) {
    const before = held.app.outbound[place] ?? 0;
    const isCapped = most < over.connections * 0.75 && most <= Math.max(before, 1) * SAME;
    if (isCapped) {
      return {
        kind: 'connection-limit',
        sentence: `A limit of connections: it never has more than ${most} open to ${place}, however many of ${users(over)} wait.`,
      };
    }
    return {
      kind: 'downstream',
      sentence: `What it asks: at ${users(over)} it has ${most} connections to ${place} and takes ${percent(app.busiest)} of a core, so the time is spent there.`,
    };
  }
  if (refused.length > 0 && errorRate(over) > health.errorRate) {
    return {
      kind: 'connection-limit',
      sentence: `A limit of connections: at ${users(over)} requests are turned away (${refused.map(([kind, n]) => `${n} × ${kind}`).join(', ')}).`,
    };
  }
  // Little's law: how many are served at once is the throughput times the time that one takes where none waits.
  const served = (over.throughput * held.latency.p50) / 1000;
  if (app.busiest < IDLE_CORE && over.latency.mean > held.latency.mean * SAME) {
    return {
      kind: 'lock',
      sentence: `Waiting in the app itself: about ${Math.max(1, Math.round(served))} of ${users(over)} are served at once while the processor is free, as behind a lock or a limited queue.`,
    };
  }
  return { kind: 'unknown', sentence: `Nothing that was looked at runs out at ${users(over)}.` };
}

function users({ connections }: Measurement): string {
  return `${connections.toLocaleString('en-US')} users`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function mega(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
