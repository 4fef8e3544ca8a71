import { asTable, type Table } from '../text/documents.ts';
import { readScript, type ScriptCommand } from '../text/script.ts';
import { below, type Tree } from '../text/tree.ts';
import type { YamlText } from '../text/yaml.ts';
import type { OutsideCommand } from '../weighing/outside.ts';
import { type Contexts, evaluated } from './expressions.ts';
import { combinations } from './matrix.ts';

/** So deep do workflows and actions call each other. */
const DEEPEST = 5;
/** Names of jobs and workflows that check something beside the tests of all. */
const BESIDE = /lint|e2e|conformance|bench|wasm|fuzz|miri|msrv|minimal|docs?\b|type-?check|compat|downstream|smoke|examples?|ecosystem|cov|cross/i;
/** A variable, with what is to be done where it is not set (`${NAME:?message}`, `${NAME:-value}`). */
const VARIABLE = /\$(?:([A-Z_][A-Z0-9_]*)|\{([A-Z_][A-Z0-9_]*)(?::?[-?=][^}]{0,200})?\})/g;
const OTHER_SYSTEM = /windows|macos|freebsd/i;
/** A condition of a step that is for such a system alone. */
const ELSEWHERE = /(?:\bos\b|runs-on|target|platform)\w*\s*==\s*'(?:windows|macos)|startsWith\([^)]{0,100}'(?:windows|macos)/i;
const OUTWARD = /release|publish|deploy|nightly|stale|docs?\b|website|bench|cron|schedule/i;

/** A place that steps are read in: what is known there, and where its commands run. */
interface Where {
  contexts: Contexts;
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Whether it is there for something other than to check changes (releases, nightly runs). */
  aside: boolean;
  /** Whether it checks something beside, or on other systems. */
  beside: boolean;
  depth: number;
  /** Reads a script once, however many jobs run it. */
  read: (script: string) => readonly ScriptCommand[];
}

/** The commands of the GitHub Actions workflows of a workspace, in the order of files, jobs and steps; each once. */
export function githubCommands(tree: Tree): OutsideCommand[] {
  const known = new Map<string, readonly ScriptCommand[]>();
  const read = (script: string) => {
    const commands = known.get(script) ?? readScript(script);
    known.set(script, commands);
    return commands;
  };
  const folder = '.github/workflows';
  const found = tree
    .files(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .flatMap((name) => {
      const file = below(folder, name);
      // Parsing takes long, and many workflows run nothing of the project's.
      if (!/\brun:|uses:\s*['"]?\.\//.test(tree.text(file) ?? '')) return [];
      const yaml = tree.yaml(file);
      if (!yaml) return [];
      return workflow(tree, file, yaml, {
        contexts: {},
        env: {},
        cwd: '',
        aside: OUTWARD.test(name) || !checksChanges(yaml.value),
        beside: BESIDE.test(name),
        depth: 0,
        read,
      });
    });
  return once(found);
}

function checksChanges({ on, true: yes }: Table): boolean {
  // YAML 1.1 reads `on` as true.
  const triggers = on ?? yes;
  const names = typeof triggers === 'string' ? [triggers] : Array.isArray(triggers) ? triggers : Object.keys(asTable(triggers) ?? {});
  return names.length === 0 || names.some((name) => /^(push|pull_request|merge_group|pull_request_target)$/.test(String(name)));
}

function workflow(tree: Tree, file: string, yaml: YamlText, where: Where): OutsideCommand[] {
  const { value } = yaml;
  const env = environment(value['env'], where);
  const cwd = workingDirectory(value['defaults'], where) ?? where.cwd;
  return Object.entries(asTable(value['jobs']) ?? {}).flatMap(([id, job]) => {
    const table = asTable(job);
    if (!table) return [];
    return distinctFor(table, combinations(table['strategy'], where.contexts)).flatMap((matrix) => {
      const contexts = { ...where.contexts, matrix, env };
      const inner: Where = { ...where, contexts, env: environment(table['env'], { ...where, contexts, env }), cwd };
      const aside = where.aside || OUTWARD.test(id);
      const beside = where.beside || BESIDE.test(id) || OTHER_SYSTEM.test(evaluated(String(table['runs-on'] ?? ''), contexts));
      const here: Where = {
        ...inner,
        aside,
        beside,
        contexts: { ...contexts, env: inner.env },
        cwd: workingDirectory(table['defaults'], inner) ?? cwd,
      };
      if (typeof table['uses'] === 'string') {
        if (!table['uses'].startsWith('./')) return givenCommands(file, yaml, table['with'], ['jobs', id, 'with'], here);
        return calledWorkflow(tree, table['uses'], table['with'], here);
      }
      return steps(tree, file, yaml, table['steps'], ['jobs', id, 'steps'], here);
    });
  });
}

function calledWorkflow(tree: Tree, uses: string, given: unknown, where: Where): OutsideCommand[] {
  const file = uses.startsWith('./') ? below('', uses.slice(2)) : undefined;
  const yaml = file === undefined || where.depth >= DEEPEST ? undefined : tree.yaml(file);
  if (file === undefined || !yaml) return [];
  const triggers = asTable(yaml.value['on'] ?? yaml.value['true']);
  const inputs = inputsOf(asTable(triggers?.['workflow_call'])?.['inputs'], given, where);
  return workflow(tree, file, yaml, { ...where, contexts: { inputs }, env: {}, cwd: '', depth: where.depth + 1 });
}

function steps(tree: Tree, file: string, yaml: YamlText, list: unknown, path: readonly (string | number)[], where: Where): OutsideCommand[] {
  return (Array.isArray(list) ? list : []).flatMap((step, i) => {
    const table = asTable(step);
    if (!table) return [];
    const env = environment(table['env'], where);
    const here: Where = { ...where, env, contexts: { ...where.contexts, env } };
    const directory = table['working-directory'];
    const cwd = typeof directory === 'string' ? inRepository(evaluated(directory, here.contexts)) : where.cwd;
    const beside = where.beside || ELSEWHERE.test(String(table['if'] ?? ''));
    if (typeof table['run'] === 'string') return commands(file, yaml, table['run'], [...path, i, 'run'], { ...here, cwd, beside });
    if (typeof table['uses'] === 'string' && table['uses'].startsWith('./'))
      return calledAction(tree, table['uses'], table['with'], { ...here, cwd });
    return [];
  });
}

/** Commands that are handed to an action or workflow of another repository, which runs them again when they fail, with a display, on all versions of Node… */
function givenCommands(file: string, yaml: YamlText, given: unknown, path: readonly (string | number)[], where: Where): OutsideCommand[] {
  return ['command', 'run', 'script'].flatMap((name) => {
    const script = asTable(given)?.[name];
    return typeof script === 'string' ? commands(file, yaml, script, [...path, name], where) : [];
  });
}

/** The combinations of a matrix that differ in what the job's steps ask for: of ten systems on which the same is run, one is enough. */
function distinctFor({ env, steps: list, defaults, with: given, 'runs-on': system }: Table, found: readonly Table[]): Table[] {
  const text = JSON.stringify([env, list, defaults, given, system]) ?? '';
  if (/matrix\s*[[)]/.test(text)) return [...found];
  const asked = new Set([...text.matchAll(/matrix\.([\w-]+)/g)].map(([, name]) => name));
  const distinct = new Map(
    found.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => asked.has(name)))).map((one) => [JSON.stringify(one), one]),
  );
  return [...distinct.values()];
}

