import { LOCKS } from 'package-manager-detector';
import type { NamedTool } from '../model.ts';
import { asTable, dig, jsonLine, type Table } from '../text/documents.ts';
import { below, parentOf, type Tree } from '../text/tree.ts';
import { installingManagers } from '../weighing/installing.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import type { Proposal } from '../weighing/proposal.ts';
import type { Manifest } from './manifest.ts';

const MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;
type Manager = (typeof MANAGERS)[number];

/** Files that only one manager reads, apart from lock files. */
const OWN_FILES: readonly [file: string, manager: Manager][] = [
  ['pnpm-workspace.yaml', 'pnpm'],
  ['.yarnrc.yml', 'yarn'],
  ['.yarnrc', 'yarn'],
  ['.pnpmfile.cjs', 'pnpm'],
  ['.pnp.cjs', 'yarn'],
  ['bunfig.toml', 'bun'],
];

/** Who may install the packages of a package.json: the nearest folder at or above it that says something decides. */
export function managerProposals(tree: Tree, manifest: Manifest, outside: readonly OutsideCommand[]): Proposal<NamedTool>[] {
  const mentioned = [...mentions(tree, manifest), ...installingManagers(tree, manifest.directory, outside, MANAGERS)];
  for (let directory = manifest.directory; ; directory = parentOf(directory)) {
    const found = [...declared(tree, directory), ...locked(tree, directory, mentioned)];
    if (found.length > 0) return [...found, ...mentioned];
    if (directory === '') break;
  }
  return [...mentioned, proposal(tree, { name: 'npm' }, 'no lock file', manifest.file, 1, 'nothing names a manager, and npm comes with Node')];
}

function declared(tree: Tree, directory: string): Proposal<NamedTool>[] {
  const file = below(directory, 'package.json');
  const text = tree.text(file);
  const manifest = text === undefined ? undefined : tree.json(file);
  if (text === undefined || !manifest) return [];
  const found: Proposal<NamedTool>[] = [];
  const field = /^(npm|pnpm|yarn|bun)@(?:\^|~|>=)?([\w.-]+)/.exec(String(manifest['packageManager'] ?? ''));
  if (field) {
    const [said, name = '', version = ''] = field;
    found.push(proposal(tree, { name, version }, 'manager is declared', file, jsonLine(text, ['packageManager']), `"packageManager" is ${said}`));
  }
  const engines = dig(manifest, 'devEngines', 'packageManager');
  for (const one of (Array.isArray(engines) ? engines : [engines]).map(asTable)) {
    const name = MANAGERS.find((manager) => manager === one?.['name']);
    const version = one?.['version'];
    if (!name) continue;
    const tool = { name, ...(typeof version === 'string' && { version }) };
    found.push(proposal(tree, tool, 'manager is declared', file, jsonLine(text, ['devEngines', 'packageManager']), `"devEngines" asks for ${name}`));
  }
  return found;
}

function locked(tree: Tree, directory: string, mentioned: readonly Proposal<NamedTool>[]): Proposal<NamedTool>[] {
  const locks = Object.entries(LOCKS).flatMap(([name, agent]) => {
    const manager = MANAGERS.find((one) => agent === one || agent.startsWith(`${one}@`));
    return manager && name !== 'pnpm-workspace.yaml' && tree.has(below(directory, name)) ? [{ name, manager }] : [];
  });
  const several = new Set(locks.map(({ manager }) => manager)).size > 1;
  const own = OWN_FILES.filter(([name]) => tree.has(below(directory, name)));
  return [
    ...locks.map(({ name, manager }) => {
      const favoured = own.some(([, one]) => one === manager) || mentioned.some(({ value }) => value.name === manager);
      const tool = { name: manager, ...(manager === 'yarn' && { version: yarnGeneration(tree.text(below(directory, name))) }) };
      const ground = several && !favoured ? 'one of several lock files' : 'lock file';
      return proposal(tree, tool, ground, below(directory, name), 1, several ? `${name} is one of several lock files` : `${name} is its lock file`);
    }),
    ...own.map(([name, manager]) =>
      proposal(tree, { name: manager }, 'tool has a section', below(directory, name), 1, `${manager} is configured in ${name}`),
    ),
  ];
}

/** The first lines of yarn.lock tell Yarn 1 from what came after it. */
function yarnGeneration(text: string | undefined): string {
  return /^__metadata:/m.test(text ?? '') ? 'berry' : '1';
}

/** What scripts, `engines`, `volta` and lerna.json name. */
function mentions(tree: Tree, { directory, file, text, table, scripts }: Manifest): Proposal<NamedTool>[] {
  const found: Proposal<NamedTool>[] = [];
  for (const manager of MANAGERS) {
    for (const field of ['volta', 'engines']) {
      if (manager === 'npm' || typeof dig(table, field, manager) !== 'string') continue;
      found.push(proposal(tree, { name: manager }, 'manager is mentioned', file, jsonLine(text, [field, manager]), `"${field}" asks for ${manager}`));
    }
    if (manager === 'npm') continue;
    const caller = Object.entries(scripts).find(([, script]) => new RegExp(`(^|[;&|]\\s*|only-allow )${manager}(\\s|$)`).test(script));
    if (!caller) continue;
    found.push(
      proposal(
        tree,
        { name: manager },
        'manager is mentioned',
        file,
        jsonLine(text, ['scripts', caller[0]]),
        `the script "${caller[0]}" calls ${manager}`,
      ),
    );
  }
  const lerna = below(directory, 'lerna.json');
  const client = (tree.json(lerna) as Table | undefined)?.['npmClient'];
  const name = MANAGERS.find((one) => one === client);
  if (name)
    found.push(proposal(tree, { name }, 'manager is mentioned', lerna, jsonLine(tree.text(lerna) ?? '', ['npmClient']), `"npmClient" is ${name}`));
  return found;
}

function proposal(
  tree: Tree,
  value: NamedTool,
  ground: Proposal<NamedTool>['ground'],
  file: string,
  line: number,
  says: string,
): Proposal<NamedTool> {
  return { value, ground, evidence: tree.at(file, line, says) };
}
