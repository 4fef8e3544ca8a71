import type { Bare } from '../syntax/index.ts';
import { METHODS, type Mount, pair, type Registration, texts } from './registrations.ts';

/** Stands for the router that classes with decorators are all registered with. */
export const DECORATED = '@Controller';

/** The routes of classes in the manner of NestJS (`@Controller('orders') class Orders { @Get(':id') find() {} }`), and the path that all of them stand below. */
export function decoratedRoutes(root: Bare): { registrations: Registration[]; mounts: Mount[] } {
  const calls = root.filter(({ type }) => type === 'call_expression');
  const prefixes = calls.filter((call) => call.get('function')?.get('property')?.text === 'setGlobalPrefix');
  const mounts = prefixes.flatMap((call) => texts(call.get('arguments')?.children[0]).map((path) => ({ path, on: undefined, name: DECORATED })));
  const classes = root.filter(({ type }) => type === 'class_declaration');
  return { registrations: classes.flatMap(routesOfClass), mounts };
}

function routesOfClass(node: Bare): Registration[] {
  const name = node.get('name')?.text;
  const own = [...decoratorsOf(node), ...(node.parent?.type === 'export_statement' ? decoratorsOf(node.parent) : [])];
  const controller = own.find((one) => one.name === 'Controller');
  if (!controller || name === undefined) return [];
  const found: Registration[] = [];
  let before: Decorator[] = [];
  for (const member of node.get('body')?.children ?? []) {
    if (member.type === 'decorator') before.push(...decorator(member));
    else {
      // Inside of the method where a grammar has them there.
      const all = member.type === 'method_definition' ? [...before, ...decoratorsOf(member)] : [];
      const handler = member.get('name')?.text ?? '';
      for (const { name: verb, args } of all) {
        const method = /^[A-Z]/.test(verb) ? METHODS[verb.toLowerCase()] : undefined;
        if (method === undefined) continue;
        for (const base of pathsOf(controller.args))
          for (const path of pathsOf(args))
            found.push({ method, path: `/${base}/${path}`, router: DECORATED, handlers: [{ kind: 'name', name, member: handler }] });
      }
      before = [];
    }
  }
  return found;
}

interface Decorator {
  name: string;
  args: readonly Bare[];
}

function decoratorsOf(node: Bare): Decorator[] {
  return node.children.filter(({ type }) => type === 'decorator').flatMap(decorator);
}

function decorator({ children: [call] }: Bare): Decorator[] {
  const name = call?.type === 'call_expression' ? call.get('function')?.text : undefined;
  return name === undefined ? [] : [{ name, args: call?.get('arguments')?.children ?? [] }];
}

/** `'orders'`, `['a', 'b']` and `{ path: 'orders' }`; nothing is a path, too. One that is not spelled out is none. */
function pathsOf([first]: readonly Bare[]): string[] {
  if (!first) return [''];
  if (first.type !== 'object') return texts(first);
  const path = pair(first, 'path');
  return path ? texts(path) : [''];
}
