import type { Bare } from '../syntax/index.ts';

/** What may stand for the function that handles a route. */
export type HandlerRef = { kind: 'inline'; start: number; end: number } | { kind: 'name'; name: string; member?: string };

/** A call that registers a handler for a route. */
export interface Registration {
  /** In capitals; `ANY` for all of them. */
  method: string;
  /** As it is written, without what the router is mounted at. */
  path: string;
  /** The variable that it is registered with; undefined where there is none. */
  router: string | undefined;
  /** What its handler may be, the likeliest first. */
  handlers: HandlerRef[];
}

/** A router that stands below a path of another one. */
export interface Mount {
  path: string;
  /** The router that it is mounted on. */
  on: string | undefined;
  /** The variable, or what is imported, that is mounted. */
  name: string;
}

/** The methods of HTTP by the names of the functions that register a handler for them. */
export const METHODS: Readonly<Record<string, string>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  del: 'DELETE',
  head: 'HEAD',
  options: 'OPTIONS',
  all: 'ANY',
};
const MOUNTING = /^(?:use|route|register|mount)$/;

/** The routes that a script registers, in the manner of Express, Hono, Koa's routers and Fastify, and what it mounts. Whether a handler is one, its reference tells. */
export function registrationsOf(root: Bare): { registrations: Registration[]; mounts: Mount[] } {
  const registrations: Registration[] = [];
  const mounts: Mount[] = [];
  for (const call of root.filter(({ type }) => type === 'call_expression' || type === 'new_expression')) {
    const args = call.get('arguments')?.children ?? [];
    const base = basePath(call, args);
    if (base !== undefined) mounts.push({ path: base, on: undefined, name: routerOf(call) ?? '' });
    const callee = call.get('function');
    if (callee?.type !== 'member_expression') continue;
    const name = callee.get('property')?.text ?? '';
    const router = routerOf(call);
    registrations.push(...registered(name, args, callee).map((one) => ({ ...one, router })));
    if (MOUNTING.test(name)) mounts.push(...mounted(name, args).map((one) => ({ ...one, on: router })));
  }
  return { registrations, mounts };
}

function registered(name: string, args: readonly Bare[], callee: Bare): Omit<Registration, 'router'>[] {
  const last = args.at(-1);
  if (!last) return [];
  const options = last.type === 'object' ? last : undefined;
  if (name === 'route' && options) return fromOptions(options);
  if (name === 'on' && args.length > 2) {
    const paths = texts(args[1]);
    return texts(args[0]).flatMap((method) => paths.map((path) => ({ method: method.toUpperCase(), path, handlers: handlersOf(last) })));
  }
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) return [];
  const handlers = handlersOf(options ? (pair(options, 'handler') ?? options) : last);
  const paths = args.slice(0, -1).flatMap(texts).filter(isPath);
  // Express: `router.route('/orders').get(list).post(create)`.
  const found = paths.length > 0 ? paths : routedPath(callee.get('object'));
  return found.map((path) => ({ method, path, handlers }));
}

/** Fastify and hapi: one object with all of it. */
function fromOptions(options: Bare): Omit<Registration, 'router'>[] {
  const handler = pair(options, 'handler');
  const paths = texts(pair(options, 'url') ?? pair(options, 'path'));
  if (!handler) return [];
  return texts(pair(options, 'method')).flatMap((method) =>
    paths.map((path) => ({ method: method === '*' ? 'ANY' : method.toUpperCase(), path, handlers: handlersOf(handler) })),
  );
}

function routedPath(object: Bare | undefined): string[] {
  for (let at = object; at?.type === 'call_expression'; at = at.get('function')?.get('object')) {
    const args = at.get('arguments')?.children ?? [];
    if (at.get('function')?.get('property')?.text === 'route' && args.length === 1) return texts(args[0]);
  }
  return [];
}

