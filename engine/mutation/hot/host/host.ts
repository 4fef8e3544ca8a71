import { constants, setPriority } from 'node:os';
import { startInstrumenter } from './instrumenting.ts';

/**
 * The process that judges mutants hot, on the user's Node: `host.js RUN_FOLDER [once]`. It takes requests as lines of JSON on file descriptor 5, one run
 * after the other (or `once`), and says what happens on file descriptor 4; when no more can come it ends. Its parent ends it and everything it started.
 */

const [folder, once] = process.argv.slice(2) as [string, string | undefined];
// Behind an editor, which has to answer while the tests take all processors. What is started from here has the same priority.
if (once === undefined) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
// Before all else is loaded: what instruments takes the longest to load, and tests wait for what it makes.
const instrumenter = startInstrumenter();
const { serveRequests } = await import('./serving.ts');
await serveRequests(folder, instrumenter, once !== undefined);
