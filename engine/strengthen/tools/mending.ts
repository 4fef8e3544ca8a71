import type { TextChange } from '../writing/changes.ts';
import type { Checker, Compiler, Diagnostic, Named, Node, Program, SourceFile, Type } from './compiler.ts';
import type { MissingName, Stretch } from './messages.ts';

/** What is to be changed in a text, and what it has to import then. */
export interface Mend {
  edits: TextChange[];
  names: MissingName[];
}

/** `Object is possibly null`, and its kin. */
const MAY_BE_MISSING = new Set([2531, 2532, 2533, 18047, 18048, 18049]);
const NO_SUCH_PROPERTY = 2339;
/** The second where `exactOptionalPropertyTypes` is on. */
const NO_SUCH_ARGUMENT = new Set([2345, 2379]);

/**
 * How a stretch of a test is written that the compiler has something against, where types only want it another way:
 *
 *     tag({ kind: 'leaf' })             tag({ kind: Kind.Leaf })
 *     document.next.prev                document.next?.prev
 *     nodes[0].children                 (nodes[0] as Element).children
 *     remove(nodes[0])                  remove(nodes[0] as Element), or remove(nodes[0]!)
 *
 * What the compiler finds wrong behind these shows when it looks again.
 */
export function mend(ts: Compiler, program: Program, source: SourceFile, stretch: Stretch, errors: readonly Diagnostic[]): Mend {
  return new Mending(ts, program, source).of(stretch, errors);
}

class Mending {
  readonly #ts: Compiler;
  readonly #program: Program;
  readonly #checker: Checker;
  readonly #source: SourceFile;
  readonly #mend: Mend = { edits: [], names: [] };

  constructor(ts: Compiler, program: Program, source: SourceFile) {
    this.#ts = ts;
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#source = source;
  }

