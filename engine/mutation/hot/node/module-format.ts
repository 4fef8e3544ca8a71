import Module from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';

const { _extensions: handlers } = Module as unknown as { _extensions: Record<string, unknown> };
const own = { ...handlers };

/**
 * Whether Node makes an ES module of a file that CommonJS requires. A file that somebody else's compiler handles is CommonJS.
 *
 * @param format what Node and its hooks take it for; nothing where only the text can tell
 */
export function becomesModule(file: string, format: string | null | undefined, source: string): boolean {
  const ending = path.extname(file);
  if (handlers[ending] !== own[ending]) return false;
  if (format === undefined || format === null || format === 'typescript') return isModuleText(source);
  return format.startsWith('module');
}

function isModuleText(text: string): boolean {
  if (!/^\s*(import|export)\b/m.test(text)) return false;
  try {
    compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname']);
    return false;
  } catch (error) {
    return /import statement outside|Unexpected token 'export'|import\.meta/.test(String(error));
  }
}
