import { createRequire } from 'node:module';

const { cache } = createRequire(import.meta.url);
/** What Vitest itself and this worker consist of. */
const before = new Set(Object.keys(cache));

/** The project's own files that Node loaded by `require`, which Vite knows nothing of. */
export function requiredModules(): string[] {
  return Object.keys(cache).filter((file) => !before.has(file) && !/[\\/]node_modules[\\/]/.test(file));
}

/** Has Node load them anew. Those of native code can be loaded once only. */
export function forgetRequired(): void {
  for (const file of requiredModules()) if (!file.endsWith('.node')) delete cache[file];
}
