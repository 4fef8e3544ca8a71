import { type Found, placed, type Reader, type Tell } from './reader.ts';
import { rollupMessage } from './rollup.ts';

const FAILED = /^error during build:\s*$/;
const PLUGIN = /^(\[[\w:@./-]+\] )(?:\[plugin [^\]]+\] )?(.*)$/;
const FILE = /^file: (.+?)(?::(\d+):(\d+))?(?: \(.*\))?$/;
const WARNING = /^(?:\[plugin ([^\]]+)\] )?([^\s([][^([]*?\.\w+) \((\d+):(\d+)\): (.*)$/;
const ERROR_NAME = /^\w*Error(?: \[\w+\])?: /;
const OF_ESBUILD = /\b(?:Build|Transform) failed with \d+ errors?:$/;
const IMPORTER = /^\[vite\]: Rollup failed to resolve import ".*" from "(.+)"/;
const CONFIG = /^failed to load config from (.+)$/;

/** Reads Vite's own words: the error that ends a build, and warnings of its bundler. What esbuild says inside of them is told by esbuild's reader. */
export function vite(tell: Tell): Reader {
  let awaited = false;
  let open: Found | undefined;
  let config: string | undefined;
  return {
    hear(line) {
      config = CONFIG.exec(line)?.[1] ?? config;
      if (FAILED.test(line)) {
        awaited = true;
        return true;
      }
      if (awaited) {
        awaited = false;
        const message = line.replace(ERROR_NAME, '').replace(PLUGIN, '$1$2');
        if (OF_ESBUILD.test(message)) return true;
        open = { tool: 'vite', severity: 'error', ...rollupMessage(message) };
        const importer = IMPORTER.exec(message)?.[1];
        if (open.path === undefined && (importer ?? config)) open.path = importer ?? (config as string);
        tell(open);
        return true;
      }
      if (open) {
        const [, file = '', row, column] = FILE.exec(line) ?? [];
        if (file) Object.assign(open, placed(file, row, column && Number(column) + 1));
        if (file || /^$| {4}at /.test(line)) open = undefined;
        else if (open.path === undefined || open.path === config) open.message += `\n${line}`;
        return true;
      }
      const [, plugin, path = '', row, column, message = ''] = WARNING.exec(line) ?? [];
      if (!path) return false;
      tell({
        tool: 'vite',
        severity: 'warning',
        message: plugin ? `[plugin ${plugin}] ${message}` : message,
        ...placed(path, row, Number(column) + 1),
      });
      return true;
    },
  };
}
