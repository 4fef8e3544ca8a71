import path from 'node:path';
import type { Node, Tree } from 'web-tree-sitter';
import { type Binding, bindingsIn, servesTests } from './bindings.ts';
import type { TextChange } from './changes.ts';
import { endOf } from './place.ts';

/** What a file exports: by its name, or by default, when any name does. */
export interface Export {
  name: string;
  isDefault: boolean;
}

/** A way by which a test file can come to a function that it does not use. */
export interface Way {
  /** What it calls it by. */
  path: string;
  /** What it has to import it from; nothing where the whole module has a name already. */
  from?: string;
  /** Whether that is its default export, or all of it. */
  isDefault?: boolean;
}

/**
 * The ways by which a test file may come to an export of a file, the likeliest first: by the name that it imports it under, else through modules that it has a name for, through those that it imports
 * something else from, or from the file itself. Which of them leads there only shows when it runs.
 *
 * @param file absolute path, and `testFile` too
 */
export function waysTo(tree: Tree, { name, isDefault }: Export, file: string, testFile: string): Way[] {
  const bindings = bindingsIn(tree).filter(({ from }) => !servesTests(from));
  if (isDefault) return wayToDefault(bindings, name, file, testFile);
  if (bindings.some((one) => one.name === name)) return [{ path: name }];
  const whole = bindings.filter(({ imported, from }) => imported === '*' && from.startsWith('.'));
  const froms = [...new Set(bindings.map(({ from }) => from).filter((from) => from.startsWith('.')))];
  const own = pathTo(file, testFile, froms);
  return [...whole.map((one) => ({ path: `${one.name}.${name}` })), ...[...new Set([...froms, own])].map((from) => ({ path: name, from }))];
}

/** The name that it has already, else an import of its own. */
function wayToDefault(bindings: readonly Binding[], name: string, file: string, testFile: string): Way[] {
  const own = pathTo(
    file,
    testFile,
    bindings.map(({ from }) => from).filter((from) => from.startsWith('.')),
  );
  const known = bindings.find((one) => one.from === own && (one.imported === 'default' || one.imported === '*'));
  if (known) return [{ path: known.name }];
  return bindings.some((one) => one.name === name) ? [] : [{ path: name, from: own, isDefault: true }];
}

/** How a test file writes the path of a file, as it writes others. */
export function pathTo(file: string, testFile: string, froms: readonly string[]): string {
  const relative = path.relative(path.dirname(testFile), file).split(path.sep).join('/');
  const dotted = relative.startsWith('.') ? relative : `./${relative}`;
  const extension = froms.map((from) => /\.[cm]?[jt]sx?$/.exec(from)?.[0]).find((one) => one !== undefined);
  const stem = dotted.replace(/\.[cm]?[jt]sx?$/, '');
  if (extension === undefined) return froms.length > 0 ? stem : dotted;
  // TypeScript may have it that `.js` is written for what is a `.ts` file.
  return /js/.test(extension) ? stem + path.extname(file).replace('ts', 'js') : dotted;
}

/** The text behind a test file that makes such ways known to a recorder (`explorer/recorder.ts`). `isModule` tells whether it imports, or requires. */
export function waysText(isModule: boolean, lab: string, ways: ReadonlyMap<string, readonly Way[]>): string {
  if (ways.size === 0) return '';
  const froms = [...new Set([...ways.values()].flat().flatMap(({ from }) => from ?? []))];
  const all = (from: string) => `__assay_${froms.indexOf(from)}`;
  const imports = froms.map((from) =>
    isModule ? `import * as ${all(from)} from ${JSON.stringify(from)};` : `const ${all(from)}=require(${JSON.stringify(from)});`,
  );
  const reached = ({ path: known, from, isDefault }: Way, name: string) => {
    if (from === undefined) return known;
    return isDefault ? `(${all(from)}.default??${all(from)})` : `${all(from)}[${JSON.stringify(name)}]`;
  };
  const entries = [...ways].map(([name, its]) => `${JSON.stringify(name)}:[${its.map((way) => `()=>${reached(way, name)}`).join(',')}]`);
  return `;${imports.join('')}${lab}.u({${entries.join(',')}});\n`;
}

/** A name that a file has to import, and from where. */
export interface Wanted extends Export {
  from: string;
  /** Whether it only serves as a type. */
  isType?: boolean;
}

/** How a file imports. */
export interface Words {
  quote: string;
  semicolons: boolean;
  lineEnd: string;
  /** By `import`, or by `require`. */
  isModule: boolean;
  /** What names are declared with. */
  declares: 'const' | 'var';
}

