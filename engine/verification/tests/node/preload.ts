import { realpathSync } from 'node:fs';
import path from 'node:path';
import { EVENTS_VARIABLE } from '../events.ts';
import { frameworkOf, programBehind, programOf } from './program-of.ts';
import { tell } from './tell.ts';

/**
 * Loaded before each Node process of a test command (`NODE_OPTIONS=--require`): looks at what is about to run, and where it is a test framework, has it tell us
 * what its tests do. To all other processes it must cost next to nothing, so that the rest is loaded where it is needed.
 */
if (process.env[EVENTS_VARIABLE] !== undefined && process.env['NODE_TEST_CONTEXT'] === undefined) {
  try {
    const script = programBehind(process.argv[1] === undefined ? undefined : real(process.argv[1]), process.argv.slice(2));
    const program = programOf(script, process.execArgv);
    if (program && isMainThread()) {
      if (program !== 'launcher' && program !== 'coverage-tool') tell({ type: 'starts', framework: frameworkOf(program, script) });
      (require(path.join(__dirname, `${program}.cjs`)) as { listen(script: string | undefined): void }).listen(script);
    }
  } catch {
    // A framework that cannot be listened to runs as it would without us; what it says is read instead.
  }
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Asked only where it matters: to load what tells it takes as long as all else here. */
function isMainThread(): boolean {
  return (require('node:worker_threads') as typeof import('node:worker_threads')).isMainThread;
}
