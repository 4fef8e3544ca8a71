import path from 'node:path';
import { type Failure, Lines } from '../../model/index.ts';
import { type LanguageName, SyntaxTree } from '../../syntax/index.ts';
import { type DeclaredRule, PROJECT_CONFIG, parseProjectConfig, readTextNow, upwards } from '../../workspace/index.ts';
import type { Span } from '../model.ts';
import { isOwnRule } from '../rules.ts';
import { jsonPlace } from './json-place.ts';
import { RuleQuery } from './rule-query.ts';

/** Something wrong in a project's configuration, by offsets in its text. */
export interface ConfigProblem extends Span {
  message: string;
}

/** What is wrong with the text of a configuration: its shape, and what it says of the audit of tests. Grammars are loaded where rules need them. */
export async function configProblems(text: string, file: string): Promise<ConfigProblem[]> {
  const config = parseProjectConfig(text, file);
  if (!config.ok) return [{ start: 0, end: /^[^\n]*/.exec(text)?.[0].length ?? 0, message: config.failure.message }];
  const { rules, severities } = config.value.audit;
  const at = (keys: (string | number)[], message: string, of?: 'key'): ConfigProblem => ({
    ...(jsonPlace(text, ['audit', ...keys], of) ?? { start: 0, end: 0 }),
    message,
  });
  const found: ConfigProblem[] = [];
  for (const [i, rule] of rules.entries()) {
    if (isOwnRule(rule.id)) found.push(at(['rules', i, 'id'], `"${rule.id}" is a rule of Assay's own: “severities” says how severe it is.`));
    if (rules.findIndex(({ id }) => id === rule.id) < i) found.push(at(['rules', i, 'id'], `There is another rule "${rule.id}".`));
    const problem = await problemOf(rule);
    if (problem !== undefined) found.push(at(['rules', i, 'query'], problem));
  }
  for (const id of Object.keys(severities)) {
    if (!isOwnRule(id) && !rules.some((rule) => rule.id === id)) found.push(at(['severities', id], `There is no rule "${id}".`, 'key'));
  }
  return found;
}

/** What is wrong with the configurations that hold for some files (absolute paths), each told with its place. */
export async function configFailures(files: readonly string[]): Promise<Failure[]> {
  const configs = new Map<string, string>();
  for (const folder of new Set(files.map((file) => path.dirname(file)))) {
    for (const one of upwards(folder, path.parse(folder).root)) {
      const file = path.join(one, PROJECT_CONFIG);
      const text = configs.get(file) ?? readTextNow(file);
      if (text === undefined) continue;
      configs.set(file, text);
      break;
    }
  }
  const all = await Promise.all(
    [...configs].map(async ([file, text]) => (await configProblems(text, file)).map((problem) => failureOf(problem, file, new Lines(text)))),
  );
  return all.flat();
}

/** What is wrong with the query of a rule, by the first of its languages that does not take it. */
async function problemOf({ query, languages }: DeclaredRule): Promise<string | undefined> {
  const grammars = languages.flatMap((one): LanguageName[] => (one === 'typescript' ? ['typescript', 'tsx'] : [one]));
  for (const grammar of grammars) {
    const tree = await SyntaxTree.parse(grammar, '');
    const read = RuleQuery.read(query, tree.tree.language);
    tree.dispose();
    if (!(read instanceof RuleQuery)) return `This is no query for ${grammar}: ${read.problem}.`;
    read.dispose();
  }
  return undefined;
}

function failureOf({ start, message }: ConfigProblem, file: string, lines: Lines): Failure {
  const { line, column } = lines.positionAt(start);
  return {
    code: 'invalid-config',
    message: `${file}:${line + 1}:${column + 1}: ${message}`,
    action: 'Correct it. docs/audit.md describes rules and severities.',
  };
}
