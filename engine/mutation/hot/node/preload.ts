import { hideFlags } from '../worker/flags.ts';
import { ENV } from '../worker/names.ts';
import { LOADER_HOOKS, withoutLoaderHooks } from './loader-thread.ts';
import { serveTexts } from './texts.ts';

/** What a worker runs before everything else, even before the loaders that Node is told to import. */

const options = process.env['NODE_OPTIONS'];
const theirs = withoutLoaderHooks(options);
// What tests start in turn inherits Node's arguments; it gets the files as they are.
if (process.env[ENV.parent] === String(process.ppid)) serveTexts(LOADER_HOOKS, options !== theirs);
if (options !== theirs) process.env['NODE_OPTIONS'] = theirs;
hideFlags(`--import=${import.meta.url}`);
