import { statSync } from 'node:fs';
import path from 'node:path';
import { changed, grownBy, inOrder } from '../writing/changes.ts';
import type { Compiler, Diagnostic, Program, SourceFile } from './compiler.ts';
import { mend } from './mending.ts';
import type { MissingName, Stretch } from './messages.ts';
import { type FindTool, load, type Mended } from './tool.ts';

/** How often a stretch is mended: what is wrong behind something shows when that is right. */
const MOST_ROUNDS = 4;

/** The project's own TypeScript, with the configuration nearest to the file. */
export const typescript: FindTool = async (file, text, project) => {
  const ts = load(project, 'typescript') as Compiler | undefined;
  // The native compiler has no such interface.
  if (typeof ts?.createProgram !== 'function') return undefined;
  const configFile = ts.findConfigFile(path.dirname(file), ts.sys.fileExists);
  if (configFile === undefined) return undefined;
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options: given, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(configFile));
  if (!/\.[cm]?tsx?$/.test(file) && !given['checkJs']) return undefined;
  const options = { ...given, noEmit: true, skipLibCheck: true, composite: false, incremental: false, declaration: false };
  // Declarations may say what is global; other sources are found by what the file imports.
  const roots = [file, ...fileNames.filter((name) => /\.d\.[cm]?ts$/.test(name) && name !== file)];
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const sources = sourcesFor(JSON.stringify([configFile, options]));
  let current = text;
  host.getSourceFile = (name, ...rest) => {
    if (path.resolve(name) === file) return read(name, ...rest) && withText(ts, name, current, rest[0]);
    const stamp = stampOf(name);
    const known = sources.get(name);
    if (known?.stamp === stamp) return known.source;
    const source = read(name, ...rest);
    sources.set(name, { stamp, source });
    return source;
  };
  let program: Program | undefined;
  const look = (other: string) => {
    current = other;
    program = ts.createProgram(roots, options, host, program);
    const source = program.getSourceFile(file);
    return { program, source, found: [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)] };
  };
  const messageOf = ({ code, messageText }: Diagnostic) => `${ts.flattenDiagnosticMessageText(messageText, ' ')} (TS${code})`;
  // What is wrong with the file as it is, a global that no configuration names for example, is wrong with its new tests as well.
  const known = new Set(look(text).found.map(messageOf));
  const against = (other: string) => {
    const { found, ...others } = look(other);
    return { ...others, found: found.filter((one) => !known.has(messageOf(one))) };
  };
  return {
    name: 'TypeScript',
    check: async (text) => against(text).found.map((one) => ({ offset: one.start ?? 0, message: messageOf(one) })),
    mend: async (text, stretches) => mended(ts, against, text, stretches),
  };
};

interface Look {
  program: Program;
  source: SourceFile | undefined;
  found: Diagnostic[];
}

/** Mends stretches of a text until nothing is left that can be; what is not right then is no part of the answer. */
function mended(ts: Compiler, look: (text: string) => Look, text: string, stretches: readonly Stretch[]): (Mended | undefined)[] {
  let now = text;
  let places = [...stretches];
  const names: MissingName[][] = stretches.map(() => []);
  for (let round = 0; ; round++) {
    // Behind everything else imports move nothing.
    const { program, source, found } = look(now + importsOf(names.flat()));
    const errorsOf = ({ start, end }: Stretch) => found.filter((one) => (one.start ?? -1) >= start && (one.start ?? -1) <= end);
    const edits = places.flatMap((stretch, i) => {
      const errors = errorsOf(stretch);
      if (!source || errors.length === 0) return [];
      const made = mend(ts, program, source, stretch, errors);
      names[i]?.push(...made.names);
      return made.edits;
    });
    if (edits.length === 0 || round === MOST_ROUNDS) {
      const isRight = (stretch: Stretch) => errorsOf(stretch).length === 0;
      return places.map((stretch, i) => (isRight(stretch) ? { text: now.slice(stretch.start, stretch.end), names: names[i] ?? [] } : undefined));
    }
    now = changed(now, inOrder(edits));
    places = places.map(({ start, end }) => ({
      start: start + grownBy(edits.filter((one) => one.start < start)),
      end: end + grownBy(edits.filter((one) => one.start <= end)),
    }));
  }
}

function importsOf(names: readonly MissingName[]): string {
  const lines = names.map(({ name, from, isType }) => `import ${isType ? 'type ' : ''}{ ${name} } from ${JSON.stringify(from)};`);
  return [...new Set(lines)].map((line) => `\n${line}`).join('');
}

/** What was parsed of a project's files, by its options, for as long as this process lives: most are the same the next time. */
const parsed = new Map<string, Sources>();
type Sources = Map<string, { stamp: string; source: SourceFile | undefined }>;

function sourcesFor(options: string): Sources {
  const known = parsed.get(options) ?? new Map();
  parsed.set(options, known);
  return known;
}

/** Another one once a file was written. */
function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size}` : '';
}

function withText(ts: Compiler, name: string, text: string, target: unknown): SourceFile {
  return ts.createSourceFile(name, text, target, true);
}
