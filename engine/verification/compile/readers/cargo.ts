import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Found, placed, severityOf } from './reader.ts';

interface Span {
  file_name: string;
  line_start: number;
  column_start: number;
  line_end: number;
  column_end: number;
  is_primary: boolean;
  label: string | null;
  expansion: { span: Span } | null;
}

interface Message {
  level: string;
  message: string;
  code: { code: string } | null;
  spans: Span[];
  rendered: string | null;
}

/** A line of Cargo's `--message-format=json…`. */
export interface CargoLine {
  /** What is shown for people instead of it; missing where there is nothing to show. */
  shown?: string;
  found?: Found & { bases: string[] };
}

/** Reads a line of Cargo's JSON; nothing where it is none. */
export function cargoLine(line: string): CargoLine | undefined {
  if (!line.startsWith('{"reason":')) return undefined;
  try {
    const { message, manifest_path: manifest } = JSON.parse(line) as { message?: Message; manifest_path?: string };
    if (!message) return {};
    const shown = message.rendered?.replace(/\n+$/, '\n');
    return { ...(shown && { shown }), ...found(message, manifest ?? '') };
  } catch {
    return undefined;
  }
}

function found({ level, message, code, spans, rendered }: Message, manifest: string): Pick<CargoLine, 'found'> {
  if (!/^(error|warning)/.test(level)) return {};
  const span = inOwnCode(spans.find(({ is_primary }) => is_primary));
  // Counts of what was told before have neither place nor code, as has what the linker says.
  if (!span && !code && /^(aborting due to|\d+ warnings? emitted|Some errors have|For more information)/.test(message)) return {};
  const detail = rendered && stripVTControlCharacters(rendered).trim().split('\n').slice(1).filter(Boolean).join('\n');
  return {
    found: {
      tool: 'cargo',
      severity: severityOf(level),
      message,
      ...(code && { code: code.code }),
      ...(detail && { detail }),
      ...(span && placed(span.file_name, span.line_start, span.column_start)),
      ...(span && { end: { line: span.line_end - 1, column: span.column_end - 1 } }),
      bases: ancestors(path.dirname(manifest)),
    },
  };
}

/** The place where a macro of someone else was called, where the span is inside of it. */
function inOwnCode(span: Span | undefined): Span | undefined {
  let at = span;
  while (at?.expansion && /^(\/rustc\/|<)/.test(at.file_name)) at = at.expansion.span;
  return at;
}

/** Paths are relative to the workspace's root, which is the package's directory or above it. */
function ancestors(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}
