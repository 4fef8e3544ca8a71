import { execFile } from 'node:child_process';

/** Where a system's own programs lie that are not on everybody's path. */
const PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

/** What a program of the system says, in no language but English; nothing where it is not there. It has ended when this resolves. */
export function said(program: string, args: readonly string[]): Promise<string> {
  const options = { env: { PATH, LC_ALL: 'C' }, maxBuffer: 1 << 26, timeout: 10_000, windowsHide: true };
  return new Promise((resolve) => execFile(program, [...args], options, (_error, stdout) => resolve(stdout)));
}
