import { readFileSync } from 'node:fs';
import Module, { findPackageJSON } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';

const { _extensions: handlers } = Module as unknown as { _extensions: Record<string, unknown> };
const own = { ...handlers };
const known = new Map<string, boolean>();

/**
 * Whether Node loads a file as an ES module when CommonJS requires it: by its ending, by the type of its package, or by its text.
 * A file that somebody else's compiler handles is CommonJS.
 */
export function requiredAsModule(file: string): boolean {
  const ending = path.extname(file);
  if (ending === '.mjs') return true;
  if (!/^\.m?[jt]s$/.test(ending) || handlers[ending] !== own[ending]) return false;
  let answer = known.get(file);
  if (answer === undefined) {
    answer = ending === '.mts' || typeSays(file);
    known.set(file, answer);
  }
  return answer;
}

function typeSays(file: string): boolean {
  const manifest = findPackageJSON(pathToFileURL(file).href);
  try {
    const { type } = manifest ? (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }) : {};
    return type === undefined ? textSays(readFileSync(file, 'utf8')) : type === 'module';
  } catch {
    return false;
  }
}

function textSays(text: string): boolean {
  if (!/^\s*(import|export)\b/m.test(text)) return false;
  try {
    compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname']);
    return false;
  } catch (error) {
    return /import statement outside|Unexpected token 'export'|import\.meta/.test(String(error));
  }
}
