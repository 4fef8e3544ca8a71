import path from 'node:path';
import { type Failure, ok, type Result } from '../model/index.ts';
import { readText } from './files.ts';

/** The name of a project's own configuration, at the root of a package. */
export const PROJECT_CONFIG = 'assay.config.json';

/** Code whose mutants are not worth a test, with why: what a call does, what is thrown, or a value with a telling name. `*` stands for any characters. */
export type AridRule =
  | {
      why: string;
      /** What is called or constructed: `console.*`, `*.logger.*`, `TypeError`; `throw` for what a statement throws. */
      call: string[];
      /** Only this argument (from 0) is arid, and not the call itself. */
      argument?: number;
      /** Only texts for people in it are arid: strings and templates with a space in them. */
      text?: true;
    }
  | {
      why: string;
      /** Names, in any case, of variables and properties; arid is what they are set to where that is made of constants. */
      value: string[];
    };

/** A survivor that someone judged, and all that are like it. */
export interface NotUseful {
  mutator: string;
  /** The mutated code with white space as single blanks; where it ends in `…`, its beginning. */
  original: string;
  /** In the same spelling; any where missing. */
  replacement?: string;
  /** A pattern of paths from the package; any file where missing. */
  file?: string;
}

/** What a project calls critical: files, functions and routes, of which at least one is there. */
export interface DeclaredPath {
  name: string;
  /** Patterns of paths from the package; a folder stands for all that is in it. */
  files?: string[];
  /** Names of functions, qualified by what they stand in: `Cart.add`, `pay*`. Where there are files too, functions of those alone. */
  functions?: string[];
  /** `POST /orders`, `/orders/*`: without a method, any. */
  routes?: string[];
  /** Why it is critical, in words that can stand in a sentence: "it takes money". */
  why?: string;
}

/** A change to the code that some test has to notice: what makes a feature of the project fail. */
export interface DeclaredDefect {
  /** What is wrong then: "members get no discount". */
  name: string;
  /** The file that is changed, relative to the package. */
  file: string;
  /** What stands there once, and what takes its place. */
  find: string;
  replace: string;
}

/** Something that a project does not want in its test files, wherever a query of tree-sitter finds it. */
export interface DeclaredRule {
  /** The code of its findings. */
  id: string;
  /** What is said where it is found. */
  message: string;
  /** Finds it: what is called `@finding` is shown. */
  query: string;
  /** The languages whose grammars the query is for; `typescript` is TSX, too. */
  languages: ('javascript' | 'typescript' | 'python' | 'go' | 'rust')[];
  /** A warning where missing. */
  severity?: 'error' | 'warning' | 'information';
  /** Whether it is looked for in tests, or anywhere in test files; in tests where missing. */
  in?: 'tests' | 'files';
  /** The address of a page that says more. */
  page?: string;
}

/** How a project says that it is proved, where what is detected is not it: lines as they are typed at its root. */
export interface DeclaredProofs {
  /** One after the other. */
  compile?: string[];
  test?: string;
  /** Starts the app that load is put on. */
  start?: string;
  /** Variables that the commands get besides what every program needs. */
  environment: string[];
  load?: DeclaredRequest;
}

/** The request of a load test, where it is not a GET of a route that is found. */
export interface DeclaredRequest {
  /** A path, or a whole address of an app that runs already. */
  endpoint?: string;
  /** GET where missing. */
  method?: string;
  /** `$NAME` stands for a variable that the commands get. */
  headers?: Record<string, string>;
  body?: string;
}

/** What a project says about its mutation testing, its tests and its proofs. */
export interface ProjectConfig {
  mutation: { arid: AridRule[]; notUseful: NotUseful[] };
  /** Names of functions that assert, as they are called: `expectSaga`, `page.should*`. `*` stands for any characters. */
  audit: {
    assertions: string[];
    criticalPaths: DeclaredPath[];
    defects: DeclaredDefect[];
    rules: DeclaredRule[];
    /** How severe findings are, by the ids of their rules; `off` is not shown. */
    severities: Record<string, 'error' | 'warning' | 'information' | 'off'>;
  };
  verify: DeclaredProofs;
}