/** Imports names as the file imports others: one change for each place that is imported from, of the whole statement where there is one already. */
export function importsOf(tree: Tree, text: string, wanted: readonly Wanted[], words: Words): TextChange[] {
  const statements = tree.rootNode.namedChildren.filter((one): one is Node => one !== null && isImport(one));
  const before = statements.at(-1) ?? directiveOf(tree);
  const whole = new Map(wanted.filter(({ isDefault }) => isDefault).map(({ name, from }) => [name, from]));
  const parts = wanted.filter(({ isDefault }) => !isDefault);
  const froms = [...new Set(parts.map(({ from }) => from))];
  return [
    ...[...whole].map(([name, from]) => line(text, from, name, before, words)),
    ...froms.flatMap((from) => {
      const its = [...new Map(parts.filter((one) => one.from === from).map((one) => [one.name, one])).values()];
      const known = statements.filter((one) => sourceOf(one) === from && listOf(one)?.namedChildren.some((child) => child?.type !== 'comment'));
      const ofValues = known.find((one) => !isOfTypes(one));
      const placeOf = ({ isType = false }: Wanted) => (isType ? (known.find(isOfTypes) ?? ofValues) : ofValues);
      return [...new Set(its.map(placeOf))].map((statement) => {
        const here = its.filter((one) => placeOf(one) === statement);
        const areTypes = statement ? isOfTypes(statement) : here.every(({ isType }) => isType);
        const names = here.map(({ name, isType }) => (isType && !areTypes ? `type ${name}` : name));
        return statement
          ? longer(statement, text, names, words.lineEnd)
          : line(text, from, `${areTypes ? 'type ' : ''}{ ${names.join(', ')} }`, before, words);
      });
    }),
  ];
}

/** What a file says in front of everything, like `'use strict'`. */
function directiveOf(tree: Tree): Node | undefined {
  const first = tree.rootNode.namedChildren.find((one) => one?.type !== 'comment' && one?.type !== 'hash_bang_line');
  return first?.type === 'expression_statement' && first.namedChildren[0]?.type === 'string' ? first : undefined;
}

/** A statement that imports more names. */
function longer(statement: Node, text: string, names: readonly string[], lineEnd: string): TextChange {
  const list = listOf(statement) as Node;
  const last = list.namedChildren.filter((one) => one?.type !== 'comment').at(-1) as Node;
  const lineStart = text.lastIndexOf('\n', last.startIndex - 1) + 1;
  const separator = list.text.includes('\n') ? `,${lineEnd}${/^\s*/.exec(text.slice(lineStart))?.[0] ?? ''}` : ', ';
  const { startIndex: start, endIndex: end } = statement;
  const added = names.map((name) => separator + name).join('');
  return { start, end, text: text.slice(start, last.endIndex) + added + text.slice(last.endIndex, end) };
}

/** A statement of its own, behind the last one. */
function line(text: string, from: string, imported: string, before: Node | undefined, words: Words): TextChange {
  const { quote, semicolons, lineEnd, isModule, declares } = words;
  const written = isModule ? `import ${imported} from ${quote}${from}${quote}` : `${declares} ${imported} = require(${quote}${from}${quote})`;
  const statement = written + (semicolons ? ';' : '');
  if (!before) return { start: 0, end: 0, text: statement + lineEnd };
  const at = endOf(before, text);
  return { start: at, end: at, text: lineEnd + statement };
}

/** Whether a file imports or exports as modules do. */
export function usesImport(tree: Tree): boolean {
  return tree.rootNode.namedChildren.some((one) => one?.type === 'import_statement' || one?.type === 'export_statement');
}

function isImport(statement: Node): boolean {
  return statement.type === 'import_statement' || requireIn(statement) !== undefined;
}

function sourceOf(statement: Node): string | undefined {
  const source = statement.childForFieldName('source') ?? requireIn(statement)?.childForFieldName('arguments')?.namedChildren[0];
  return source?.type === 'string' ? source.text.slice(1, -1) : undefined;
}

/** `import type`. */
function isOfTypes(statement: Node): boolean {
  return statement.children.some((child) => child?.type === 'type');
}

/** `{ a, b }` of an import or of what is required. */
function listOf(statement: Node): Node | undefined {
  const clause = statement.namedChildren.find((one) => one?.type === 'import_clause');
  const list = clause?.namedChildren.find((one) => one?.type === 'named_imports');
  if (list) return list;
  const pattern = statement.namedChildren[0]?.childForFieldName('name');
  return pattern?.type === 'object_pattern' ? pattern : undefined;
}

/** The `require()` that a declaration of one thing consists of. */
function requireIn(statement: Node): Node | undefined {
  if (!/^(lexical|variable)_declaration$/.test(statement.type) || statement.namedChildren.length !== 1) return undefined;
  const value = statement.namedChildren[0]?.childForFieldName('value');
  return value?.type === 'call_expression' && value.childForFieldName('function')?.text === 'require' ? value : undefined;
}
