import { readFileSync } from 'node:fs';
import os from 'node:os';

/** The day and the machine that numbers come from, in one line. */
export function machine(): string {
  const name = /^PRETTY_NAME="(.*)"/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? os.type();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const [load] = os.loadavg() as [number];
  return `${new Date().toISOString().slice(0, 10)}; ${name}, ${os.availableParallelism()} cores, ${memory} GiB; Node ${process.versions.node}; load before the start ${load.toFixed(1)}`;
}