/** What a project without a configuration says. */
export const NO_CONFIG: ProjectConfig = {
  mutation: { arid: [], notUseful: [] },
  audit: { assertions: [], criticalPaths: [], defects: [], rules: [], severities: {} },
  verify: { environment: [] },
};

/** The configuration of a package (absolute path); an empty one where there is no file. */
export async function readProjectConfig(directory: string): Promise<Result<ProjectConfig>> {
  const text = await readText(path.join(directory, PROJECT_CONFIG));
  return parseProjectConfig(text, path.join(directory, PROJECT_CONFIG));
}

/** Reads the text of a configuration; undefined is an empty one. The failure names `file` and what is wrong where. */
export function parseProjectConfig(text: string | undefined, file: string): Result<ProjectConfig> {
  if (text === undefined || text.trim() === '') return ok(NO_CONFIG);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, failure: invalid(file, (error as Error).message) };
  }
  const problem = problemOf(value);
  if (problem) return { ok: false, failure: invalid(file, problem) };
  const { mutation = {}, audit = {}, verify = {} } = value as { [Part in keyof ProjectConfig]?: Partial<ProjectConfig[Part]> };
  return ok({
    mutation: { ...NO_CONFIG.mutation, ...mutation },
    audit: { ...NO_CONFIG.audit, ...audit },
    verify: { ...NO_CONFIG.verify, ...verify, ...(typeof verify.compile === 'string' && { compile: [verify.compile] }) },
  });
}

function invalid(file: string, problem: string): Failure {
  return {
    code: 'invalid-config',
    message: `${file} cannot be used: ${problem.replace(/\.?$/, '.')}`,
    action: 'Correct it; until then nothing in it is applied. docs/configuration.md describes it.',
  };
}

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string' && value !== '';
const isStrings: Check = (value) => Array.isArray(value) && value.length > 0 && value.every(isString);
const isIndex: Check = (value) => Number.isInteger(value) && (value as number) >= 0;

/** The keys of each kind of entry; a `?` marks those that may be missing. */
const CALL_RULE: Record<string, Check> = { why: isString, call: isStrings, 'argument?': isIndex, 'text?': (value) => value === true };
const VALUE_RULE: Record<string, Check> = { why: isString, value: isStrings };
const NOT_USEFUL: Record<string, Check> = {
  mutator: isString,
  original: isString,
  'replacement?': (value) => typeof value === 'string',
  'file?': isString,
};
const DEFECT: Record<string, Check> = { name: isString, file: isString, find: isString, replace: (value) => typeof value === 'string' };
const isOneOf =
  (...words: string[]): Check =>
  (value) =>
    words.includes(value as string);