  of(stretch: Stretch, errors: readonly Diagnostic[]): Mend {
    const nodes: Node[] = [];
    const visit = (node: Node) => {
      if (node.getEnd() <= stretch.start || node.getStart() >= stretch.end) return;
      if (node.getStart() >= stretch.start && node.getEnd() <= stretch.end) nodes.push(node);
      this.#ts.forEachChild(node, visit);
    };
    visit(this.#source);
    for (const node of nodes) if (this.#ts.isStringLiteral(node) || this.#ts.isNumericLiteral(node)) this.#literal(node);
    // What becomes of one type by its name is there.
    const inTurn = [...errors].sort((a, b) => Number(MAY_BE_MISSING.has(a.code)) - Number(MAY_BE_MISSING.has(b.code)));
    for (const { start = -1, length = 0, code } of inTurn) {
      const meant = nodes.filter((node) => node.getStart() === start && node.getEnd() === start + length);
      if (MAY_BE_MISSING.has(code)) for (const node of meant) this.#missing(node);
      else if (code === NO_SUCH_PROPERTY) for (const node of meant) this.#property(node);
      else if (NO_SUCH_ARGUMENT.has(code)) for (const node of meant) this.#argument(node);
    }
    return this.#mend;
  }

  /** A value that types know by the name of an enum's member. */
  #literal(node: Node): void {
    const { EnumLiteral, String: text, Number: number } = this.#ts.TypeFlags;
    const wanted = alternatives(this.#checker.getContextualType(node));
    const value = this.#ts.isStringLiteral(node) ? node.text : Number(node.text);
    const members = wanted.filter((type) => type.value === value);
    if (wanted.some(({ flags }) => flags & (text | number) && !(flags & EnumLiteral))) return;
    if (members.length === 0 || !members.every(({ flags }) => flags & EnumLiteral)) return;
    const member = members[0]?.symbol?.declarations?.find((one) => this.#ts.isEnumMember(one));
    const of = member?.parent?.name && this.#checker.getSymbolAtLocation(member.parent.name);
    const name = of && this.#nameOf(of, false);
    const own = member?.name?.text;
    if (name === undefined || own === undefined) return;
    const path = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(own) ? `.${own}` : `[${JSON.stringify(own)}]`;
    this.#put(node.getStart(), node.getEnd(), name + path);
  }

  /** What may not be there. */
  #missing(node: Node): void {
    const { parent } = node;
    if (parent?.expression !== node || parent.questionDotToken) return;
    if (this.#mend.edits.some(({ start }) => start === node.getEnd())) return;
    if (this.#ts.isPropertyAccessExpression(parent)) this.#put(node.getEnd(), node.getEnd(), '?');
    else if (this.#ts.isElementAccessExpression(parent) || this.#ts.isCallExpression(parent)) this.#put(node.getEnd(), node.getEnd(), '?.');
  }

  /** A property that not all have that the value may be. */
  #property(node: Node): void {
    const { parent } = node;
    if (!parent?.expression || parent.name !== node || node.text === undefined) return;
    const having = alternatives(this.#checker.getTypeAtLocation(parent.expression)).filter((type) => type.getProperty(node.text as string));
    this.#cast(parent.expression, having, true);
  }

  /** An argument that may be more than is asked for. */
  #argument(node: Node): void {
    const { Null, Undefined } = this.#ts.TypeFlags;
    if (!node.parent?.arguments?.includes(node) || !(this.#ts.isPropertyAccessExpression(node) || this.#ts.isElementAccessExpression(node))) return;
    const asked = alternatives(this.#checker.getContextualType(node));
    const given = alternatives(this.#checker.getTypeAtLocation(node));
    const there = given.filter(({ flags }) => !(flags & (Null | Undefined)));
    const fitting = there.filter((type) => asked.includes(type));
    if (fitting.length > 0 && fitting.length < there.length) this.#cast(node, fitting, false);
    else if (this.#isTyped() && there.length < given.length) this.#put(node.getEnd(), node.getEnd(), '!');
  }

  /** Says of an expression which of some types it has: one that the file speaks of, else the first. */
  #cast(node: Node, types: readonly Type[], inParentheses: boolean): void {
    if (!this.#isTyped()) return;
    const plain = types.flatMap(({ symbol, aliasSymbol, aliasTypeArguments, typeArguments }) => {
      const of = aliasSymbol ?? symbol;
      return of && !aliasTypeArguments?.length && !typeArguments?.length && !of.name.startsWith('__') ? [of] : [];
    });
    const of = plain.find((one) => this.#knownAs(one)) ?? plain[0];
    const name = of && this.#nameOf(of, true);
    if (name === undefined) return;
    if (inParentheses) this.#put(node.getStart(), node.getStart(), '(');
    this.#put(node.getEnd(), node.getEnd(), ` as ${name}${inParentheses ? ')' : ''}`);
  }

  /** Whether types can be written in the file. */
  #isTyped(): boolean {
    return /\.[cm]?tsx?$/.test(this.#source.fileName);
  }

  #put(start: number, end: number, text: string): void {
    // The compiler may say the same of a place twice.
    if (this.#mend.edits.some((one) => one.start === start && one.text === text)) return;
    this.#mend.edits.push({ start, end, text });
  }

  /** What the file may call something; where that has to be imported, it is noted. */
  #nameOf(symbol: Named, isType: boolean): string | undefined {
    const known = this.#knownAs(symbol);
    if (known !== undefined) return known;
    const exported = this.#exportOf(symbol);
    if (exported) this.#mend.names.push({ ...exported, isType });
    return exported?.name;
  }

  #knownAs(symbol: Named): string | undefined {
    const files = symbol.declarations?.map((one) => one.getSourceFile()) ?? [];
    if (files.includes(this.#source) || files.some((file) => this.#program.isSourceFileDefaultLibrary(file))) return symbol.name;
    const names = importsIn(this.#ts, this.#source).flatMap(({ importClause }) => [
      ...(importClause?.name ? [importClause.name] : []),
      ...(importClause?.namedBindings?.elements?.flatMap(({ name }) => name ?? []) ?? []),
    ]);
    return names.find((name) => this.#resolved(this.#checker.getSymbolAtLocation(name)) === symbol)?.text;
  }

  /** Where the file may import it from: what it imports from already, or a package that what it imports imports it from. */
  #exportOf(symbol: Named): { name: string; from: string } | undefined {
    const modules = importsIn(this.#ts, this.#source).flatMap(({ moduleSpecifier }) => moduleSpecifier ?? []);
    const files = modules.flatMap((one) => this.#checker.getSymbolAtLocation(one)?.declarations?.map((declared) => declared.getSourceFile()) ?? []);
    const beyond = files.flatMap((file) => importsIn(this.#ts, file)).flatMap(({ moduleSpecifier }) => moduleSpecifier ?? []);
    const packages = beyond.filter(({ text = '.' }) => /^[^./]/.test(text));
    for (const specifier of [...modules, ...packages]) {
      const module = this.#checker.getSymbolAtLocation(specifier);
      const exported = module && this.#checker.getExportsOfModule(module).find((one) => this.#resolved(one) === symbol);
      if (exported && exported.name !== 'default' && specifier.text !== undefined) return { name: exported.name, from: specifier.text };
    }
    return undefined;
  }

  #resolved(symbol: Named | undefined): Named | undefined {
    return symbol && (symbol.flags & this.#ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol);
  }
}

function alternatives(type: Type | undefined): readonly Type[] {
  if (!type) return [];
  return type.isUnion() ? (type.types ?? []) : [type];
}

function importsIn(ts: Compiler, source: SourceFile): Node[] {
  return source.statements.filter((one) => ts.isImportDeclaration(one));
}
