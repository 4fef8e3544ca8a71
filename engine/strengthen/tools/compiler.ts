/** What is used of the compiler's interface, in whatever version the project has. */
export interface Compiler {
  sys: { fileExists(file: string): boolean; readFile(file: string): string | undefined };
  findConfigFile(directory: string, exists: (file: string) => boolean): string | undefined;
  readConfigFile(file: string, read: (file: string) => string | undefined): { config?: unknown };
  parseJsonConfigFileContent(config: unknown, host: unknown, directory: string): { options: Options; fileNames: string[] };
  createCompilerHost(options: Options): Host;
  createProgram(files: readonly string[], options: Options, host: Host, old?: Program): Program;
  createSourceFile(file: string, text: string, target: unknown, parents?: boolean): SourceFile;
  flattenDiagnosticMessageText(text: unknown, newLine: string): string;
  forEachChild(node: Node, visit: (child: Node) => void): void;
  isPropertyAccessExpression(node: Node): boolean;
  isElementAccessExpression(node: Node): boolean;
  isCallExpression(node: Node): boolean;
  isStringLiteral(node: Node): boolean;
  isNumericLiteral(node: Node): boolean;
  isImportDeclaration(node: Node): boolean;
  isEnumMember(node: Node): boolean;
  TypeFlags: { EnumLiteral: number; Null: number; Undefined: number; String: number; Number: number };
  SymbolFlags: { Alias: number };
}

/** Compiler options. */
export interface Options {
  [option: string]: unknown;
}

/** What a program is read through. */
export interface Host {
  getSourceFile(file: string, ...rest: unknown[]): SourceFile | undefined;
}

/** A node of a syntax tree; most have only some of these. */
export interface Node {
  parent?: Node;
  text?: string;
  expression?: Node;
  argumentExpression?: Node;
  name?: Node;
  arguments?: readonly Node[];
  moduleSpecifier?: Node;
  importClause?: { name?: Node; namedBindings?: { elements?: readonly Node[] } };
  questionDotToken?: Node;
  getStart(): number;
  getEnd(): number;
  getSourceFile(): SourceFile;
}

export interface SourceFile extends Node {
  fileName: string;
  text: string;
  statements: readonly Node[];
}

export interface Diagnostic {
  start?: number;
  length?: number;
  code: number;
  messageText: unknown;
}

export interface Type {
  flags: number;
  symbol?: Named;
  aliasSymbol?: Named;
  aliasTypeArguments?: readonly Type[];
  typeArguments?: readonly Type[];
  types?: readonly Type[];
  value?: unknown;
  isUnion(): boolean;
  getProperty(name: string): Named | undefined;
}

/** What the compiler calls a symbol. */
export interface Named {
  name: string;
  flags: number;
  declarations?: readonly Node[];
}

export interface Checker {
  getTypeAtLocation(node: Node): Type;
  getContextualType(node: Node): Type | undefined;
  getSymbolAtLocation(node: Node): Named | undefined;
  getAliasedSymbol(symbol: Named): Named;
  getExportsOfModule(module: Named): readonly Named[];
}

export interface Program {
  getTypeChecker(): Checker;
  getSourceFile(file: string): SourceFile | undefined;
  getSourceFiles(): readonly SourceFile[];
  isSourceFileDefaultLibrary(file: SourceFile): boolean;
  getSemanticDiagnostics(file?: SourceFile): readonly Diagnostic[];
  getSyntacticDiagnostics(file?: SourceFile): readonly Diagnostic[];
}
