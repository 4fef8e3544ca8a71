import path from 'node:path';
import { placed, type Reader, type Tell } from './reader.ts';

const FILE = /^(?:\*\*\* )? {2}File "(.+)", line (\d+)$/;
const ERROR = /^(SyntaxError|IndentationError|TabError): (.*)$/;
/** `py_compile` about indentation: the name of the file without its directory, and no end of the line. */
const SORRY = /Sorry: (\w+Error): (.*?) \(([^()]+), line (\d+)\)/g;
const COMPILING = /^(?:Compiling|\*\*\* Error compiling) '(.+)'\.\.\.$/;
/** What the compiler warns of; other warnings come from code that runs. */
const WARNING = /^(\S.*):(\d+): (SyntaxWarning|DeprecationWarning|PendingDeprecationWarning): (.*)$/;
const AT_COMPILE_TIME = /^invalid (?:escape|octal escape|\w+ literal)|^(?:'return'|'break'|'continue') in a 'finally'/;
const MISSING = /^\[Errno \d+\] .*: '.*\.py'$/;

/** Reads what Python's compiler says: of `py_compile`, `compileall`, and programs that import what does not compile. Its columns are left out: it takes the indentation off the line that it shows. */
export function python(tell: Tell): Reader {
  let place: { path: string; line: string } | undefined;
  let compiling = '';
  return {
    hear(line) {
      compiling = COMPILING.exec(line)?.[1] ?? compiling;
      const [, file, row = ''] = FILE.exec(line) ?? [];
      if (file) {
        place = { path: file, line: row };
        return true;
      }
      const [, kind = '', message = ''] = ERROR.exec(line) ?? [];
      if (kind && place) {
        // Line 0 is what Python says where the file's encoding could not be read.
        tell({ tool: 'python', severity: 'error', code: kind, message, ...placed(place.path, Math.max(1, Number(place.line))) });
        place = undefined;
        return true;
      }
      if (place && !/^\s/.test(line)) place = undefined;
      const sorry = /^(?:\*\*\* )?Sorry: /.test(line) ? [...line.matchAll(SORRY)] : [];
      for (const [, code = '', why = '', name = '', at] of sorry) {
        const whole = path.posix.basename(compiling) === name ? compiling : name;
        tell({ tool: 'python', severity: 'error', code, message: why, ...placed(whole, at) });
      }
      if (sorry.length > 0) return true;
      const [, source, where, category = '', text = ''] = WARNING.exec(line) ?? [];
      if (source && (category === 'SyntaxWarning' || AT_COMPILE_TIME.test(text))) {
        tell({ tool: 'python', severity: 'warning', code: category, message: text, ...placed(source, where) });
        return true;
      }
      if (!MISSING.test(line)) return false;
      tell({ tool: 'python', severity: 'error', message: line });
      return true;
    },
  };
}