const isSeverity = isOneOf('error', 'warning', 'information');
const RULE: Record<string, Check> = {
  id: (value) => typeof value === 'string' && /^[a-z][a-z\d-]*$/.test(value),
  message: isString,
  query: isString,
  languages: (value) => isStrings(value) && (value as string[]).every(isOneOf('javascript', 'typescript', 'python', 'go', 'rust')),
  'severity?': isSeverity,
  'in?': isOneOf('tests', 'files'),
  'page?': (value) => typeof value === 'string' && /^https?:\/\/\S+$/.test(value),
};
const PROOFS: Record<string, Check> = {
  'compile?': (value) => isString(value) || isStrings(value),
  'test?': isString,
  'start?': isString,
  'environment?': (value) => Array.isArray(value) && value.every(isString),
  'load?': isObject,
};
const REQUEST: Record<string, Check> = {
  'endpoint?': isString,
  'method?': (value) => typeof value === 'string' && /^[A-Z]+$/.test(value),
  'headers?': (value) => isObject(value) && Object.values(value).every((text) => typeof text === 'string'),
  'body?': (value) => typeof value === 'string',
};
const CRITICAL_PATH: Record<string, Check> = {
  name: isString,
  'files?': isStrings,
  'functions?': isStrings,
  'routes?': (value) => isStrings(value) && (value as string[]).every((route) => ROUTE.test(route)),
  'why?': isString,
};
/** A route as it is declared: a path that begins with `/` or `*`, behind a method where there is one. */
const ROUTE = /^(?:[A-Za-z]+ +)?[/*]\S*$/;

function problemOf(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is not an object';
  const unknown = unknownKey(value, ['$schema', 'mutation', 'audit', 'verify']);
  if (unknown) return unknown;
  const { mutation = {}, audit = {}, verify = {} } = value;
  if (!isObject(mutation)) return '"mutation" is not an object';
  if (!isObject(audit)) return '"audit" is not an object';
  if (!isObject(verify)) return '"verify" is not an object';
  const wrong = unknownKey(audit, ['assertions', 'criticalPaths', 'defects', 'rules', 'severities'], '"audit"');
  if (wrong) return wrong;
  if (audit['assertions'] !== undefined && !isStrings(audit['assertions'])) return '"audit.assertions" is not a list of names';
  return (
    unknownKey(mutation, ['arid', 'notUseful'], '"mutation"') ??
    problemOfEntries(mutation, 'mutation.arid', (entry) => ('value' in entry ? VALUE_RULE : CALL_RULE)) ??
    problemOfEntries(mutation, 'mutation.notUseful', () => NOT_USEFUL) ??
    problemOfEntries(audit, 'audit.criticalPaths', () => CRITICAL_PATH) ??
    problemOfEntries(audit, 'audit.defects', () => DEFECT) ??
    problemOfEntries(audit, 'audit.rules', () => RULE) ??
    problemOfSeverities(audit['severities']) ??
    problemOfObject(verify, PROOFS, '"verify"') ??
    problemOfObject((verify['load'] ?? {}) as Record<string, unknown>, REQUEST, '"verify.load"') ??
    emptyPath(audit)
  );
}

/** A critical path has to say what it is. */
function emptyPath(audit: Record<string, unknown>): string | undefined {
  const paths = (audit['criticalPaths'] ?? []) as DeclaredPath[];
  const empty = paths.findIndex(({ files, functions, routes }) => !files && !functions && !routes);
  return empty < 0 ? undefined : `"audit.criticalPaths[${empty}]" has no "files", "functions" or "routes"`;
}

function problemOfSeverities(severities: unknown = {}): string | undefined {
  if (!isObject(severities)) return '"audit.severities" is not an object';
  const [wrong] = Object.entries(severities).filter(([, value]) => value !== 'off' && !isSeverity(value));
  return wrong && `"audit.severities" has a wrong "${wrong[0]}": it is "error", "warning", "information" or "off"`;
}

/** What is wrong with a list of entries; `key` is its name from the top: `mutation.arid`. */
function problemOfEntries(holder: Record<string, unknown>, key: string, shapeOf: (entry: object) => Record<string, Check>): string | undefined {
  const entries = holder[key.slice(key.indexOf('.') + 1)] ?? [];
  if (!Array.isArray(entries)) return `"${key}" is not a list`;
  for (const [i, entry] of entries.entries()) {
    const name = `"${key}[${i}]"`;
    if (!isObject(entry)) return `${name} is not an object`;
    const shape = shapeOf(entry);
    const problem = problemOfObject(entry, shape, name);
    if (problem) return problem;
  }
  return undefined;
}

/** What is wrong with an object of a shape; `name` is what it is called in the sentence. */
function problemOfObject(entry: Record<string, unknown>, shape: Record<string, Check>, name: string): string | undefined {
  const keys = Object.keys(shape).map((one) => one.replace('?', ''));
  const unknown = unknownKey(entry, keys, name);
  if (unknown) return unknown;
  for (const [property, check] of Object.entries(shape)) {
    const found = entry[property.replace('?', '')];
    if (found === undefined && property.endsWith('?')) continue;
    if (!check(found)) return `${name} has ${found === undefined ? 'no' : 'a wrong'} "${property.replace('?', '')}"`;
  }
  return undefined;
}

function unknownKey(value: object, known: readonly string[], name = 'it'): string | undefined {
  const key = Object.keys(value).find((one) => !known.includes(one));
  return key === undefined ? undefined : `${name} has an unknown "${key}"`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
