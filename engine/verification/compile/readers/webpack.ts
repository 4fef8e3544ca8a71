import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

/** `ERROR in ./src/a.js 1:2-10`, with `:` before the line from fork-ts-checker-webpack-plugin, or with no place but a message. */
const HEAD = /^( {0,4})(ERROR|WARNING) in (.+)$/;
const MODULE = /^((?:\.{0,2}[\\/]|[A-Za-z]:[\\/])?\S*\.\w+)(?:[ :](\d+):(\d+)(?:-(?:(\d+):)?(\d+))?)?(?: \(.*\))?$/;
const OF_LOADER = /^\[tsl\] (?:ERROR|WARNING) in (.+)\((\d+),(\d+)\)$/;
const OF_TYPESCRIPT = /^\s*(TS\d+): (.*)$/;
const FROM_LOADER = /^Module (?:build|Error|Warning) ?(?:failed )?\(from .+\):$/;
/** PostCSS, through css-loader. */
const OF_POSTCSS = /^\((\d+):(\d+)\) (\S.*?\.\w+) (.*)$/;
const AT_END = / ?\((\d+):(\d+)\)$/;
const WITH_PATH = /^\w*Error: (?:(?:\/|[A-Za-z]:[\\/])\S*: )?/;
/** What follows a message: the code, who imported it, how it was looked for, where it was thrown. */
const BELOW = /^(\s*>? *\d+ [|│]| +@ | *[|│]|resolve '|\s+at |ts-loader-\S+$)/;
/** Lines of its statistics: without a module's name behind them, its headings are ordinary words. */
const OF_WEBPACK =
  /^ *(?:assets? |Entrypoint \S+ |modules by |(?:runtime|orphan|cacheable) modules |webpack \d)|\(webpack \d|\[built\]|^ *\S+ \d[\d.]* (?:bytes|[KM]iB) \[/;
const FAILED = /^\[webpack-cli\] (?:✖ )?(?:(?:\w*Error: )?(Invalid .*)|Failed to load '(.+)' config)$/;
const THROWN = /^ {0,2}(?:\[webpack-cli\] )?\w*Error(?: \[\w+\])?: (.*)$/;

/** Reads webpack, with what ts-loader, Babel's loader and fork-ts-checker-webpack-plugin say through it. */
export function webpack(tell: Tell): Reader {
  let open: Found | undefined;
  /** The configuration could not be loaded, and what was thrown comes next. */
  let config: string | undefined;
  let webpackSpoke = false;
  /** Statistics of several configurations are indented. */
  let indent = '';

  function message(found: Found, line: string): void {
    const [, path, row, column] = OF_LOADER.exec(line) ?? [];
    const [, code, text = ''] = OF_TYPESCRIPT.exec(line) ?? [];
    const [, cssRow, cssColumn, css = '', said = ''] = OF_POSTCSS.exec(line) ?? [];
    if (path) Object.assign(found, placed(path, row, column));
    else if (css) Object.assign(found, { message: said, ...placed(css, cssRow, cssColumn) });
    else if (code) Object.assign(found, { tool: 'tsc', code, message: text });
    else if (found.code) found.message += `\n${line.replace(/^ {6}/, '')}`;
    else if (!FROM_LOADER.test(line) && line !== 'SyntaxError' && found.message === '') {
      const [, lineAtEnd, columnAtEnd] = AT_END.exec(line) ?? [];
      found.message = line.replace(WITH_PATH, '').replace(AT_END, '');
      if (lineAtEnd && found.path !== undefined && found.line === undefined)
        Object.assign(found, placed(found.path, lineAtEnd, Number(columnAtEnd) + 1));
    }
  }

  return {
    hear(line) {
      webpackSpoke ||= OF_WEBPACK.test(line);
      const [, before = '', level = '', rest = ''] = HEAD.exec(line) ?? [];
      const [, path, row, column, endRow, endColumn] = (level && MODULE.exec(rest)) || [];
      if (level && (path !== undefined || webpackSpoke)) {
        indent = before;
        const ofChecker = path !== undefined && rest.startsWith(`${path}:`);
        open = { tool: 'webpack', severity: severityOf(level), message: path === undefined && / /.test(rest) ? rest : '' };
        if (path !== undefined) Object.assign(open, placed(path, row, column && Number(column) + (ofChecker ? 0 : 1)));
        if (row && endColumn) open.end = { line: Number(endRow ?? row) - 1, column: Number(endColumn) - (ofChecker ? 1 : 0) };
        if (open.message !== '') tell(open);
        return true;
      }
      if (open) {
        const text = line.startsWith(indent) ? line.slice(indent.length) : line;
        const empty = open.message === '';
        if (text.trim() === '' || BELOW.test(text)) {
          if (!empty) open = undefined;
          return true;
        }
        message(open, text);
        if (empty && open.message !== '') tell(open);
        return true;
      }
      const [, invalid, broken] = FAILED.exec(line) ?? [];
      if (invalid) tell({ tool: 'webpack', severity: 'error', message: invalid });
      const thrown = config === undefined ? undefined : THROWN.exec(line)?.[1];
      if (config !== undefined && thrown !== undefined) {
        tell({ tool: 'webpack', severity: 'error', message: thrown, path: config });
        config = undefined;
      }
      config = broken ?? config;
      return invalid !== undefined || broken !== undefined;
    },
  };
}
