import type { Bare } from '../../syntax/index.ts';
import { chainOf, isFunctionValue, stringOf, unwrap } from './chain.ts';

/** Where a name of a file comes from. */
export interface Imported {
  module: string;
  /** The name that the module exports it by; `*` for all of it, `default` for its default. */
  name: string;
}

/** What a name stands for: a function that is declared, or the value that a variable is set to. */
export interface Declared {
  node: Bare;
  /** The function or the value; undefined for parameters and what is only declared. */
  value?: Bare;
  constant: boolean;
}

const IMPORT_CALLS = new Set(['require', 'import']);
const SCOPES = new Set(['program', 'statement_block', 'for_statement', 'for_in_statement', 'switch_body', 'class_body']);

/** A script or module, and what the names in it stand for. */
export class Script {
  readonly root: Bare;
  /** Its absolute path. */
  readonly file: string;
  readonly imports = new Map<string, Imported>();
  readonly #scopes = new Map<Bare, Map<string, Declared>>();
  #exports: Map<string, Bare> | undefined;

  constructor(root: Bare, file: string) {
    this.root = root;
    this.file = file;
    for (const statement of root.children) this.#readImports(statement);
  }

  /** What a name stands for where it is used at a node; undefined where it is imported or not declared in this file. */
  declared(name: string, from: Bare): Declared | undefined {
    for (let at: Bare | undefined = from; at; at = at.parent) {
      if (!SCOPES.has(at.type) && !isFunctionLike(at)) continue;
      const found = this.#scope(at).get(name);
      if (found) return found;
    }
    return undefined;
  }

  /** The function that a name stands for where it is used at a node, also where it is wrapped in a call such as `useCallback`. */
  functionOf(name: string, from: Bare): Bare | undefined {
    const found = this.declared(name, from);
    const value = found?.value && unwrap(found.value);
    return value && isFunctionLike(value) ? value : undefined;
  }

  /** The function or the class that the module exports by a name. */
  exported(name: string): Bare | undefined {
    this.#exports ??= this.#readExports();
    return this.#exports.get(name);
  }

  #scope(node: Bare): Map<string, Declared> {
    let scope = this.#scopes.get(node);
    if (!scope) {
      scope = new Map();
      if (isFunctionLike(node)) {
        for (const name of namesIn(node.get('parameters') ?? node.get('parameter'))) scope.set(name.text, { node: name, constant: false });
      } else for (const child of node.children) declare(child, scope);
      this.#scopes.set(node, scope);
    }
    return scope;
  }

  #readImports(statement: Bare): void {
    if (statement.type === 'import_statement') {
      const module = stringOf(statement.get('source')) ?? stringOf(statement.children.find(({ type }) => type === 'string'));
      const clause = statement.children.find(({ type }) => type === 'import_clause');
      if (module === undefined || !clause) return;
      for (const part of clause.children) {
        if (part.type === 'identifier') this.imports.set(part.text, { module, name: 'default' });
        else if (part.type === 'namespace_import') this.imports.set(part.children[0]?.text ?? '', { module, name: '*' });
        else {
          for (const specifier of part.children) {
            const name = specifier.get('name')?.text ?? specifier.text;
            this.imports.set(specifier.get('alias')?.text ?? name, { module, name });
          }
        }
      }
      return;
    }
    if (statement.type !== 'lexical_declaration' && statement.type !== 'variable_declaration') return;
    for (const declarator of statement.children) {
      const name = declarator.get('name');
      const value = declarator.get('value');
      if (!name || !value) continue;
      const chain = chainOf(unwrap(value.type === 'await_expression' ? value.children[0] : value) ?? value);
      const module = IMPORT_CALLS.has(chain.root.text) ? stringOf(chain.links[0]?.args?.[0]) : undefined;
      if (module === undefined) continue;
      const property = chain.links.slice(1).findLast(({ name: link }) => link !== undefined && link !== 'default')?.name;
      if (name.type === 'identifier') this.imports.set(name.text, { module, name: property ?? '*' });
      else {
        for (const part of name.children) {
          const key = part.type === 'pair_pattern' ? part.get('key')?.text : part.text;
          const local = part.type === 'pair_pattern' ? part.get('value')?.text : part.text;
          if (key && local) this.imports.set(local, { module, name: key });
        }
      }
    }
  }

  #readExports(): Map<string, Bare> {
    const found = new Map<string, Bare>();
    const put = (name: string, value: Bare | undefined) => {
      const inner = unwrap(value);
      const target = inner?.type === 'identifier' ? unwrap(this.declared(inner.text, inner)?.value) : inner;
      if (target && (isFunctionLike(target) || isClass(target))) found.set(name, target);
    };
    for (const statement of this.root.children) {
      if (statement.type === 'export_statement') {
        const declaration = statement.get('declaration');
        if (statement.head.includes('default')) put('default', statement.get('value') ?? declaration);
        if (declaration?.get('name')) put(declaration.get('name')?.text ?? '', declaration);
        for (const declarator of declaration?.children ?? []) {
          if (declarator.type === 'variable_declarator') put(declarator.get('name')?.text ?? '', declarator.get('value'));
        }
        for (const clause of statement.children.filter(({ type }) => type === 'export_clause')) {
          for (const specifier of clause.children) put((specifier.get('alias') ?? specifier.get('name'))?.text ?? '', specifier.get('name'));
        }
      } else if (statement.type === 'expression_statement') {
        const assignment = statement.children[0];
        if (assignment?.type !== 'assignment_expression') continue;
        const left = assignment.get('left')?.text ?? '';
        const right = assignment.get('right');
        const property = /^(?:module\.)?exports\.([\w$]+)$/.exec(left)?.[1];
        if (property) put(property, right);
        else if (left === 'module.exports' && right?.type === 'object') {
          for (const member of right.children) {
            if (member.type === 'pair') put(member.get('key')?.text ?? '', member.get('value'));
            else if (member.type === 'method_definition') put(member.get('name')?.text ?? '', member);
            else put(member.text, this.declared(member.text, member)?.value);
          }
        } else if (left === 'module.exports') {
          put('default', right);
          put('*', right);
        }
      }
    }
    return found;
  }
}

