import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the extension host loads at each start of a window must stay small. */
const MOST_CLIENT_BYTES = 600_000;

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
  [field: string]: unknown;
}

/**
 * Builds the extension as a user installs it, `.cache/assay.vsix`: the minified bundles, the documentation, and StrykerJS with what it needs, copied
 * beside the bundles. Frameworks that its runners name as peers are the user's own and are not shipped. Answers the file's absolute path.
 */
export function packageExtension(): string {
  const stage = path.join(root, '.cache', 'package');
  const file = path.join(root, '.cache', 'assay.vsix');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  execFileSync(process.execPath, [path.join(root, 'esbuild.mjs'), '--minify', `--outdir=${path.join(stage, 'dist')}`], {
    cwd: root,
    stdio: 'inherit',
  });
  const client = statSync(path.join(stage, 'dist', 'client.cjs')).size;
  if (client > MOST_CLIENT_BYTES) throw new Error(`the client's bundle has ${client} bytes; at most ${MOST_CLIENT_BYTES} are allowed`);
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
  for (const name of closure(Object.keys(manifest.dependencies ?? {}), root)) copyPackage(name, stage);
  for (const field of ['scripts', 'devDependencies', 'dependencies', 'private']) delete manifest[field];
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'docs', 'media/icon.png', 'media/view.svg', 'media/walkthrough']) {
    if (existsSync(path.join(root, name))) cpSync(path.join(root, name), path.join(stage, name), { recursive: true });
  }
  writeFileSync(path.join(stage, '.vscodeignore'), readFileSync(path.join(root, '.vscodeignore')));
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  execFileSync(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--no-rewrite-relative-links', '--out', file],
    { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  rmSync(stage, { recursive: true, force: true });
  return file;
}

/** Folders (below `node_modules`) of packages and all that they depend on; peers that are not installed or are the user's own frameworks are left out. */
function closure(names: readonly string[], from: string, found = new Set<string>()): Set<string> {
  for (const name of names) {
    const folder = installed(name, from);
    if (!folder || found.has(folder)) continue;
    found.add(folder);
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest & {
      optionalDependencies?: object;
    };
    closure([...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {})], folder, found);
  }
  return found;
}

function installed(name: string, from: string): string | undefined {
  for (let at = from; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name);
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (at === root || path.dirname(at) === at) return undefined;
  }
}

function copyPackage(folder: string, stage: string): void {
  const to = path.join(stage, 'dist', path.relative(root, folder));
  const keep = (source: string) => !/(^|[\\/])node_modules([\\/]|$)|\.(map|md|flow)$|\.d\.[cm]?ts$/.test(path.relative(folder, source));
  cpSync(folder, to, { recursive: true, filter: keep });
}

if (import.meta.main) {
  const file = packageExtension();
  process.stdout.write(`${file} ${(statSync(file).size / 1e6).toFixed(1)} MB\n`);
}
