import { type InputOptions, parseAsync as parse } from '@babel/core';

/**
 * Stands in for `@babel/core` in StrykerJS's parser of JavaScript files, which applies the project's own Babel configuration: one written for
 * Babel 7 fails in the Babel 8 that StrykerJS brings. Such a configuration is left out; all syntax of the language itself is parsed without one.
 */
export * from '@babel/core';

/** Parses with the project's configuration, and without where that cannot be loaded. Syntax errors are thrown as they are. */
export async function parseAsync(code: string, options: InputOptions): ReturnType<typeof parse> {
  try {
    return await parse(code, options);
  } catch (error) {
    if ((error as { code?: string }).code === 'BABEL_PARSE_ERROR') throw error;
    return parse(code, { ...options, configFile: false, babelrc: false });
  }
}
