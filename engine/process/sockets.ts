import { listedSockets } from './lsof-sockets.ts';
import { procSockets } from './proc-sockets.ts';

/** A TCP socket of a process. */
export interface Socket {
  pid: number;
  state: 'listening' | 'connected' | 'other';
  localPort: number;
  /** Whether it only takes what comes from this machine. */
  localOnly: boolean;
  /** `127.0.0.1:5432`; empty where it listens. */
  remote: string;
  remotePort: number;
}

/** The TCP sockets of some processes: Linux tells them in `/proc`, macOS and the BSDs through `lsof`; empty where nothing does (Windows). */
export async function socketsOf(pids: readonly number[], platform: NodeJS.Platform = process.platform): Promise<Socket[]> {
  if (pids.length === 0 || platform === 'win32') return [];
  return platform === 'linux' ? procSockets(pids) : listedSockets(pids);
}
