import type { NamedTool } from '../model.ts';
import { doingsOfTask } from '../tasks/meaning.ts';
import type { Tasks } from '../tasks/task.ts';
import { asTable, jsonLine } from '../text/documents.ts';
import { below, type Tree } from '../text/tree.ts';
import type { Ground } from '../weighing/grounds.ts';
import type { Proposal } from '../weighing/proposal.ts';
import type { Manifest } from './manifest.ts';

/** A framework, the packages that it is installed as, and the files that configure it. */
const FRAMEWORKS: readonly { name: string; packages: readonly string[]; config?: RegExp; field?: string }[] = [
  { name: 'vitest', packages: ['vitest'], config: /^vitest\.(config|workspace|projects)\.[\w.]+$/ },
  { name: 'jest', packages: ['jest', 'react-scripts', '@jest/core', 'jest-cli', 'tsdx'], config: /^jest\.config\.[\w.]+$/, field: 'jest' },
  { name: 'mocha', packages: ['mocha', 'ts-mocha', 'electron-mocha'], config: /^\.mocharc\.\w+$/, field: 'mocha' },
  { name: 'ava', packages: ['ava'], config: /^ava\.config\.\w+$/, field: 'ava' },
  { name: 'tap', packages: ['tap'], config: /^\.taprc$/, field: 'tap' },
  { name: 'tape', packages: ['tape'] },
  { name: 'uvu', packages: ['uvu'] },
  { name: 'jasmine', packages: ['jasmine'], config: /^jasmine\.json$/ },
  { name: 'karma', packages: ['karma'], config: /^karma\.conf\.\w+$/ },
  { name: 'qunit', packages: ['qunit'] },
  { name: 'lab', packages: ['@hapi/lab'] },
  { name: 'web-test-runner', packages: ['@web/test-runner'], config: /^web-test-runner\.config\.\w+$/ },
  { name: 'playwright', packages: ['@playwright/test'], config: /^playwright\.config\.\w+$/ },
  { name: 'cypress', packages: ['cypress'], config: /^cypress\.(config\.\w+|json)$/ },
];
/** Frameworks that are a part of what runs them, so that only a script tells of them. */
const BUILT_IN = new Set(['node:test', 'bun test', 'deno test']);
const COVERAGE: readonly [name: string, packages: readonly string[]][] = [
  ['c8', ['c8']],
  ['nyc', ['nyc']],
  ['@vitest/coverage-v8', ['@vitest/coverage-v8', '@vitest/coverage-c8']],
  ['@vitest/coverage-istanbul', ['@vitest/coverage-istanbul']],
  ['istanbul', ['istanbul']],
];

/** The frameworks that the packages of a project use. */
export function frameworkProposals(tree: Tree, manifests: readonly Manifest[], tasks: ReadonlyMap<Manifest, Tasks>): Proposal<NamedTool>[] {
  return manifests.flatMap((manifest) => {
    const { directory, file, text, table, dependencies } = manifest;
    const found: Proposal<NamedTool>[] = [];
    for (const { name, packages, config, field } of FRAMEWORKS) {
      const installed = packages.find((one) => dependencies[one] !== undefined);
      const version = installed === name ? dependencies[installed] : undefined;
      const tool = { name, ...(version !== undefined && /\d/.test(version) && { version }) };
      if (installed)
        found.push(proposal(tree, tool, 'tool is a dependency', file, dependencyLine(manifest, installed), `${installed} is a dependency`));
      const configured = config && tree.files(directory).find((one) => config.test(one));
      if (configured)
        found.push(proposal(tree, tool, 'tool is configured', below(directory, configured), 1, `${name} is configured in ${configured}`));
      if (field && asTable(table[field]))
        found.push(proposal(tree, tool, 'tool is configured', file, jsonLine(text, [field]), `"${field}" configures ${name}`));
    }
    return [...found, ...used(tree, manifest, tasks.get(manifest))];
  });
}

/** The frameworks that scripts start, in the end. */
function used(tree: Tree, { dependencies }: Manifest, tasks: Tasks | undefined): Proposal<NamedTool>[] {
  if (!tasks) return [];
  return tasks.of('node').flatMap((task) =>
    doingsOfTask(task, tasks)
      .filter(({ deed, tool }) => deed === 'test' && (BUILT_IN.has(tool) || FRAMEWORKS.some(({ name }) => name === tool)))
      .map(({ tool, depth }) => {
        const version = dependencies[tool];
        const value = { name: tool, ...(version !== undefined && /\d/.test(version) && { version }) };
        const ground: Ground = depth === 0 ? 'tool is used' : 'tool is a dependency';
        return proposal(tree, value, ground, task.file, task.line, `the script "${task.name}" runs ${tool}`);
      }),
  );
}

/** What measures the coverage of the packages' tests. */
export function coverageProposals(tree: Tree, manifests: readonly Manifest[], tasks: ReadonlyMap<Manifest, Tasks>): Proposal<NamedTool>[] {
  return manifests.flatMap((manifest) => {
    const found = COVERAGE.flatMap(([name, packages]) => {
      const installed = packages.find((one) => manifest.dependencies[one] !== undefined);
      if (!installed) return [];
      const value = { name, version: manifest.dependencies[installed] as string };
      return [proposal(tree, value, 'tool is a dependency', manifest.file, dependencyLine(manifest, installed), `${installed} is a dependency`)];
    });
    for (const { name, script, file, line } of tasks.get(manifest)?.of('node') ?? []) {
      const [, program] = /(?:^|[\s/])(c8|nyc)\s/.exec(script) ?? [];
      if (program) found.push(proposal(tree, { name: program }, 'tool is used', file, line, `the script "${name}" runs ${program}`));
      if (/\bjest\b.*--(coverage|ci --coverage)/.test(script))
        found.push(proposal(tree, { name: 'jest' }, 'tool is used', file, line, `the script "${name}" has Jest measure coverage`));
      if (/--experimental-test-coverage/.test(script))
        found.push(proposal(tree, { name: 'node:test' }, 'tool is used', file, line, `the script "${name}" has Node measure coverage`));
    }
    return found;
  });
}

function dependencyLine({ text, table }: Manifest, name: string): number {
  const field = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].find(
    (one) => asTable(table[one])?.[name] !== undefined,
  );
  return jsonLine(text, [...(field ? [field] : []), name]);
}

function proposal(tree: Tree, value: NamedTool, ground: Ground, file: string, line: number, says: string): Proposal<NamedTool> {
  return { value, ground, evidence: tree.at(file, line, says) };
}