/** `app.use('/orders', orders)`, `app.use(orders)`, `app.route('/orders', orders)`, `fastify.register(orders, { prefix: '/orders' })`. */
function mounted(callee: string, args: readonly Bare[]): { path: string; name: string }[] {
  const options = args.at(-1)?.type === 'object' ? args.at(-1) : undefined;
  const written = options ? texts(pair(options, 'prefix')) : args.slice(0, 1).flatMap(texts);
  const paths = written.length === 0 && /^(?:use|register)$/.test(callee) ? [''] : written;
  const name = options || written.length === 0 ? args[0] && targetName(args[0]) : args.slice(1).map(targetName).at(-1);
  return name === undefined ? [] : paths.map((path) => ({ path, name }));
}

/** What is mounted: a variable, what a function of that name made, `orders.routes()`, or what is loaded then and there: `require('./orders')`. */
function targetName(node: Bare): string | undefined {
  if (node.type === 'identifier') return node.text;
  if (node.type === 'member_expression') return targetName(node.get('object') as Bare);
  if (node.type !== 'call_expression') return undefined;
  const callee = node.get('function') as Bare;
  const [first] = node.get('arguments')?.children ?? [];
  if ((callee.text === 'require' || callee.type === 'import') && first) return texts(first)[0];
  return targetName(callee);
}

/** Hono's `basePath('/api')` and the prefix that routers of Koa are made with. */
function basePath(call: Bare, args: readonly Bare[]): string | undefined {
  if (call.get('function')?.get('property')?.text === 'basePath') return args.flatMap(texts)[0];
  const [options] = args;
  return call.type === 'new_expression' && options?.type === 'object' ? texts(pair(options, 'prefix'))[0] : undefined;
}

/** The variable at the beginning of a chain of calls, or the one that the chain is kept in. */
function routerOf(call: Bare): string | undefined {
  let root: Bare | undefined = call;
  while (root?.type === 'call_expression') root = root.get('function')?.get('object');
  if (root && /^(?:identifier|this|member_expression)$/.test(root.type)) return root.text;
  let top = call;
  while (top.parent && /^(?:call_expression|member_expression)$/.test(top.parent.type) && top.field !== 'arguments') top = top.parent;
  return top.parent?.type === 'variable_declarator' ? top.parent.get('name')?.text : undefined;
}

/** What a node says about the function that it is or leads to. */
function handlersOf(node: Bare): HandlerRef[] {
  if (/^(?:arrow_function|function_expression|function|method_definition|generator_function)$/.test(node.type))
    return [{ kind: 'inline', start: node.start, end: node.end }];
  if (node.type === 'identifier' || node.type === 'shorthand_property_identifier') return [{ kind: 'name', name: node.text }];
  if (node.type === 'member_expression') {
    const member = node.get('property')?.text ?? '';
    return [{ kind: 'name', name: node.get('object')?.text ?? '', member }];
  }
  if (node.type === 'call_expression') {
    const callee = node.get('function') as Bare;
    if (callee.get('property')?.text === 'bind') return handlersOf(callee.get('object') as Bare);
    // `wrap(async (request) => …)`, `wrap(create)`; else what the function makes that is called.
    return [...(node.get('arguments')?.children.toReversed() ?? []), callee].flatMap(handlersOf);
  }
  const [inner] = node.type === 'array' ? node.children.slice(-1) : node.children;
  return /^(?:array|parenthesized_expression|as_expression|satisfies_expression|await_expression)$/.test(node.type) && inner ? handlersOf(inner) : [];
}

/** What an object has under a key. */
export function pair(object: Bare, key: string): Bare | undefined {
  for (const child of object.children) {
    if (child.type === 'pair' && child.get('key')?.text.replace(/^['"]|['"]$/g, '') === key) return child.get('value');
    if (child.type === 'method_definition' && child.get('name')?.text === key) return child;
    if (child.type === 'shorthand_property_identifier' && child.text === key) return child;
  }
  return undefined;
}

/** The texts that a node spells out: one, or a list of them. */
export function texts(node: Bare | undefined): string[] {
  if (node?.type === 'array') return node.children.flatMap(texts);
  return node && (node.type === 'string' || (node.type === 'template_string' && !node.text.includes('${'))) ? [node.text.slice(1, -1)] : [];
}

function isPath(text: string): boolean {
  return /^[/*]/.test(text);
}
