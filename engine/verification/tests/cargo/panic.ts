import type { ToldFailure } from '../events.ts';
import type { CargoPlaces } from './places.ts';

const PANIC = /panicked at (\S+?\.rs):(\d+):(\d+):\n([\s\S]*)$/;
/** As Rust wrote it before 1.73. */
const OLD_PANIC = /panicked at '([\s\S]*?)', (\S+?\.rs):(\d+):(\d+)/;
const NO_PANIC = /(?<=note: )(test did not panic as expected) at (\S+?\.rs):(\d+):(\d+)/;
const AFTERWARDS = /\n(?:note: |stack backtrace:|test .* \.\.\. FAILED$|failures:$)[\s\S]*$/m;

/** Why a test failed, from what it said: the first panic, and what it compared. */
export function failureOf(text: string, places: CargoPlaces): ToldFailure {
  const [, file, line, column, now] = PANIC.exec(text) ?? [];
  const [, before, oldFile, oldLine, oldColumn] = OLD_PANIC.exec(text) ?? NO_PANIC.exec(text) ?? [];
  const message = (now ?? before ?? text).replace(AFTERWARDS, '').trim();
  const [, left, right] = /^\s*left: (.*)\n\s*right: (.*)$/m.exec(message) ?? [];
  const at = file ?? oldFile;
  return {
    message: message || 'The test failed without a word.',
    ...(left !== undefined && right !== undefined && { actual: left.replace(/,$/, ''), expected: right }),
    ...(text && { stack: text }),
    ...(at !== undefined && { at: { file: places.resolve(at), place: [Number(line ?? oldLine), Number(column ?? oldColumn)] } }),
  };
}
