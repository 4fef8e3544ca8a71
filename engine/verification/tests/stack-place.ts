import { fileURLToPath } from 'node:url';
import type { Position } from '../../model/index.ts';

const FRAME = /^\s*at (?:.*?\()?(?:async )?((?:file:\/\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/gm;
const NOT_THE_PROJECTS = /[\\/]node_modules[\\/]|^node:/;

/** The topmost frame of a JavaScript stack that lies in the project's own code. */
export function placeInStack(stack: string): { file: string; position: Position } | undefined {
  for (const [, at = '', line, column] of stack.matchAll(FRAME)) {
    if (NOT_THE_PROJECTS.test(at)) continue;
    return { file: at.startsWith('file:') ? pathOf(at) : at, position: { line: Number(line) - 1, column: Number(column) - 1 } };
  }
  return undefined;
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url.replace(/\?.*$/, ''));
  } catch {
    return url;
  }
}
