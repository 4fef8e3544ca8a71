import path from 'node:path';
import { eventsFile } from './tell.ts';
import { wantedOf } from './wanted.ts';

/** The options of c8 and nyc that say where reports and counts lie, in all their spellings. */
const FOLDERS = /^(?:--(?:reports?-dir|temp-dir(?:ectory)?)|-o|-t)(=|$)/;

/** Has c8 or nyc write to a folder of the run where just some of the tests run: their report would take the place of that of all. */
export function listen(script: string | undefined): void {
  if (script === undefined || eventsFile === undefined || !wantedOf()) return;
  const [folder, counts] = /[\\/]c8[\\/]bin[\\/]/.test(script) ? ['--reports-dir', '--temp-directory'] : ['--report-dir', '--temp-dir'];
  const elsewhere = path.join(path.dirname(eventsFile), 'coverage-of-some');
  const left = withoutFolders(process.argv.slice(2));
  process.argv.splice(2, process.argv.length, `${folder}=${elsewhere}`, `${counts}=${path.join(elsewhere, 'tmp')}`, ...left);
}

/** Arguments without what they say of folders before the command that is measured: an option that is given twice is a list. */
export function withoutFolders(args: readonly string[]): string[] {
  const left: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const [, whole] = FOLDERS.exec(arg) ?? [];
    if (whole === '') i++;
    if (whole !== undefined) continue;
    // The value of an option may stand behind it.
    if (!arg.startsWith('-') && !/^--?[^=]+$/.test(args[i - 1] ?? '')) return [...left, ...args.slice(i)];
    left.push(arg);
  }
  return left;
}
