import { execFileSync } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT, temporaryFolder } from './temporary.ts';

/** Builds what ships, minified, into a temporary folder; answers the folder. */
export function minifiedInstallation(): string {
  const folder = temporaryFolder();
  execFileSync(process.execPath, ['esbuild.mjs', '--minify', `--outdir=${path.join(folder, 'dist')}`], { cwd: ROOT, stdio: 'inherit' });
  copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  for (const name of ['node_modules', 'docs']) symlinkSync(path.join(ROOT, name), path.join(folder, name), 'junction');
  return folder;
}
