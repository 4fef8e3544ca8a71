import type { Tree } from 'web-tree-sitter';
import type { Difference } from '../explorer/findings.ts';
import { isSimple, type Literal, some } from '../literals.ts';
import { telling } from '../parts.ts';
import type { Step } from '../scenario.ts';
import type { Draft } from './draft.ts';
import { closeTo } from './floats.ts';
import { type Place, placed } from './place.ts';
import { Printer } from './print.ts';
import type { Style } from './style.ts';

const EACH = /^(?:it|test)\.each$/;

/** Whether a file has tests with tables, as Vitest and Jest have them. */
export function usesTables(tree: Tree): boolean {
  return tree.rootNode.descendantsOfType('call_expression').some((call) => EACH.test(call?.childForFieldName('function')?.text ?? ''));
}

/** Tests, with those of the same function in one place that were proved taken together as one with a table. */
export function withTables(
  drafts: readonly Draft[],
  placeFor: (test: string) => Place | undefined,
  style: Style,
  taken: ReadonlySet<string>,
  parameters: ReadonlyMap<string, readonly string[]>,
): Draft[] {
  const groups = new Map<string, { place: Place; rows: Row[] }>();
  for (const draft of drafts) {
    const place = draft.fact && draft.proof && placeFor(draft.fact.test);
    const key = place && common(draft.fact as Difference, place);
    if (!place || key === undefined) continue;
    const group = groups.get(key) ?? { place, rows: [] };
    group.rows.push(draft as Row);
    groups.set(key, group);
  }
  const written = [...drafts];
  for (const { place, rows } of groups.values()) {
    const table = rows.length > 1 ? writeTable(rows, style, place, taken, parameters) : undefined;
    if (table) written.splice(written.indexOf(rows[0] as Draft), 0, table);
    for (const row of table?.table?.rows ?? []) written.splice(written.indexOf(row), 1);
  }
  return written;
}

type Row = Draft & { fact: Difference };

/** What a test has to have in common with others to be rows of one table with them; undefined where it can be no row. */
function common({ scenario, outcome, mutated }: Difference, place: Place): string | undefined {
  const [step] = scenario.steps;
  if (scenario.steps.length !== 1 || step?.call.kind !== 'function' || step.args.length === 0) return undefined;
  if (outcome.kind !== 'returns' || outcome.args || mutated.args || closeTo(outcome, mutated) !== undefined) return undefined;
  const part = mutated.kind === 'returns' ? telling(outcome.value, mutated.value) : telling(outcome.value, { $: 'undefined' });
  if (part?.path !== '' || step.args.some((arg) => some(arg, isFunction))) return undefined;
  return JSON.stringify([place.offset, step.call.path, step.args.length, isSimple(outcome.value)]);
}

function writeTable(
  rows: Row[],
  style: Style,
  place: Place,
  taken: ReadonlySet<string>,
  parameters: ReadonlyMap<string, readonly string[]>,
): Draft | undefined {
  const steps = rows.map(({ fact }) => fact.scenario.steps[0] as Step);
  const [{ call, args }] = steps as [Step];
  if (style.assertions.kind !== 'expect' || call.kind !== 'function') return undefined;
  const known = parameters.get(call.path.split('.').at(-1) ?? '') ?? [];
  const plain = args.map((_, i) => (args.length === 1 ? 'input' : `input${i + 1}`));
  const names = [plain.map((name, i) => known[i] ?? name), plain].map((one) => [...one, 'expected']).find((one) => areFree(one, taken));
  if (!names) return undefined;
  const printer = new Printer(style);
  const items = rows.map(({ fact }, i): Literal => ({ $: 'array', items: [...(steps[i] as Step).args, fact.outcome.value] }));
  const matcher = isSimple((rows[0] as Row).fact.outcome.value) ? style.assertions.same : style.assertions.equal;
  const called = (given: readonly string[]) => `${call.path}(${given.join(', ')})`;
  const title = `${called(args.map(() => '%j'))} ${style.should ? 'should return' : 'returns'} %j`;
  const end = style.semicolons ? ';' : '';
  const head = `${place.testName}.each(${printer.print({ $: 'array', items }, WIDE)})(${printer.string(title)}, (${names.join(', ')}) => {`;
  const body = `${style.indent}expect(${called(names.slice(0, -1))}).${matcher}(expected)${end}`;
  return {
    kind: 'test',
    title,
    table: { pattern: title.split('%j').map(escaped).join('.*'), rows },
    changes: [{ start: place.offset, end: place.offset, text: placed(`${head}\n${body}\n})${end}`, place, style.lineEnd) }],
    imports: rows.flatMap(({ imports }) => imports),
    mutants: rows.flatMap(({ mutants }) => mutants),
    outcomes: rows.flatMap(({ outcomes }) => outcomes),
    complaints: [],
    confined: rows.some(({ confined }) => confined),
  };
}

function areFree(names: readonly string[], taken: ReadonlySet<string>): boolean {
  return new Set(names).size === names.length && !names.some((name) => taken.has(name));
}

/** A column that makes a table stand on lines of its own. */
const WIDE = 80;

function isFunction(literal: Literal): boolean {
  return typeof literal === 'object' && literal?.$ === 'function';
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
