import path from 'node:path';
import { type Evidence, fail, ok, type Result } from '../model/index.ts';
import { kindOf, readJson, readText, upwards } from './files.ts';
import { type Detection, detectFramework, type Framework } from './framework.ts';

/** The unit of a run: a package whose tests one framework runs. */
export interface TestPackage {
  /** The name in its package.json, else its folder's name. */
  name: string;
  /** Absolute path. */
  directory: string;
  /** Absolute path of the outermost directory that the package's files, configs and dependencies come from: the monorepo's root or the package itself. */
  root: string;
  framework: Framework;
  evidence: Evidence[];
}

/**
 * Finds the package whose tests judge a file or directory: the nearest directory above it that starts or configures a test framework,
 * else the nearest that depends on one. The search ends at the workspace folder or, where that is a part of one, at the monorepo's root.
 *
 * @param target absolute path of a file or directory
 * @param folder absolute path of the workspace folder that holds it
 */
export async function findPackage(target: string, folder: string): Promise<Result<TestPackage>> {
  const start = (await kindOf(target)) === 'directory' ? target : path.dirname(target);
  const { root, evidence: rootEvidence } = await findRoot(folder);
  const detections: { directory: string; detection: Detection }[] = [];
  for (const directory of upwards(start, root)) {
    detections.push({ directory, detection: await detectFramework(directory, root) });
    if (isConfigured(detections.at(-1)?.detection)) break;
  }
  const found = detections.find(({ detection }) => isConfigured(detection)) ?? detections.find(({ detection }) => detection.kind === 'found');
  const nearest = detections.find(({ detection }) => detection.kind !== 'none');
  // A nearer package that names its own runner must not be judged by the tests of the root.
  if (!found || (nearest && nearest.detection.kind !== 'found')) return explain(nearest?.detection, start, root);
  if (found.detection.kind !== 'found') return explain(found.detection, start, root);
  const framework = found.detection.framework;
  const tooOld = refuseOld(framework, found.directory);
  if (tooOld) return tooOld;
  const manifest = await readJson(path.join(found.directory, 'package.json'));
  return ok({
    name: typeof manifest?.['name'] === 'string' ? manifest['name'] : path.basename(found.directory),
    directory: found.directory,
    root,
    framework,
    evidence: [
      { file: path.join(found.directory, 'package.json'), says: `the nearest package with ${framework.name}` },
      ...rootEvidence,
      ...framework.evidence,
    ],
  });
}

/** The nearest directory at or above `directory` with a package.json, as npm finds it, but not above the repository; else `directory` itself. */
export async function nearestManifestFolder(directory: string): Promise<string> {
  for (const one of upwards(directory, path.parse(directory).root)) {
    if ((await kindOf(path.join(one, 'package.json'))) === 'file') return one;
    if (await kindOf(path.join(one, '.git'))) break;
  }
  return directory;
}

function isConfigured(detection: Detection | undefined): boolean {
  return detection?.kind === 'found' && detection.strength === 'configured';
}

/** The outermost directory at or above `folder` that declares workspaces which may hold it; else `folder` itself. */
async function findRoot(folder: string): Promise<{ root: string; evidence: Evidence[] }> {
  for (const directory of upwards(folder, path.parse(folder).root)) {
    const evidence = await workspacesIn(directory);
    if (evidence) return { root: directory, evidence: [evidence] };
    if (await kindOf(path.join(directory, '.git'))) break;
  }
  return { root: folder, evidence: [] };
}

async function workspacesIn(directory: string): Promise<Evidence | undefined> {
  const pnpm = path.join(directory, 'pnpm-workspace.yaml');
  if (/^packages:/m.test((await readText(pnpm)) ?? '')) return { file: pnpm, says: 'a pnpm workspace' };
  const manifest = path.join(directory, 'package.json');
  if ((await readJson(manifest))?.['workspaces']) return { file: manifest, says: 'an npm or yarn workspace' };
  return undefined;
}

/** What StrykerJS 10 refuses: its runners' peer ranges. */
const OLDEST: Record<Exclude<Framework['name'], 'node:test'>, number> = { vitest: 2, jest: 29, mocha: 8 };

function refuseOld(framework: Framework, directory: string): Result<never> | undefined {
  if (framework.name === 'node:test') return undefined;
  const oldest = OLDEST[framework.name];
  if (Number.parseInt(framework.version, 10) >= oldest) return undefined;
  return fail({
    code: 'unsupported-framework',
    message: `${directory} uses ${framework.name} ${framework.version}; Assay runs ${framework.name} ${oldest} and newer.`,
    action: `Update ${framework.name} to version ${oldest} or newer.`,
  });
}

function explain(detection: Detection | undefined, start: string, root: string): Result<never> {
  if (detection?.kind === 'not-installed') {
    return fail({
      code: 'framework-not-installed',
      message: `${detection.name} is used here but is not in node_modules (${says(detection.evidence)}).`,
      action:
        "Install the project's dependencies (npm install, pnpm install or yarn; Yarn's Plug'n'Play needs nodeLinker: node-modules), then run again.",
    });
  }
  if (detection?.kind === 'unknown') {
    return fail({
      code: 'unsupported-framework',
      message: `These tests run on ${detection.name} (${says(detection.evidence)}), which Assay does not run.`,
      action: 'Assay runs Vitest, Jest, Mocha and node:test.',
    });
  }
  return fail({
    code: 'no-framework',
    message: `No test framework was found for ${start}: no package.json between it and ${root} starts, configures or depends on Vitest, Jest or Mocha, or runs tests of node:test.`,
    action: 'Add tests with Vitest, Jest, Mocha or node:test, or open the folder that holds the package.json of the tests.',
  });
}

function says(evidence: Evidence[]): string {
  return evidence.map((item) => (item.file ? `${path.basename(item.file)}${item.line ? `:${item.line}` : ''}: ${item.says}` : item.says)).join('; ');
}
