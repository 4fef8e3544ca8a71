import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Socket } from './sockets.ts';

/** States of `/proc/net/tcp`: include/net/tcp_states.h of Linux. */
const STATES: Record<string, Socket['state']> = { '0A': 'listening', '01': 'connected' };

/** The TCP sockets of some processes, as Linux's `/proc` tells. */
export async function procSockets(pids: readonly number[]): Promise<Socket[]> {
  const owners = new Map<string, number>();
  for (const pid of pids) for (const inode of await inodesOf(pid)) owners.set(inode, pid);
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1').catch(() => '')));
  return tables
    .flatMap((table) => parseSockets(table))
    .flatMap(({ inode, ...socket }) => {
      const pid = owners.get(inode);
      return pid === undefined ? [] : [{ pid, ...socket }];
    });
}

/** Reads `/proc/net/tcp` or `tcp6` (proc_net(5)). */
export function parseSockets(table: string): (Omit<Socket, 'pid'> & { inode: string })[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local = '', remote = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
      if (!inode) return [];
      const here = addressOf(local);
      const there = addressOf(remote);
      const isListening = STATES[state] === 'listening';
      return [
        {
          state: STATES[state] ?? 'other',
          localPort: here.port,
          localOnly: here.host.startsWith('127.') || here.host === '::1',
          remote: isListening ? '' : `${there.host}:${there.port}`,
          remotePort: isListening ? 0 : there.port,
          inode,
        } as const,
      ];
    });
}

async function inodesOf(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all((await readdir(folder).catch(() => [])).map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

/** `0100007F:1F90` is 127.0.0.1:8080: words of 32 bits, each in the order of bytes of the machine (little-endian wherever we run). */
function addressOf(text: string): { host: string; port: number } {
  const [address = '', port = '0'] = text.split(':');
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)));
  return { host: hostOf(bytes), port: Number.parseInt(port, 16) };
}

function hostOf(bytes: readonly number[]): string {
  if (bytes.length <= 4) return bytes.join('.');
  // An IPv4 address in the clothes of IPv6: ::ffff:127.0.0.1.
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255) return bytes.slice(12).join('.');
  if (bytes.slice(0, 15).every((byte) => byte === 0)) return bytes[15] === 1 ? '::1' : '::';
  return Array.from({ length: 8 }, (_, i) => (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16)).join(':');
}
