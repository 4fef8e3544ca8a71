import { realpathSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';
import { coverageFolder, write } from './folder.ts';
import { ScriptTexts } from './script-texts.ts';

/**
 * Loaded before each Node process and thread of a test command whose coverage is asked for. V8 counts by itself (`NODE_V8_COVERAGE`); what it does not tell are the
 * texts of what was compiled before it ran, and whether other tools measure in its place.
 */

/** Package managers, which run nothing of the project in their own process. */
const MANAGER = /[\\/](npm|npx|pnpm|yarn|corepack)[\\/].*\.[cm]?js$/;
/** Frameworks that run the project's code in a way of their own, which is measured there. */
const OWN_WAY = /[\\/]node_modules[\\/](vitest|jest|jest-cli)[\\/]/;

/** Kept until the end, since V8's counts go with it: see {@link ScriptTexts}. */
const session = new Session();

if (coverageFolder !== undefined) {
  const { NODE_V8_COVERAGE: v8, NYC_CONFIG: nyc } = process.env;
  const program = real(process.argv[1] ?? '');
  if (OWN_WAY.test(program)) {
    delete process.env['NODE_V8_COVERAGE'];
    write('apart', process.pid);
  } else if (nyc !== undefined) {
    // nyc rewrites the code and counts in it: V8 would count in what was rewritten.
    write('apart', process.pid);
    writeNyc(nyc);
  } else if (MANAGER.test(program)) write('apart', process.pid);
  else {
    if (v8 !== undefined && v8 !== coverageFolder) write('elsewhere', v8);
    process.on('exit', writeTexts);
  }
}

function writeNyc(config: string): void {
  try {
    const { tempDir = '.nyc_output', cwd = process.cwd() } = JSON.parse(config) as { tempDir?: string; cwd?: string };
    write('elsewhere', path.resolve(cwd, tempDir));
  } catch {
    // Another version may write it otherwise: then nothing is known of this process.
  }
}

function writeTexts(): void {
  try {
    session.connect();
    const texts = new ScriptTexts(session).changed();
    if (Object.keys(texts).length > 0) write('texts', { pid: process.pid, texts });
  } catch {
    // A debugger may be there already.
  }
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