/** Whether a node is a function of whatever kind, with a body of its own. */
export function isFunctionLike(node: Bare): boolean {
  return (
    isFunctionValue(node) ||
    node.type === 'function_declaration' ||
    node.type === 'generator_function_declaration' ||
    node.type === 'method_definition'
  );
}

/** Whether a node is a class, declared or as a value. */
export function isClass({ type }: Bare): boolean {
  return type === 'class_declaration' || type === 'class' || type === 'abstract_class_declaration';
}

/** The names of a function's parameters, in order; what is taken apart counts as no name. */
export function parameterNames(fn: Bare): string[] {
  const single = fn.get('parameter');
  if (single) return [single.text];
  return (fn.get('parameters')?.children ?? []).map((parameter) => {
    const pattern = parameter.get('pattern') ?? (parameter.type === 'assignment_pattern' ? parameter.get('left') : parameter);
    return pattern?.type === 'identifier' ? pattern.text : '';
  });
}

function declare(statement: Bare, scope: Map<string, Declared>): void {
  const declaration = statement.type === 'export_statement' ? (statement.get('declaration') ?? statement) : statement;
  if (declaration.type === 'lexical_declaration' || declaration.type === 'variable_declaration') {
    const constant = declaration.head.startsWith('const');
    for (const declarator of declaration.children) {
      const name = declarator.get('name');
      const value = declarator.get('value');
      if (name?.type === 'identifier') scope.set(name.text, { node: declarator, ...(value && { value }), constant });
      else for (const part of namesIn(name)) scope.set(part.text, { node: part, constant });
    }
  } else if ((isFunctionLike(declaration) || isClass(declaration)) && declaration.get('name')) {
    scope.set(declaration.get('name')?.text ?? '', { node: declaration, value: declaration, constant: true });
  } else if (statement.parent?.type === 'for_in_statement' && statement.field === 'left') {
    for (const part of namesIn(statement)) scope.set(part.text, { node: part, constant: false });
  }
}

function namesIn(node: Bare | undefined): Bare[] {
  if (!node) return [];
  return node.filter(({ type }) => type === 'identifier' || type === 'shorthand_property_identifier_pattern');
}

/** The innermost function that a node stands in. */
export function enclosingFunction(node: Bare): Bare | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunctionLike(at)) return at;
  return undefined;
}
