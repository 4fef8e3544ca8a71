import { parse } from '@babel/parser';

/**
 * Stands in for `@babel/core` in StrykerJS's instrumenter: of all that Babel loads to find a project's configuration nothing is asked, for texts are parsed
 * without one (`parse.ts`), and the instrumenter's own text has none.
 */
export { File, NodePath, template, traverse, types } from '@babel/core';

/** Parses the text that all instrumented files begin with. */
export function parseSync(code: string): ReturnType<typeof parse> {
  return parse(code);
}
