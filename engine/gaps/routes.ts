import { namedBy } from '../audit/index.ts';
import type { SourceCode } from './code.ts';
import { DECORATED } from './decorated.ts';
import type { Part } from './model.ts';
import type { HandlerRef, Mount, Registration } from './registrations.ts';

/** A route of a web server with the function that handles it. */
export interface Route {
  /** In capitals; `ANY` for all of them. */
  method: string;
  path: string;
  handler: Part;
}

/** How deep routers are mounted in each other, and files hand on what others export. */
const DEEPEST = 5;

/** All routes whose handlers are found in the sources. What looks like one and leads to no function is none: `cache.get('/a', fallback)`. */
export function routesOf(sources: ReadonlyMap<string, SourceCode>): Route[] {
  const mounts = [...sources.values()].flatMap((source) => source.mounts.map((mount) => ({ source, mount })));
  return [...sources.values()].flatMap((source) => [
    ...source.registrations.flatMap((one) => {
      const prefixes = prefixesOf(source, one.router, mounts, sources, 0);
      return prefixes.flatMap((prefix) => {
        const route = { method: one.method, path: joined(prefix, one.path) };
        const handler = handlerOf(one, `${route.method} ${route.path}`, source, sources);
        return handler ? [{ ...route, handler }] : [];
      });
    }),
    ...routesByFile(source),
  ]);
}

/** Whether a route is one that is declared: `POST /orders`, `/orders/*`. What parameters are called makes no difference. */
export function routeMatcher(declared: string): (route: Route) => boolean {
  const [, method, path = ''] = /^(?:([A-Za-z]+) +)?(\S+)$/.exec(declared.trim()) ?? [];
  const matches = namedBy([normalised(path)]);
  return (route) => (!method || route.method === 'ANY' || route.method === method.toUpperCase()) && matches(normalised(route.path));
}

/** Parameters lose their names: `:id`, `:id(\\d+)`, `{id}`, `[id]` and `$id` are the same. */
function normalised(path: string): string {
  const plain = path.replace(/:\w+(?:\([^)]*\)|\{[^}]*\})?\??|\{[^}]+\}|\[[^\]]+\]|\$\w+/g, ':');
  return plain.length > 1 ? plain.replace(/\/+$/, '') : plain;
}

