import type { Bare } from '../../syntax/index.ts';
import type { Check } from '../model.ts';
import { type Named, NOBODY } from '../named.ts';
import { type Chain, unwrap } from './chain.ts';
import { isClass, isFunctionLike, type Script } from './script.ts';

/** A function that a test calls, and the file that it is written in where that is another. */
export interface Helper {
  name: string;
  fn: Bare;
  script: Script;
}

/** Reads the modules that a file (absolute path) imports by a path of its own; undefined where there is none that can be read. */
export type ModuleReader = (specifier: string, from: string) => Script | undefined;

/** Finds the functions that calls in tests go to: in the file, and in those it imports by a path. */
export class HelperFinder {
  readonly #read: ModuleReader;
  readonly #named: Named;
  readonly #checks = new Map<Bare, Map<string, readonly Check[]>>();

  constructor(read: ModuleReader, named: Named) {
    this.#read = read;
    this.#named = named;
  }

  /** Whether the project says that what a chain calls first asserts. */
  isNamed({ root, links }: Chain): boolean {
    if (this.#named === NOBODY) return false;
    const at = links.findIndex(({ args }) => args !== undefined);
    if (at < 0) return false;
    return this.#named([root.text, ...links.slice(0, at + 1).flatMap(({ name }) => name ?? [])].join('.'));
  }

  /** The function that a chain calls first; undefined where it is not known. */
  find({ root, links }: Chain, script: Script): Helper | undefined {
    if (root.type !== 'identifier') return undefined;
    const [first] = links;
    const isDirect = first?.name === undefined && first?.args !== undefined;
    const imported = script.imports.get(root.text);
    if (imported) {
      if (!imported.module.startsWith('.')) return undefined;
      if (!isDirect && !(first?.args && first.name)) return undefined;
      if (isDirect) return this.#inModule(imported.module, imported.name, undefined, script, 3);
      const method = first?.name ?? '';
      return imported.name === '*'
        ? this.#inModule(imported.module, method, undefined, script, 3)
        : this.#inModule(imported.module, imported.name, method, script, 3);
    }
    if (isDirect) {
      const fn = script.functionOf(root.text, root);
      return fn && { name: root.text, fn, script };
    }
    // `helpers.check(x)` where `helpers` is an object of this file.
    const object = first?.args && unwrap(script.declared(root.text, root)?.value);
    if (object && isClass(object)) return methodOf(object, first?.name ?? '', script);
    if (object?.type === 'new_expression') return this.#ofInstance(object.get('constructor'), first?.name ?? '', script);
    if (object?.type !== 'object') return undefined;
    for (const member of object.children) {
      const name = member.type === 'pair' ? member.get('key')?.text : member.get('name')?.text;
      const fn = member.type === 'pair' ? unwrap(member.get('value')) : member;
      if (name === first?.name && fn && isFunctionLike(fn)) return { name: `${root.text}.${name}`, fn, script };
    }
    return undefined;
  }

  /** The assertions of a helper that were read before, by the names that it may assert with. */
  known(fn: Bare, key: string): readonly Check[] | undefined {
    return this.#checks.get(fn)?.get(key);
  }

  /** Remembers what was read of a helper. */
  remember(fn: Bare, key: string, checks: readonly Check[]): void {
    const of = this.#checks.get(fn) ?? new Map<string, readonly Check[]>();
    this.#checks.set(fn, of.set(key, checks));
  }

  /** A method of what `new` makes. */
  #ofInstance(made: Bare | undefined, name: string, script: Script): Helper | undefined {
    if (made?.type !== 'identifier') return undefined;
    const imported = script.imports.get(made.text);
    if (imported) return imported.module.startsWith('.') ? this.#inModule(imported.module, imported.name, name, script, 3) : undefined;
    const own = script.declared(made.text, made)?.value;
    return own && isClass(own) ? methodOf(own, name, script) : undefined;
  }

  /** A function of a module, or a method of a class of it, also where the module only passes it on. */
  #inModule(specifier: string, name: string, method: string | undefined, from: Script, depth: number): Helper | undefined {
    const module = this.#read(specifier, from.file);
    if (!module) return undefined;
    const found = module.exported(name) ?? (method === undefined ? undefined : module.exported(method));
    if (found && isClass(found)) return method === undefined ? undefined : methodOf(found, method, module);
    if (found) return { name, fn: found, script: module };
    if (depth === 0) return undefined;
    for (const statement of module.root.children) {
      if (statement.type !== 'export_statement') continue;
      const source = statement.get('source');
      if (!source) continue;
      const clause = statement.children.find(({ type }) => type === 'export_clause');
      const specifierOf = clause?.children.find((one) => (one.get('alias') ?? one.get('name'))?.text === name);
      if (clause && !specifierOf) continue;
      const passed = this.#inModule(source.text.slice(1, -1), specifierOf?.get('name')?.text ?? name, method, module, depth - 1);
      if (passed) return passed;
    }
    return undefined;
  }
}

function methodOf(node: Bare, name: string, script: Script): Helper | undefined {
  const fn = node.get('body')?.children.find((member) => member.type === 'method_definition' && member.get('name')?.text === name);
  return fn && { name: `${node.get('name')?.text ?? ''}.${name}`, fn, script };
}

/** Names that say that a function asserts, for those whose implementation cannot be read. */
const SAYS_ASSERT = /^(assert|expect|verify|check|should|ensure|must)(?=$|[A-Z_])|(Assert|Expect|Tester)$|^(ruleTester|tester)$/;

/** Whether the name of what is called says that it asserts. */
export function nameSaysAssert({ root, links }: Chain): boolean {
  const [first] = links;
  // A property is told by what it asks for, not by `fc.assert`.
  if ((!first?.args && !links[1]?.args) || /^(fc|fastCheck|fastcheck)$/.test(root.text)) return false;
  const name = first?.name ?? root.text;
  return (
    SAYS_ASSERT.test(name) ||
    (first?.name === 'run' && /tester/i.test(root.text)) ||
    (first?.name !== undefined && /^(expect|assert)[A-Z]/.test(root.text))
  );
}
