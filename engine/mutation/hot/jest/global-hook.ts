import type { GlobalConfig, JestTransform, ProjectConfig } from './jest-types.ts';

/** Runs `globalSetup` and `globalTeardown` as Jest does (runGlobalHook in packages/jest-core): once each, transformed as their project says. */
export function globalHook(transform: JestTransform, globalConfig: GlobalConfig, configs: ProjectConfig[]) {
  const run = async (name: 'globalSetup' | 'globalTeardown') => {
    const modules = new Map<string, ProjectConfig>();
    for (const config of configs) {
      const path = config[name];
      if (path) modules.set(path, config);
    }
    const own = globalConfig[name];
    const [first] = configs;
    if (own && first && !modules.has(own)) modules.set(own, first);
    for (const [path, config] of modules) {
      const transformer = await transform.createScriptTransformer(config);
      await transformer.requireAndTranspileModule(path, async (hook) => {
        if (typeof hook !== 'function') throw new TypeError(`${name} file must export a function at ${path}`);
        await hook(globalConfig, config);
      });
    }
  };
  return { setup: () => run('globalSetup'), teardown: () => run('globalTeardown') };
}
