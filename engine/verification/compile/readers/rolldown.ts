import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

const HEAD = /^(?:\[(plugin [^\]]+)\] )?(?:Warning: |Error: )?\[([A-Z][A-Z_]+)\] (?:(Warning|Error): )?(.*)$/;
/** What Rolldown says without a place. */
const CODES =
  /^(?:INEFFECTIVE_|CIRCULAR_|UNRESOLVED_|MISSING_EXPORT|IMPORT_IS_UNDEFINED|COMMONJS_|EMPTY_IMPORT_|PREFER_BUILTIN_|INVALID_OPTION|CONFIGURATION_)/;
/** A plugin's own words, in a build that failed. */
const BY_PLUGIN = /^\[([\w@][\w@:./-]*)\] (.*)$/;
const FRAME = /^ *╭─\[ (.+):(\d+):(\d+) \]$/;
const FAILED = /Build failed with \d+ errors?:$/;
const WARNED = /^(?:\[WARN\]|WARN| WARN|\(!\)|.*[Ww]arning)/;

/** Reads Rolldown, also inside of Vite and tsdown: a code, what is wrong, and a frame that says where. */
export function rolldown(tell: Tell): Reader {
  let open: Found | undefined;
  /** Below the line that says that the build failed stand errors; before it, warnings. */
  let failed = false;
  let told = false;
  return {
    hear(line) {
      failed ||= FAILED.test(line);
      const text = line.replace(/^ ?(?:WARN|ERROR) +/, '');
      const [, plugin, code, word, message = ''] = HEAD.exec(text) ?? [];
      if (code) {
        const severity = word ? severityOf(word) : failed && !WARNED.test(line) ? 'error' : 'warning';
        open = { tool: 'rolldown', severity, code, message: plugin ? `[${plugin}] ${message}` : message };
        // Others put words in capitals and brackets as well: unknown ones need a place, or the line before that says that the build failed.
        told = failed || CODES.test(code);
        if (told) tell(open);
        return told;
      }
      const [, own, says = ''] = failed && !open ? (BY_PLUGIN.exec(line) ?? []) : [];
      if (own) {
        open = { tool: 'rolldown', severity: 'error', message: `[${own}] ${says}` };
        told = true;
        tell(open);
        return true;
      }
      const [, path = '', row, column] = FRAME.exec(line) ?? [];
      if (open && path) {
        Object.assign(open, placed(path, row, column));
        if (!told) tell(open);
      }
      if (open && (path || line === '')) open = undefined;
      return path !== '';
    },
  };
}