function calledAction(tree: Tree, uses: string, given: unknown, where: Where): OutsideCommand[] {
  const folder = below('', uses.slice(2));
  const file = ['action.yml', 'action.yaml'].map((name) => below(folder, name)).find((one) => tree.text(one) !== undefined);
  const yaml = file === undefined || where.depth >= DEEPEST ? undefined : tree.yaml(file);
  if (file === undefined || !yaml) return [];
  const inputs = inputsOf(yaml.value['inputs'], given, where);
  const inner: Where = { ...where, contexts: { ...where.contexts, inputs }, cwd: '', depth: where.depth + 1 };
  return steps(tree, file, yaml, asTable(yaml.value['runs'])?.['steps'], ['runs', 'steps'], inner);
}

function commands(
  file: string,
  yaml: YamlText,
  script: string,
  path: readonly (string | number)[],
  { contexts, env, cwd, aside, beside, read }: Where,
): OutsideCommand[] {
  const first = yaml.lineOf(path) + (script.includes('\n') ? 1 : 0);
  // Variables that the workflow itself sets are known to the shell, too.
  const text = evaluated(script, contexts).replace(VARIABLE, (whole, name, inBraces) => env[name ?? inBraces] ?? whole);
  return read(text).map((command) => ({
    argv: command.argv,
    env: { ...env, ...command.env },
    cwd: command.cwd === '' ? cwd : inRepository(command.cwd.startsWith('/') || command.cwd.startsWith('$') ? command.cwd : below(cwd, command.cwd)),
    file,
    line: first + command.line,
    from: aside ? 'aside' : 'ci',
    beside,
  }));
}

/** A folder relative to the workspace; `..` where it lies outside of it. */
function inRepository(directory: string): string {
  const relative = directory.replace(/^\$(\{?GITHUB_WORKSPACE\}?)\/?/, '');
  return relative.startsWith('/') || relative.startsWith('$') ? '..' : below('', relative);
}

function workingDirectory(defaults: unknown, where: Where): string | undefined {
  const directory = asTable(asTable(defaults)?.['run'])?.['working-directory'];
  return typeof directory === 'string' ? inRepository(evaluated(directory, where.contexts)) : undefined;
}

function environment(own: unknown, { env, contexts }: Where): Record<string, string> {
  const found = { ...env };
  for (const [name, value] of Object.entries(asTable(own) ?? {})) {
    if (typeof value === 'object' || value === null) continue;
    // What only GitHub knows (secrets, tokens) is not set.
    const text = evaluated(String(value), contexts);
    if (text !== '') found[name] = text;
  }
  return found;
}

function inputsOf(declared: unknown, given: unknown, where: Where): Table {
  const inputs: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(asTable(declared) ?? {}))
    if (asTable(input)?.['default'] !== undefined) inputs[name] = asTable(input)?.['default'];
  for (const [name, value] of Object.entries(asTable(given) ?? {}))
    inputs[name] = typeof value === 'string' ? evaluated(value, where.contexts) : value;
  return inputs;
}

function once(found: readonly OutsideCommand[]): OutsideCommand[] {
  const known = new Map<string, OutsideCommand>();
  for (const one of found) {
    const key = JSON.stringify([one.file, one.line, one.cwd, one.argv]);
    const before = known.get(key);
    if (!before || standing(one) < standing(before)) known.set(key, one);
  }
  return [...known.values()];
}

/** How far a command stands from what checks changes. */
function standing({ from, beside }: OutsideCommand): number {
  return (from === 'aside' ? 2 : 0) + (beside ? 1 : 0);
}
