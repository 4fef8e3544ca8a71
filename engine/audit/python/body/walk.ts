import type { Bare } from '../../../syntax/index.ts';
import type { Check, Dropped } from '../../model.ts';
import { Gathered, readInOrder, type Standing, Unfolding, untold } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import type { Definitions } from '../definitions.ts';
import { plain, type Stated, stated } from '../facts.ts';
import { readCalls, readStatement } from './calls.ts';
import { readTry } from './catching.ts';
import { isFilled } from './filled.ts';
import { Look } from './look.ts';
import { tellsMock } from './mocks.ts';
import { isImplied, settled } from './settled.ts';
import { readWith } from './with.ts';

/** What the body of a test was found to do. */
interface Reading {
  checks: Check[];
  acts: boolean;
  /** What catches all that is thrown, and goes on. */
  dropped: Dropped[];
}

/** A walk through the body of one function, which gathers what it does. What stands in it is read by the other files of this folder. */
export class Walk {
  /** The function that is read. */
  readonly fn: Bare;
  readonly definitions: Definitions;
  /** The functions that are read now, each called in the one before. */
  readonly following: readonly Bare[];
  readonly gathered = new Gathered();
  readonly look: Look;
  readonly unfolding = new Unfolding();
  /** Functions that are defined in this one. */
  readonly local = new Map<string, Bare>();
  /** The names of those of them that it calls. */
  readonly called = new Set<string>();
  /** What catches all that is thrown, and goes on. */
  readonly dropped: Dropped[] = [];

  constructor(fn: Bare, definitions: Definitions, following: readonly Bare[] = []) {
    this.fn = fn;
    this.definitions = definitions;
    this.following = following;
    this.look = new Look(fn, definitions);
  }

  /** Reads the function. */
  read(): Reading {
    const { fn } = this;
    for (const node of fn.filter(({ type }) => type === 'function_definition')) if (node !== fn) this.local.set(node.get('name')?.text ?? '', node);
    this.block(fn.get('body'), { certainty: 'always' });
    // One that is only handed on: nothing makes sure that it is called.
    for (const [name, inner] of this.local)
      if (!this.called.has(name)) this.block(inner.get('body'), this.gathered.under({ certainty: 'always' }, 'callback', inner));
    const checks = settled(this);
    return { checks, acts: this.gathered.acts, dropped: untold(this.dropped, checks) };
  }

  /** The assertions of a helper that is called. */
  readHelper(fn: Bare, definitions: Definitions): Check[] {
    return new Walk(fn, definitions, [...this.following, fn]).read().checks;
  }

  /** Takes what an assertion states that stands at a place. */
  add(found: Stated, standing: Standing, place: Bare): void {
    const { subject } = found;
    const text = squeezed(typeof subject === 'string' ? subject : plain(subject));
    const isOfOperator = found.flaw === 'tautology' && found.fact === 'value' && comparesToo(this.fn, text);
    const flaw = isOfOperator ? undefined : (found.flaw ?? (tellsMock(subject, this.fn) ? 'mock' : undefined));
    const { flaw: _, ...rest } = found;
    // A method may belong to what is tested, which was given the mock.
    const isPlain = flaw === 'mock' ? /^(await )?\w+\(/.test(text) : found.isPlain;
    this.gathered.add({ ...rest, subject: text, ...(flaw && { flaw }), ...(isPlain !== undefined && { isPlain }) }, standing, place);
  }

  /** Reads the statements of a block, where there is one. */
  block(block: Bare | undefined, standing: Standing): void {
    readInOrder(block?.children ?? [], standing, {
      gathered: this.gathered,
      read: (statement, after) => this.visit(statement, after),
      fails: (statement) => this.look.fails(statement),
      returns,
      mayLeave: (statement) => this.#mayLeave(statement),
    });
  }

  /** `if …: …; return` that neither fails nor skips the test. */
  #mayLeave(statement: Bare): boolean {
    if (statement.type !== 'if_statement') return false;
    const then = statement.get('consequence');
    return then?.children.at(-1)?.type === 'return_statement' && !this.look.asserts(then) && !/\b(skip|skipTest|fail)\s*\(/.test(then.text);
  }

  /** Reads a statement. */
  visit(node: Bare, standing: Standing): void {
    switch (node.type) {
      case 'assert_statement': {
        const [condition] = node.children;
        if (condition) for (const one of stated(condition)) this.add(one, standing, node);
        if (condition) readCalls(this, condition, standing);
        return;
      }
      case 'expression_statement':
        for (const child of node.children) readStatement(this, child, node, standing);
        return;
      case 'with_statement':
        readWith(this, node, standing);
        return;
      case 'if_statement':
        this.#if(node, standing);
        return;
      case 'for_statement':
        this.block(node.get('body'), isFilled(this, node.get('right')) ? standing : this.gathered.under(standing, 'loop', node));
        return;
      case 'while_statement':
        this.block(node.get('body'), node.get('condition')?.text === 'True' ? standing : this.gathered.under(standing, 'loop', node));
        return;
      case 'try_statement':
        readTry(this, node, standing);
        return;
      case 'function_definition':
      case 'class_definition':
      case 'decorated_definition':
        return;
      case 'match_statement':
        for (const one of node.filter(({ type }) => type === 'case_clause'))
          this.block(one.get('consequence'), this.gathered.under(standing, 'conditional', node));
        return;
      default:
        readCalls(this, node, standing);
    }
  }

  #if(node: Bare, standing: Standing): void {
    const condition = node.get('condition');
    if (condition) readCalls(this, condition, standing);
    const branches = node.children
      .filter(({ field }) => field === 'consequence' || field === 'alternative')
      .map((one) => (one.type === 'block' ? one : (one.get('body') ?? one.get('consequence') ?? one)));
    const hasElse = node.children.some(({ type }) => type === 'else_clause');
    const isCovered =
      (hasElse && branches.every((branch) => this.look.asserts(branch) || this.look.raises(branch))) || isImplied(condition, this.gathered.checks);
    if (condition && !hasElse && branches[0] && failsByHand(branches[0])) this.add(denied(condition), standing, condition);
    for (const branch of branches) this.block(branch, isCovered ? standing : this.gathered.under(standing, 'conditional', node));
  }
}

/** Whether a test is about `==` itself: what it holds against itself is to be another than something else, too. */
function comparesToo(test: Bare, name: string): boolean {
  if (!/^[A-Za-z_][\w.]*$/.test(name)) return false;
  const escaped = name.replaceAll('.', '\\.');
  return new RegExp(`\\b${escaped} != |!= ${escaped}\\b|not \\(?${escaped} == (?!${escaped}\\b)`).test(test.text);
}

/** What it states that a failure is raised where a condition holds. */
function denied(condition: Bare): Stated {
  const [first] = stated(condition);
  if (!first) return { fact: 'boolean', subject: condition };
  return first.fact === 'different' ? { ...first, fact: 'value' } : { ...first, fact: first.fact === 'value' ? 'different' : first.fact };
}

/** Whether a branch raises a failure that is written by hand: no other error that is handed on, and nothing that is left to others to write. */
function failsByHand(branch: Bare): boolean {
  const last = branch.children.at(-1);
  return (
    last?.type === 'raise_statement' &&
    /^raise\s+(\w+\.)*(AssertionError|RuntimeError|ValueError|Exception|\w*(Failed|Failure|Mismatch)\w*)\b/.test(last.text)
  );
}

/** Whether a statement leaves the test in some place. */
function returns(node: Bare): boolean {
  return node.type === 'return_statement' || (node.type !== 'function_definition' && node.children.some(returns));
}
