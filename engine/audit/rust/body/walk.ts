import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { type FunctionFinder, Gathered, readInOrder, type Standing, type Stated, Unfolding } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { readCall } from './calls.ts';
import { mayLeave, readIf, readMatch } from './conditions.ts';
import { isFilled } from './filled.ts';
import { Look } from './look.ts';
import { readMacro } from './macros.ts';
import { settled } from './settled.ts';

/** What the body of a test was found to do. */
interface Reading {
  checks: Check[];
  acts: boolean;
}

/** A walk through the body of one function, which gathers what it does. What stands in it is read by the other files of this folder. */
export class Walk {
  /** The function that is read. */
  readonly fn: Bare;
  readonly find: FunctionFinder;
  /** The functions that are read now, each called in the one before. */
  readonly following: readonly Bare[];
  readonly gathered = new Gathered();
  readonly look: Look;
  readonly unfolding = new Unfolding();
  /** Closures that have a name in the test. */
  readonly closures = new Map<string, Bare>();

  constructor(fn: Bare, find: FunctionFinder, following: readonly Bare[] = []) {
    this.fn = fn;
    this.find = find;
    this.following = following;
    this.look = new Look(find);
  }

  /** Reads the function. */
  read(): Reading {
    const body = this.fn.get('body');
    if (body?.type === 'block') this.#block(body, { certainty: 'always' });
    else this.visit(body, { certainty: 'always' });
    return { checks: settled(this).map((check) => this.#lookedAt(check)), acts: this.gathered.acts };
  }

  /** The assertions of a helper that is called. */
  readHelper(fn: Bare): Check[] {
    return new Walk(fn, this.find, [...this.following, fn]).read().checks;
  }

  /** Takes what an assertion states; `shown` is the place of findings about it. */
  add(stated: Stated, standing: Standing, shown: Bare): void {
    this.gathered.add(stated, standing, shown);
  }

  /** An error that is looked at closer afterwards is more than any error: `assert!(result.is_err())`, then its kind. */
  #lookedAt(check: Check): Check {
    const name = check.fact === 'any-error' ? /^(\w+)\.is_err\(\)$/.exec(check.subject)?.[1] : undefined;
    if (name === undefined) return check;
    const value = new RegExp(`\\b${name}\\s*\\.\\s*(?:unwrap_err|expect_err|err|as_ref)\\(`);
    const isTold =
      this.gathered.checks.some(
        (other) => other !== check && (other.fact !== 'exists' || other.subject.includes('downcast_ref')) && value.test(other.subject),
      ) || this.fn.some((node) => node.type === 'let_declaration' && value.test(node.text));
    return isTold ? { ...check, fact: 'error' } : check;
  }

  #block(block: Bare, standing: Standing): void {
    readInOrder(block.children, standing, {
      gathered: this.gathered,
      read: (statement, after) => this.visit(statement, after),
      fails: (statement) => this.look.isFailing(statement),
      returns,
      mayLeave: (statement) => mayLeave(this, statement),
    });
  }

  /** Reads a statement or an expression, where there is one. */
  visit(node: Bare | undefined, standing: Standing): void {
    switch (node?.type) {
      case 'macro_invocation':
        readMacro(this, node, standing);
        return;
      case 'let_declaration':
        if (this.#let(node, standing)) return;
        break;
      case 'if_expression':
        readIf(this, node, standing);
        return;
      case 'match_expression':
        readMatch(this, node, standing);
        return;
      case 'for_expression': {
        const over = node.get('value');
        this.visit(over, standing);
        this.visit(node.get('body'), isFilled(this, over) ? standing : this.gathered.under(standing, 'loop', node));
        return;
      }
      case 'while_expression':
        this.visit(node.get('body'), this.gathered.under(standing, 'loop', node));
        return;
      case 'block':
        this.#block(node, standing);
        return;
      case 'call_expression':
        readCall(this, node, standing);
        return;
      case 'try_expression':
        this.add({ fact: 'no-error', subject: squeezed(node) }, standing, node);
        break;
      case 'function_item':
      case 'impl_item':
      case 'struct_item':
      case 'mod_item':
        return;
      default:
        break;
    }
    for (const child of node?.children ?? []) this.visit(child, standing);
  }

  /** What is given a name. Answers whether it is a closure, which is read where it is called. */
  #let(node: Bare, standing: Standing): boolean {
    const value = node.get('value');
    if (value?.type === 'closure_expression') {
      this.closures.set(node.get('pattern')?.text ?? '', value);
      return true;
    }
    const otherwise = node.get('alternative');
    if (otherwise && this.look.fails(otherwise)) this.add({ fact: 'partial', subject: squeezed(value ?? node) }, standing, node);
    return false;
  }
}

/** Whether a statement leaves the test in some place. */
function returns(node: Bare): boolean {
  return node.type === 'return_expression' || (!/^(closure_expression|function_item|async_block)$/.test(node.type) && node.children.some(returns));
}
