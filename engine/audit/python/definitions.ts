import type { Bare } from '../../syntax/index.ts';
import type { Check } from '../model.ts';
import type { Named } from '../named.ts';

/** Where a name of a module comes from; `name` is missing where all of the module is meant. */
interface Imported {
  module: string;
  name?: string;
}

/** Finds the tree of a module by how a file names it (`.helpers`, `tests.helpers`); undefined where it may hold no helpers of tests. */
export type PythonModules = (specifier: string, from: string) => { root: Bare; file: string } | undefined;

/** A function, and the module that it is written in. */
export interface Found {
  fn: Bare;
  definitions: Definitions;
}

/** How far an import is followed that only hands on what it imports itself. */
const HANDED_ON = 3;

/** The functions, classes and values of a module, by their names, and those of modules that it imports. */
export class Definitions {
  readonly #functions = new Map<string, Bare>();
  readonly #classes = new Map<string, Bare>();
  readonly #values = new Map<string, Bare>();

  readonly #imports = new Map<string, Imported>();
  readonly #foreign = new Map<string, Definitions | undefined>();
  readonly #file: string;
  readonly #modules: PythonModules;
  /** What the module itself asserts the length of, or that it is there. */
  readonly looked = new Set<string>();
  /** The assertions of its functions that were read as helpers. */
  readonly read = new Map<Bare, readonly Check[]>();
  /** Functions that the project says assert. */
  readonly named: Named;

  /** `file` is the module's path, from which others are named. */
  constructor(root: Bare, file: string, named: Named, modules: PythonModules) {
    this.#file = file;
    this.#modules = modules;
    this.named = named;
    for (const node of root.filter(({ type }) => type === 'import_from_statement' || type === 'import_statement')) this.#import(node);
    for (const statement of root.children) {
      const node = undecorated(statement);
      if (node.type === 'function_definition') this.#functions.set(node.get('name')?.text ?? '', node);
      else if (node.type === 'class_definition') this.#classes.set(node.get('name')?.text ?? '', node);
      else {
        this.#value(node, '');
        const length = node.type === 'assert_statement' ? /^(?:len\()?([\w.]+)\)?\s*(?:==|>)?/.exec(node.children[0]?.text ?? '')?.[1] : undefined;
        if (length !== undefined) this.looked.add(length);
      }
    }
    for (const [name, node] of this.#classes) for (const statement of node.get('body')?.children ?? []) this.#value(statement, `${name}.`);
  }

  /** The function that is called by a name (`helper`, `self.check`, `Tester.check`, `helpers.check`) at a place. */
  find(name: string, at: Bare): Found | undefined {
    const [first, second, more] = name.split('.', 3);
    if (first === undefined || more !== undefined) return undefined;
    if (second === undefined) return this.#function(first, HANDED_ON);
    if (first === 'self' || first === 'cls') {
      const owner = enclosingClass(at);
      return owner && (this.#method(owner, second, 5) ?? this.#given(owner, second));
    }
    const own = this.#classes.get(first);
    if (own) return this.#method(own, second, 5);
    const imported = this.#imports.get(first);
    if (!imported) return undefined;
    // `from tests import helpers` names a module, where it names no function.
    const whole = this.#module(imported.name === undefined ? imported.module : `${imported.module.replace(/([^.])$/, '$1.')}${imported.name}`);
    const inModule = whole ? whole.#function(second, HANDED_ON) : undefined;
    if (inModule) return inModule;
    const owner = this.#class(first, HANDED_ON);
    return owner ? owner.definitions.#method(owner.fn, second, 5) : undefined;
  }

  /** The function of the module that a class gives to its tests by another name: `cls.check = staticmethod(partial(_check, load))`. */
  #given(owner: Bare, name: string): Found | undefined {
    const [set] = owner.filter(
      (one) =>
        one.type === 'assignment' &&
        /^(self|cls)\.\w+$/.test(one.get('left')?.text ?? '') &&
        one.get('left')?.text.slice(one.get('left')?.text.indexOf('.')) === `.${name}`,
    );
    const named = set?.get('right')?.filter(({ type, text }) => type === 'identifier' && this.#functions.has(text)) ?? [];
    return named[0] && this.#function(named[0].text, HANDED_ON);
  }

  #function(name: string, depth: number): Found | undefined {
    const fn = this.#functions.get(name);
    if (fn) return { fn, definitions: this };
    return this.#elsewhere(name, depth, (there, inner) => there.#function(inner, depth - 1));
  }

  #class(name: string, depth: number): Found | undefined {
    const fn = this.#classes.get(name);
    if (fn) return { fn, definitions: this };
    return this.#elsewhere(name, depth, (there, inner) => there.#class(inner, depth - 1));
  }

  #elsewhere(name: string, depth: number, look: (there: Definitions, inner: string) => Found | undefined): Found | undefined {
    const imported = depth === 0 ? undefined : this.#imports.get(name);
    const there = imported?.name === undefined ? undefined : this.#module(imported.module);
    return there && look(there, imported?.name ?? name);
  }

  #module(specifier: string): Definitions | undefined {
    if (!this.#foreign.has(specifier)) {
      const found = this.#modules(specifier, this.#file);
      this.#foreign.set(specifier, found && new Definitions(found.root, found.file, this.named, this.#modules));
    }
    return this.#foreign.get(specifier);
  }

  #import(node: Bare): void {
    const from = node.get('module_name')?.text.replace(/\s+/g, '');
    for (const one of node.children.filter(({ field }) => field === 'name')) {
      const name = (one.type === 'aliased_import' ? one.get('name')?.text : one.text) ?? '';
      const local = (one.type === 'aliased_import' ? one.get('alias')?.text : one.text) ?? '';
      this.#imports.set(local, from === undefined ? { module: name } : { module: from, name });
    }
  }

  /** What a name is set to: in the function, in a class, or in the module. */
  valueOf(name: string, fn: Bare | undefined): Bare | undefined {
    const set = fn?.filter((one) => one.type === 'assignment' && one.get('left')?.text === name) ?? [];
    const [only] = set;
    if (set.length === 1) return only?.get('right');
    if (set.length > 1) return undefined;
    const owner = fn && enclosingClass(fn)?.get('name')?.text;
    return this.#values.get(name.replace(/^(self|cls)\./, `${owner}.`));
  }

  #method(owner: Bare, name: string, depth: number): Found | undefined {
    for (const statement of owner.get('body')?.children ?? []) {
      const node = undecorated(statement);
      if (node.type === 'function_definition' && node.get('name')?.text === name) return { fn: node, definitions: this };
    }
    if (depth === 0) return undefined;
    for (const base of owner.get('superclasses')?.children ?? []) {
      const parent = this.#class(base.text, HANDED_ON);
      const found = parent && parent.fn !== owner ? parent.definitions.#method(parent.fn, name, depth - 1) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #value(statement: Bare, prefix: string): void {
    const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    const right = assignment?.type === 'assignment' ? assignment.get('right') : undefined;
    if (right) this.#values.set(`${prefix}${assignment?.get('left')?.text}`, right);
  }
}

/** A definition without its decorators. */
export function undecorated(node: Bare): Bare {
  return node.type === 'decorated_definition' ? (node.get('definition') ?? node) : node;
}

/** The decorators of a definition, without `@`. */
export function decoratorsOf(node: Bare): Bare[] {
  return node.type === 'decorated_definition'
    ? node.children.filter(({ type }) => type === 'decorator').flatMap(({ children }) => children.slice(0, 1))
    : [];
}

function enclosingClass(node: Bare): Bare | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'class_definition') return at;
  return undefined;
}
