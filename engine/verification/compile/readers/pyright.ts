import { type Found, placed, type Reader, severityOf, type Tell } from './reader.ts';

const PLACED = /^ {2}(\S.*?)(?::(\d+):(\d+))? - (error|warning|information): (.*)$/;
const RULE = /\s\((report\w+)\)$/;
const NO_FILES = /^(No source files found\.|File or directory ".*" does not exist\.?)$/;

/** Reads pyright and basedpyright, whose messages may have several lines with the rule behind the last. */
export function pyright(tell: Tell): Reader {
  let open: Found | undefined;
  return {
    hear(line) {
      const [, path, row, column, level = '', message = ''] = PLACED.exec(line) ?? [];
      if (path) {
        open = { tool: 'pyright', severity: severityOf(level), message, ...placed(path, row, column) };
        rule(open);
        if (level !== 'information') tell(open);
        return true;
      }
      // Further lines are indented with spaces that do not break.
      if (open && !open.code && /^ {2}\s{2,}\S/.test(line)) {
        open.message += `\n${line.slice(2).replaceAll('\u00a0', ' ')}`;
        rule(open);
        return true;
      }
      open = undefined;
      if (NO_FILES.test(line)) tell({ tool: 'pyright', severity: 'error', message: line });
      return false;
    },
  };
}

function rule(found: Found): void {
  const code = RULE.exec(found.message)?.[1];
  if (!code) return;
  found.code = code;
  found.message = found.message.replace(RULE, '');
}
