import { readFile, writeFile } from 'node:fs/promises';
import { ARID_RULES, WEIGHTS } from '../engine/mutation/selection/index.ts';
import type { AridRule } from '../engine/workspace/index.ts';

/**
 * Writes what package.json already says where people read it: docs/settings.md, and the tables of settings and commands in README.md; and what the engine
 * and the schema of assay.config.json say into docs/configuration.md.
 * With `--check` it writes nothing and exits with 1 when one of them is out of date.
 */

/** The part of an extension's package.json that the pages are made from. */
export interface Manifest {
  contributes?: {
    configuration?: Configuration | Configuration[];
    commands?: Command[];
  };
}

interface Configuration {
  title?: string;
  properties?: Record<string, Setting>;
}

interface Setting {
  type?: string | string[];
  items?: Setting;
  enum?: unknown[];
  enumDescriptions?: string[];
  markdownEnumDescriptions?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  scope?: string;
  order?: number;
  description?: string;
  markdownDescription?: string;
  deprecationMessage?: string;
  markdownDeprecationMessage?: string;
}

interface Command {
  command: string;
  title: string;
  category?: string;
}

/** Where the reference of settings lives, relative to the repository. */
const SETTINGS_PAGE = 'docs/settings.md';

/** Where which mutants are shown is told, relative to the repository. */
const CONFIGURATION_PAGE = 'docs/configuration.md';

/** The whole of docs/settings.md: a heading for each setting, in the order of VS Code's settings editor. */
export function settingsPage(manifest: Manifest): string {
  const sections = settings(manifest).map(([id, setting]) =>
    [
      `## \`${id}\``,
      deprecation(setting) && `**Deprecated:** ${deprecation(setting)}`,
      description(setting, ''),
      choices(setting),
      [
        `- Type: ${type(setting)}`,
        ...(range(setting) ? [`- Range: ${range(setting)}`] : []),
        `- Default: ${code(setting.default ?? null)}`,
        `- Scope: \`${setting.scope ?? 'window'}\``,
      ].join('\n'),
    ]
      .filter(Boolean)
      .join('\n\n'),
  );
  return `${['# Settings', 'Generated from `package.json` by `npm run docs`. Do not edit.', ...sections].join('\n\n')}\n`;
}

/** The table of settings for the README; each name leads to its section of the reference. */
export function settingsTable(manifest: Manifest): string {
  const rows = settings(manifest)
    .filter(([, setting]) => !deprecation(setting))
    .map(([id, setting]) => [
      `[\`${id}\`](${SETTINGS_PAGE}#${anchor(id)})`,
      code(setting.default ?? null),
      firstSentence(description(setting, SETTINGS_PAGE)),
    ]);
  return table(['Setting', 'Default', 'What it does'], rows);
}

/** The table of commands for the README, as the command palette shows them. */
export function commandsTable(manifest: Manifest): string {
  const rows = (manifest.contributes?.commands ?? []).map(({ category, title, command }) => [
    category ? `${category}: ${title}` : title,
    `\`${command}\``,
  ]);
  return table(['Command', 'Identifier'], rows);
}

/** The tables of docs/configuration.md filled: weights, rules for arid code, and the keys of a schema. */
export function configurationPage(page: string, schema: Schema): string {
  const weights = Object.values(WEIGHTS).flatMap(({ what, from, points }) =>
    typeof points === 'number'
      ? [[what, String(points), from]]
      : [[what, [...Object.entries(points).map(([name, each]) => `${name} ${each}`), `others ${WEIGHTS.kind.other}`].join(', '), from]],
  );
  const rules = ARID_RULES.map((rule) => [
    rule.why,
    matched(rule)
      .map((one) => `\`${one}\``)
      .join(', '),
    limits(rule),
  ]);
  const filled = fill(page, 'weights', table(['What', 'Points', 'Where it comes from'], weights));
  return fill(fill(filled, 'arid', table(['Reason', 'Calls or names', 'What of it'], rules)), 'keys', table(['Key', 'What it says'], keys(schema)));
}

function matched(rule: AridRule): readonly string[] {
  return 'call' in rule ? rule.call : rule.value;
}

function limits(rule: AridRule): string {
  if ('value' in rule) return 'constants that are set to such a name';
  const where = rule.argument === undefined ? 'the call and its arguments' : `argument ${rule.argument + 1}`;
  return rule.text ? `texts with a space in ${rule.argument === undefined ? 'its arguments' : where}` : where;
}

