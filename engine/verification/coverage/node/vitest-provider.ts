import { Session } from 'node:inspector';
import { write } from './folder.ts';
import { fileOf, ScriptTexts } from './script-texts.ts';

/**
 * A provider of coverage for Vitest, loaded where its coverage is and in each of its workers: V8 counts what a test file runs, and that is written as it is.
 * Nothing has to be installed for it, and none of the project's thresholds and reports come into it.
 */

/** The module may be evaluated more than once in a worker, as tests reset their modules. */
const shared = process as { [SESSION]?: { session: Session; texts: ScriptTexts } | undefined };
const SESSION = Symbol.for('assay.coverage');

function startCoverage(): void {
  if (shared[SESSION]) return;
  const session = new Session();
  shared[SESSION] = { session, texts: new ScriptTexts(session) };
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

/** Answers the files of the modules that Vitest ran without saying what they were made from. */
function takeCoverage(): string[] {
  const measured = shared[SESSION];
  const unmapped: string[] = [];
  measured?.session.post('Profiler.takePreciseCoverage', (error, answer) => {
    if (error) return;
    const result = answer.result.filter(({ url }) => /^(file:|\/)/.test(url) && !/[\\/]node_modules[\\/]/.test(url));
    const texts = measured.texts.changed();
    write('counts', { result, texts });
    for (const { scriptId, url } of result) {
      const file = fileOf(url);
      if (file !== undefined && texts[scriptId]?.includes('sourceMappingURL=') === false) unmapped.push(file);
    }
  });
  return unmapped;
}

function stopCoverage({ isolate }: { isolate?: boolean } = {}): void {
  // Workers that go on count on.
  if (isolate === false) return;
  shared[SESSION]?.session.post('Profiler.stopPreciseCoverage');
  shared[SESSION]?.session.disconnect();
  shared[SESSION] = undefined;
}

/** What Vite keeps of a module. */
interface Transformed {
  map?: { mappings?: string } | null;
}

interface Vitest {
  config: { coverage: unknown };
  projects: { vite?: { environments?: Record<string, Environment> } }[];
}

interface Environment {
  moduleGraph: { getModuleById(id: string): { transformResult?: Transformed | null } | undefined };
  transformRequest(url: string): Promise<Transformed | null>;
}

function getProvider(): object {
  let vitest: Vitest | undefined;
  const unmapped = new Map<string, string>();
  return {
    name: 'assay',
    initialize(given: Vitest) {
      vitest = given;
    },
    resolveOptions: () => vitest?.config.coverage,
    clean() {},
    onAfterSuiteRun({ coverage, environment }: { coverage: string[]; environment?: string }) {
      for (const file of coverage) unmapped.set(file, environment ?? 'ssr');
    },
    async generateCoverage() {
      const maps: Record<string, unknown> = {};
      for (const [file, name] of unmapped) maps[file] = await mapOf(file, name, vitest);
      write('maps', { maps });
      return {};
    },
    reportCoverage() {},
  };
}

async function mapOf(file: string, name: string, vitest: Vitest | undefined): Promise<Transformed['map']> {
  const environments = (vitest?.projects ?? []).flatMap(({ vite }) => vite?.environments?.[name] ?? []);
  for (const environment of environments) {
    const { map } = environment.moduleGraph.getModuleById(file)?.transformResult ?? {};
    if (map) return map;
  }
  return (await environments[0]?.transformRequest(file).catch(() => null))?.map;
}

// Vitest takes what is exported by default.
export default { startCoverage, takeCoverage, stopCoverage, getProvider };