function joined(prefix: string, path: string): string {
  return `${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}

/** The paths that a router of a file stands below. */
function prefixesOf(
  source: SourceCode,
  router: string | undefined,
  mounts: readonly { source: SourceCode; mount: Mount }[],
  sources: ReadonlyMap<string, SourceCode>,
  depth: number,
): string[] {
  if (depth > DEEPEST) return [''];
  const all = mounts.filter(({ source: where, mount }) => isMounted(where, mount, source, router));
  // What is mounted in its own file is part of what that file exports.
  const here = all.filter(({ source: where }) => where === source);
  const mine = here.length > 0 ? here : all;
  if (mine.length === 0) return [''];
  return mine.flatMap(({ source: where, mount }) => {
    const above = where === source && mount.on === router ? [''] : prefixesOf(where, mount.on, mounts, sources, depth + 1);
    return above.map((prefix) => joined(prefix, mount.path));
  });
}

function isMounted(where: SourceCode, mount: Mount, source: SourceCode, router: string | undefined): boolean {
  if (router === DECORATED || mount.name === DECORATED) return router === mount.name;
  if (where === source) return mount.name !== '' && mount.name === router;
  const link = where.links.find((one) => one.specifier === mount.name || one.names.some(({ local }) => local === mount.name));
  if (link?.target !== source.path) return false;
  const imported = link.names.find(({ local }) => local === mount.name)?.imported ?? '*';
  // A default export and what a function makes may be any router of its file; one that is called the same is the one.
  return imported === router || !source.registrations.some((one) => one.router === imported);
}

function handlerOf({ handlers }: Registration, title: string, source: SourceCode, sources: ReadonlyMap<string, SourceCode>): Part | undefined {
  for (const ref of handlers) {
    const found = ref.kind === 'inline' ? inline(ref, title, source) : named(ref, source, sources, 0);
    if (found) return found;
  }
  return undefined;
}

function inline({ start, end }: { start: number; end: number }, title: string, { path, lines }: SourceCode): Part {
  return { file: path, title, range: { start: lines.positionAt(start), end: lines.positionAt(end) } };
}

function named(ref: HandlerRef & { kind: 'name' }, source: SourceCode, sources: ReadonlyMap<string, SourceCode>, depth: number): Part | undefined {
  const { name, member } = ref;
  const title = member === undefined ? name : `${name}.${member}`;
  const here = source.functions.find((one) => one.title === title);
  if (here || depth > DEEPEST) return here;
  const link = source.links.find(({ names }) => names.some(({ local }) => local === name));
  const target = link && sources.get(link.target);
  if (!link || !target) return member === undefined ? undefined : method(member, source, sources);
  const imported = link.names.find(({ local }) => local === name)?.imported ?? '*';
  return exported(imported, member, name, target, sources, depth + 1);
}

/** A method of `this`, or of an object whose class stands in the file or in one that it imports: if only one of them has it. */
function method(name: string, source: SourceCode, sources: ReadonlyMap<string, SourceCode>): Part | undefined {
  const files = new Set([source, ...source.links.map(({ target }) => sources.get(target))]);
  const found = [...files].flatMap((one) => one?.functions.filter(({ title }) => title.endsWith(`.${name}`)) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

/** A function by the name under which a file exports it, or a member of what it exports. */
function exported(
  imported: string,
  member: string | undefined,
  local: string,
  target: SourceCode,
  sources: ReadonlyMap<string, SourceCode>,
  depth: number,
): Part | undefined {
  const { functions } = target;
  const byName = (wanted: string) => functions.find(({ title }) => title === wanted);
  const isWhole = imported === 'default' || imported === '*';
  const found =
    member === undefined
      ? isWhole
        ? (byName('default') ?? byName('module.exports') ?? byName(local) ?? (functions.length === 1 ? functions[0] : undefined))
        : byName(imported)
      : (byName(`${isWhole ? local : imported}.${member}`) ?? byName(member) ?? functions.find(({ title }) => title.endsWith(`.${member}`)));
  if (found || depth > DEEPEST) return found;
  for (const link of target.links.filter(({ isHandedOn }) => isHandedOn)) {
    const next = sources.get(link.target);
    const name = link.names.find((one) => one.local === imported);
    // What is handed on by other names is something else.
    if (!next || (!name && link.names.length > 0 && !isWhole)) continue;
    const further = exported(name?.imported ?? imported, member, local, next, sources, depth + 1);
    if (further) return further;
  }
  return undefined;
}

const VERBS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** Routes of Next.js, by where their files lie: `app/orders/[id]/route.ts` exports a function a method, `pages/api/orders.ts` one for all. */
function routesByFile({ path, functions }: SourceCode): Route[] {
  const inApp = /^(?:src\/)?app\/(?:(.*)\/)?route\.[jt]sx?$/.exec(path);
  if (inApp) {
    const segments = (inApp[1] ?? '').split('/').filter((segment) => segment && !/^\(.*\)$/.test(segment));
    return functions.filter(({ title }) => VERBS.test(title)).map((handler) => ({ method: handler.title, path: `/${segments.join('/')}`, handler }));
  }
  const inPages = /^(?:src\/)?pages\/(api\/.*?)(?:\/index)?\.[jt]sx?$/.exec(path);
  const handler = functions.find(({ title }) => title === 'default' || title === 'handler') ?? functions[0];
  return inPages && handler ? [{ method: 'ANY', path: `/${inPages[1]}`, handler }] : [];
}
