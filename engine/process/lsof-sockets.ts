import { said } from './said.ts';
import type { Socket } from './sockets.ts';

const STATES: Record<string, Socket['state']> = { LISTEN: 'listening', ESTABLISHED: 'connected' };

/** The TCP sockets of some processes, as `lsof` tells. */
export async function listedSockets(pids: readonly number[]): Promise<Socket[]> {
  return parseLsof(await said('lsof', ['-nP', '-a', '-iTCP', '-p', pids.join(','), '-FpfnT']));
}

/** Reads the fields that `lsof -F` writes, a line each: `p` begins a process, `f` a file of it, `n` names it, `TST=` is its state (lsof(8), "OUTPUT FOR OTHER PROGRAMS"). Pure. */
export function parseLsof(text: string): Socket[] {
  const found: Socket[] = [];
  let pid = 0;
  let state: string | undefined;
  let name: string | undefined;
  const take = () => {
    const [here, there] = (name ?? '').split('->').map(addressOf);
    if (here) {
      const isListening = STATES[state ?? ''] === 'listening';
      found.push({
        pid,
        state: STATES[state ?? ''] ?? 'other',
        localPort: here.port,
        localOnly: here.host.startsWith('127.') || here.host === '::1',
        remote: isListening || !there ? '' : `${there.host}:${there.port}`,
        remotePort: isListening || !there ? 0 : there.port,
      });
    }
    [state, name] = [undefined, undefined];
  };
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p') || line.startsWith('f')) take();
    if (line.startsWith('p')) pid = Number(value);
    else if (line.startsWith('n')) name = value;
    else if (line.startsWith('TST=')) state = line.slice(4);
  }
  take();
  return found;
}

/** `127.0.0.1:8080`, `[::1]:8080`, and `*:8080` for all addresses. */
function addressOf(text: string): { host: string; port: number } | undefined {
  const [, host = '', port] = /^\[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  if (port === undefined) return undefined;
  return { host: host.replace(/^::ffff:(?=\d+\.)/, ''), port: Number(port) };
}
