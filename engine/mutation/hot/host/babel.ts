import { type InputOptions, parseAsync as parse } from '@babel/core';

/** Stands in for `@babel/core` in the instrumenter's parser of JavaScript files. */
export * from '@babel/core';

/** Parses without the project's Babel configuration, which takes longer to load than the file to parse, and with it where the syntax needs it. */
export async function parseAsync(code: string, options: InputOptions): ReturnType<typeof parse> {
  try {
    return await parse(code, { ...options, configFile: false, babelrc: false });
  } catch (error) {
    return parse(code, options).catch(() => {
      throw error;
    });
  }
}
