import { minimatch } from 'minimatch';
import type { NotUseful } from '../../workspace/index.ts';

/** Longest code that is written into a configuration, characters: of longer code its beginning stands for it. */
const LONGEST = 100;

/** What is compared of a mutant. */
interface Code {
  mutator: string;
  original: string;
  replacement: string;
}

/** The pattern of a survivor of `file` (relative to the package) that someone calls not useful: this change, of this code, in this file. */
export function notUsefulPattern({ mutator, original, replacement }: Code, file: string): NotUseful {
  return { mutator, original: short(original), replacement: short(replacement), file };
}

/** The first pattern that a mutant of `file` (relative to the package) is like. */
export function matchingPattern(mutant: Code, file: string, patterns: readonly NotUseful[]): NotUseful | undefined {
  return patterns.find(
    (pattern) =>
      pattern.mutator === mutant.mutator &&
      isLike(mutant.original, pattern.original) &&
      (pattern.replacement === undefined || isLike(mutant.replacement, pattern.replacement)) &&
      (pattern.file === undefined || pattern.file === file || minimatch(file, pattern.file, { dot: true })),
  );
}

/** The text of a configuration with a pattern more, in the indentation that it has; undefined where the text is not JSON with an object. */
export function withPattern(text: string | undefined, pattern: NotUseful): string | undefined {
  const indentation = /^\{\s*?\n([ \t]+)/.exec(text ?? '')?.[1] ?? '  ';
  try {
    const config = (text?.trim() ? JSON.parse(text) : {}) as { mutation?: { notUseful?: NotUseful[] } };
    const mutation = { ...config.mutation, notUseful: [...(config.mutation?.notUseful ?? []), pattern] };
    return `${JSON.stringify({ ...config, mutation }, null, indentation)}\n`;
  } catch {
    return undefined;
  }
}

function isLike(code: string, pattern: string): boolean {
  return pattern.endsWith('…') ? oneLine(code).startsWith(pattern.slice(0, -1)) : oneLine(code) === pattern || code === pattern;
}

function short(code: string): string {
  const line = oneLine(code);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}
