import { statSync } from 'node:fs';
import path from 'node:path';
import { type FindTool, load } from './tool.ts';

/** What is used of the compiler's interface, in whatever version the project has. */
interface Compiler {
  sys: { fileExists(file: string): boolean; readFile(file: string): string | undefined };
  findConfigFile(directory: string, exists: (file: string) => boolean): string | undefined;
  readConfigFile(file: string, read: (file: string) => string | undefined): { config?: unknown };
  parseJsonConfigFileContent(config: unknown, host: unknown, directory: string): { options: Options; fileNames: string[] };
  createCompilerHost(options: Options): Host;
  createProgram(files: readonly string[], options: Options, host: Host, old?: Program): Program;
  createSourceFile(file: string, text: string, target: unknown, parents?: boolean): SourceFile;
  flattenDiagnosticMessageText(text: unknown, newLine: string): string;
}
interface Options {
  [option: string]: unknown;
}
interface Host {
  getSourceFile(file: string, ...rest: unknown[]): SourceFile | undefined;
}
interface SourceFile {
  fileName: string;
}
interface Diagnostic {
  start?: number;
  code: number;
  messageText: unknown;
}
interface Program {
  getSourceFile(file: string): SourceFile | undefined;
  getSemanticDiagnostics(file?: SourceFile): readonly Diagnostic[];
  getSyntacticDiagnostics(file?: SourceFile): readonly Diagnostic[];
}

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
  const complain = (changed: string) => {
    current = changed;
    program = ts.createProgram(roots, options, host, program);
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0, code, messageText }) => ({
      offset: start,
      message: `${ts.flattenDiagnosticMessageText(messageText, ' ')} (TS${code})`,
    }));
  };
  // What is wrong with the file as it is, a global that no configuration names for example, is wrong with its new tests as well.
  const known = new Set(complain(text).map(({ message }) => message));
  return { name: 'TypeScript', check: async (changed) => complain(changed).filter(({ message }) => !known.has(message)) };
};

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
