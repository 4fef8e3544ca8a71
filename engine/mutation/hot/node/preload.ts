import { pathToFileURL } from 'node:url';
import { shippedFile } from '../../../process/index.ts';
import { ENV } from '../worker/names.ts';
import { serveTexts } from './texts.ts';

/** What a worker runs before everything else, even before the loaders that Node is told to import. */

// What tests start in turn inherits Node's arguments; it gets the files as they are.
if (process.env[ENV.parent] === String(process.ppid)) serveTexts(pathToFileURL(shippedFile('dist', 'hot', 'loader-hooks.js')).href);
process.execArgv = process.execArgv.filter((argument) => argument !== `--import=${import.meta.url}`);
