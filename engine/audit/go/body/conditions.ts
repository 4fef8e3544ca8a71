import type { Bare } from '../../../syntax/index.ts';
import type { Standing } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { denied } from '../facts.ts';
import { statementsIn } from './look.ts';
import type { Walk } from './walk.ts';

/** What a test fails with where something was to be gone, or not to be there. */
const GONE =
  /\b(still|exists?|present|remains?|find|found|gone|(delet|eras|remov|migrat|collect|expir|purg|clean|gc')\w*)\b|\bnot\b.{0,8}\breceiv|n't receiv|\b(did not|didn't) expect\b|\b(unexpected|duplicate) message/i;
/** What it fails with where it is what a row wants that is asked. */
const NONE_WANTED = /^[^"`]*["`](expected no|unexpected|did not expect) err/i;

/** `if … { … } else { … }`: an assertion, where a branch fails the test. */
export function readIf(walk: Walk, node: Bare, standing: Standing): void {
  const { look, rows, gathered } = walk;
  const initializer = node.get('initializer');
  const condition = node.get('condition');
  const then = node.get('consequence');
  const otherwise = node.get('alternative');
  if (initializer) walk.visit(initializer, standing);
  if (condition) walk.visit(condition, standing);
  if (condition && then && look.failsDirectly(then)) {
    if (standing.certainty === 'always') rows.measure(condition);
    for (const one of denied(condition)) {
      if (one.fact === 'exists' && isRecovered(walk, one.subject)) walk.add({ ...one, fact: 'any-error' }, standing, condition);
      // `if _, err := os.Stat(name); err == nil { t.Fatal("still there") }` says that something is gone.
      else
        walk.add(
          one.fact === 'any-error' && (GONE.test(then.text) || NONE_WANTED.test(then.text)) ? { ...one, fact: 'nothing' } : one,
          standing,
          condition,
        );
    }
    // What follows on `else` runs where the check holds: that is what the test wants.
    if (otherwise) readBranch(walk, otherwise, standing);
    return;
  }
  if (condition && otherwise && look.failsDirectly(otherwise)) {
    walk.add({ fact: 'boolean', subject: squeezed(condition) }, standing, condition);
    walk.block(then, standing);
    return;
  }
  const isCovered = rows.isAsked(condition) || (otherwise !== undefined && then !== undefined && look.asserts(then) && look.asserts(otherwise));
  const inside = isCovered ? standing : gathered.under(standing, 'conditional', node);
  walk.block(then, inside);
  if (otherwise) readBranch(walk, otherwise, inside);
}

function readBranch(walk: Walk, node: Bare, standing: Standing): void {
  if (node.type === 'if_statement') readIf(walk, node, standing);
  else walk.block(node, standing);
}

/** Whether a name holds what a panic gave: `recover()`, or what a helper recovered. */
function isRecovered({ values, closures, find }: Walk, name: string): boolean {
  const value = /^\w+$/.test(name) ? values.of(name) : undefined;
  if (value?.type !== 'call_expression') return false;
  const callee = value.get('function')?.text ?? '';
  return callee === 'recover' || /\brecover\(\)/.test((closures.get(callee) ?? find.find(callee))?.text ?? '');
}

/** `if … { …; return }` that neither fails nor skips the test, nor asks about a row of its table. */
export function mayLeave({ look, rows }: Walk, statement: Bare): boolean {
  const then = statement.type === 'if_statement' ? statement.get('consequence') : undefined;
  return (
    then !== undefined &&
    statementsIn(then).at(-1)?.type === 'return_statement' &&
    !look.fails(then) &&
    !/\.Skip/.test(then.text) &&
    !rows.isAsked(statement.get('condition'))
  );
}

/** `switch` and `select`: a case that fails the test is an assertion. */
export function readCases(walk: Walk, node: Bare, standing: Standing): void {
  const { look, rows, gathered } = walk;
  const cases = node.children.filter(({ type }) => /case$/.test(type));
  const bodies = cases.map((one) =>
    one.children.filter(({ type, field }) => type === 'statement_list' || (field === undefined && /statement$/.test(type))),
  );
  const failing = bodies.filter((body) => body.some((one) => look.fails(one)));
  const isSelect = node.type === 'select_statement';
  for (const [i, body] of bodies.entries()) {
    for (const list of body) {
      if (look.failsDirectly(list)) {
        const subject = squeezed(cases[i]?.get('communication') ?? cases[i]?.get('value') ?? node.get('value') ?? node);
        walk.add({ fact: 'boolean', subject }, standing, cases[i] ?? node);
        continue;
      }
      // Where every other way fails, this one is what the test wants.
      const isSure = isSelect || failing.length === bodies.length - 1 || rows.isAsked(node.get('value'));
      walk.block(list, isSure ? standing : gathered.under(standing, 'conditional', node));
    }
  }
}