/** The part of a JSON schema that the page is made from. */
export interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}

function keys(schema: Schema, path = ''): string[][] {
  const inner = [...Object.entries(schema.properties ?? {})].flatMap(([name, one]) => {
    const key = path ? `${path}.${name}` : name;
    return [...(one.description ? [[`\`${key}\``, one.description]] : []), ...keys(one, key)];
  });
  const parts = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? [])].flatMap((one) => keys(one, schema.items ? `${path}[]` : path));
  return [...inner, ...parts].filter(([key], i, all) => all.findIndex(([other]) => other === key) === i);
}

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function fill(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`The text has no ${open} … ${close}.`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}

/** Every generated document by its path, as it should be. */
export function documents(manifest: Manifest, readme: string): Record<string, string> {
  return {
    [SETTINGS_PAGE]: settingsPage(manifest),
    'README.md': fill(fill(readme, 'settings', settingsTable(manifest)), 'commands', commandsTable(manifest)),
  };
}

/** All settings: by category, then by `order` (those without one last), then by name. */
function settings({ contributes }: Manifest): [string, Setting][] {
  const last = Number.MAX_SAFE_INTEGER;
  return [contributes?.configuration ?? []]
    .flat()
    .flatMap(({ properties = {} }) =>
      Object.entries(properties).sort(([a, { order: i = last }], [b, { order: j = last }]) => i - j || (a < b ? -1 : 1)),
    );
}

/** The description, with VS Code's `#other.setting#` turned into a link to that setting's section of `page`. */
function description({ markdownDescription, description = '' }: Setting, page: string): string {
  return (markdownDescription ?? description).replace(/`#([\w.-]+)#`/g, (_, id: string) => `[\`${id}\`](${page}#${anchor(id)})`);
}

function deprecation({ markdownDeprecationMessage, deprecationMessage }: Setting): string | undefined {
  return markdownDeprecationMessage ?? deprecationMessage;
}

function choices(setting: Setting): string {
  const descriptions = setting.markdownEnumDescriptions ?? setting.enumDescriptions;
  if (!descriptions) return '';
  return (setting.enum ?? []).map((value, i) => `- ${code(value)}: ${descriptions[i] ?? ''}`).join('\n');
}

function type(setting: Setting): string {
  if (setting.enum) return setting.enum.map(code).join(' or ');
  return [setting.type ?? 'any']
    .flat()
    .map((name) => (name === 'array' && setting.items ? `array of ${type(setting.items)}` : `\`${name}\``))
    .join(' or ');
}

function range({ minimum, maximum }: Setting): string {
  if (minimum === undefined) return maximum === undefined ? '' : `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

/** The anchor that GitHub and VS Code give the heading of a setting. */
function anchor(id: string): string {
  return id.toLowerCase().replace(/[^\w-]/g, '');
}

/** A sentence ends before a space and a capital (or code), so that "e.g. this" does not end one. */
function firstSentence(text: string): string {
  const [paragraph = ''] = text.split(/\n\s*\n/);
  return (/^.*?[.!?](?=\s+[A-Z`[]|$)/s.exec(paragraph.trim())?.[0] ?? paragraph).replace(/\s+/g, ' ').trim();
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((cells) => line(cells.map((cell) => cell.replaceAll('|', '\\|'))))].join('\n');
}

async function main(check: boolean): Promise<void> {
  const read = async (path: string) => (await readFile(at(path), 'utf8')).replaceAll('\r\n', '\n');
  const wanted = {
    ...documents(JSON.parse(await read('package.json')), await read('README.md')),
    [CONFIGURATION_PAGE]: configurationPage(await read(CONFIGURATION_PAGE), JSON.parse(await read('docs/assay.config.schema.json'))),
  };
  for (const [path, text] of Object.entries(wanted)) {
    if ((await read(path).catch(() => '')) === text) continue;
    if (check) {
      console.error(`${path} is out of date. Run \`npm run docs\`.`);
      process.exitCode = 1;
    } else {
      await writeFile(at(path), text);
      console.error(`${path} is written anew.`);
    }
  }
}

function at(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

if (import.meta.main) await main(process.argv.includes('--check'));
