import { servedText } from '../node/texts.ts';
import type { Remembered } from '../worker/remembered.ts';
import type { JestHarness } from './harness.ts';
import type { JestTransform, ProjectConfig, ScriptTransformer, Transformed } from './jest-types.ts';
import type { WorkerSetup } from './setup.ts';

/** What an empty file is transformed to. */
const NOTHING: Transformed = { code: '', originalCode: '', sourceMapPath: null };

/**
 * Directs what Jest's transformer loads in this process: served texts take the place of files before the user's own transformer gets them
 * (its cache goes by the text), what was transformed in this run need not be again, and the user's environment and circus come with ours around them.
 */
export async function directTransformer(
  { createScriptTransformer }: JestTransform,
  projects: WorkerSetup['projects'],
  harness: JestHarness,
  remembered: Remembered<Transformed>,
): Promise<void> {
  const { config } = projects[0] as { config: ProjectConfig };
  const prototype = Object.getPrototypeOf(await createScriptTransformer(config)) as ScriptTransformer;
  const { transform, transformAsync, transformJson, transformSource, transformSourceAsync, requireAndTranspileModule } = prototype;
  prototype.transform = function (file, options, text) {
    if (harness.rehearses) return NOTHING;
    harness.loads(file, text ?? '');
    return transform.call(this, file, options, servedText(file) ?? text);
  };
  prototype.transformAsync = function (file, options, text) {
    if (harness.rehearses) return Promise.resolve(NOTHING);
    harness.loads(file, text ?? '');
    return transformAsync.call(this, file, options, servedText(file) ?? text);
  };
  prototype.transformJson = function (file, ...rest) {
    harness.loads(file, '');
    return transformJson.call(this, file, ...rest);
  };
  const settings = ({ _config }: ScriptTransformer) => [_config?.id, _config?.transform, _config?.globals];
  prototype.transformSource = function (...given) {
    return remembered.get([...settings(this), ...given], () => transformSource.apply(this, given));
  };
  prototype.transformSourceAsync = function (...given) {
    return remembered.getAsync([...settings(this), ...given], () => transformSourceAsync.apply(this, given));
  };
  const frameworks = new Set(projects.map(({ config: { testRunner } }) => testRunner));
  prototype.requireAndTranspileModule = async function (name, ...rest) {
    const loaded = await requireAndTranspileModule.call(this, name, ...rest);
    if (typeof loaded !== 'function') return loaded;
    if (frameworks.has(name)) return harness.framework(loaded as Parameters<JestHarness['framework']>[0]);
    return isEnvironment(loaded) ? harness.environment(loaded as Parameters<JestHarness['environment']>[0]) : loaded;
  };
}

function isEnvironment({ prototype }: { prototype?: unknown }): boolean {
  return typeof (prototype as { getVmContext?: unknown } | undefined)?.getVmContext === 'function';
}
