import type { Evidence } from '../model/index.ts';
import { type LoadedRequest, PLAIN_REQUEST } from './model.ts';

/** A place to send requests to. */
export interface Endpoint {
  url: string;
  evidence: Evidence;
}

/** Where apps put the description of their routes. */
const DESCRIPTIONS = ['/openapi.json', '/swagger.json', '/api-json', '/docs/json', '/api/openapi.json', '/v3/api-docs', '/documentation/json'];
/** What is asked for health is answered without the app's own work: it is taken only where there is nothing else. */
const HEALTH = /\b(health|healthz|ready|readyz|live|livez|ping|status|metrics|favicon)\b/i;
/** How long an app may take for one answer while it is looked for, milliseconds. */
const PATIENCE_MS = 10_000;

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/**
 * Why no load may go to an address, as a sentence; undefined where it may.
 *
 * @param hosts those that a person allowed besides this machine
 */
export function refusal(url: string, hosts: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return `"${url}" is no address.`;
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return `Load can be put on http and https only, not on ${protocol}`;
  if (isLoopback(hostname) || hosts.includes(hostname)) return undefined;
  return `Load goes to this machine only; ${hostname} is allowed by the setting "assay.load.hosts" alone.`;
}

/** Where to put load on an app: the first of its routes for the request's method without parameters that answers well, those first that do its own work. */
export async function findEndpoint(
  base: string,
  routes: readonly { method: string; path: string }[],
  hosts: readonly string[],
  signal: AbortSignal,
  request: LoadedRequest,
): Promise<Endpoint | undefined> {
  const described = await fromDescription(base, request.method.toLowerCase(), signal);
  const known = routes
    .filter(({ method, path }) => (method === request.method || method === 'ANY') && isPlain(path))
    .map(({ method, path }) => ({ path, says: `the sources have the route ${method} ${path}` }));
  const all = [...described, ...known, { path: '/', says: 'it is the root of what it serves' }];
  const own = all.filter(({ path }) => !HEALTH.test(path));
  for (const { path, says } of [...own, ...all.filter((one) => !own.includes(one))]) {
    if (signal.aborted) return undefined;
    const url = new URL(path, base).href;
    const problem = await problemOf(url, hosts, signal, request);
    if (problem === undefined) return { url, evidence: { says: `${says}, and it answers` } };
  }
  return undefined;
}

/** Why an endpoint cannot be put under load, as a clause; undefined where it can: it answers well, and itself. */
export async function problemOf(
  url: string,
  hosts: readonly string[],
  signal: AbortSignal,
  { method, headers, body }: LoadedRequest = PLAIN_REQUEST,
): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      method,
      headers: { ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await answer.arrayBuffer();
    const target = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && target !== null) {
      const off = refusal(new URL(target, url).href, hosts);
      return off === undefined ? `it only points to ${target}` : `it points to another host, ${new URL(target, url).host}`;
    }
    return answer.ok ? undefined : `it answers with status ${answer.status}`;
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    return `it does not answer (${cause ?? (error as Error).message})`;
  }
}

async function fromDescription(base: string, method: string, signal: AbortSignal): Promise<{ path: string; says: string }[]> {
  for (const where of DESCRIPTIONS) {
    try {
      const answer = await fetch(new URL(where, base), { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
      const { paths } = (await answer.json()) as { paths?: Record<string, Record<string, { parameters?: { required?: boolean }[] }>> };
      return Object.entries(paths ?? {}).flatMap(([path, methods]) =>
        isPlain(path) && methods[method] && !methods[method].parameters?.some(({ required }) => required)
          ? [{ path, says: `${where} describes ${method.toUpperCase()} ${path}` }]
          : [],
      );
    } catch {
      // There is none here, or it is not JSON.
    }
  }
  return [];
}

function isPlain(path: string): boolean {
  return path.startsWith('/') && !/[:{}[\]*$()]/.test(path);
}
