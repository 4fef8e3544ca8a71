import type { Bare } from '../../../syntax/index.ts';
import type { Check, Dropped } from '../../model.ts';
import { Gathered, readInOrder, type Standing, untold } from '../../reading/index.ts';
import { chainOf, isFunctionValue } from '../chain.ts';
import type { HelperFinder } from '../helpers.ts';
import { isFunctionLike, parameterNames, type Script } from '../script.ts';
import { endsContext } from './callbacks.ts';
import { readChain } from './calls.ts';
import { isToldLater, readTry } from './catching.ts';
import { addCheck } from './checks.ts';
import { mayLeave, readEither, readIf, readLogical, readLoop, readSwitch } from './conditions.ts';
import { Look } from './look.ts';
import { mentions } from './promises.ts';
import { endersOf, settled } from './settled.ts';
import { returns } from './statements.ts';

/** What a piece of a body stands in. */
export interface State extends Standing {
  /** The function whose result is waited for. */
  fn: Bare;
}

/** What the body of a test was found to do. */
export interface Reading {
  checks: Check[];
  acts: boolean;
  /** What catches all that is thrown, and goes on. */
  dropped: Dropped[];
}

/** A walk through the body of one function, which gathers what it does. What stands in it is read by the other files of this folder. */
export class Walk {
  readonly script: Script;
  readonly helpers: HelperFinder;
  readonly contexts: ReadonlySet<string>;
  /** The functions that are read now, each called in the one before. */
  readonly following: Bare[];
  readonly look: Look;
  readonly gathered = new Gathered();
  /** Names of what ends the test when it is called. */
  readonly enders = new Set<string>();
  /** The function that is read. */
  readonly fn: Bare;
  /** What catches all that is thrown, and goes on. */
  readonly dropped: Dropped[] = [];
  /** Handlers that drop the failure of a call that is waited for. */
  readonly forgotten: Dropped[] = [];
  /** Where members of objects begin that are functions. */
  readonly members = new Set<number>();
  /** Where a `catch` begins that is only one of two ways to pass. */
  readonly alternatives = new Set<number>();
  /** Functions that follow on a promise that nothing waits for, with the assertions that were read in each. */
  readonly lost: { fn: Bare; from: number; to: number }[] = [];
  /** How many assertions the test says that it makes, where it counts them. */
  planned: number | 'some' | undefined;
  /** What the function calls that it has told what to give, once somebody asked. */
  told: ReadonlySet<string> | undefined;

  /** `contexts` are names of what the function asserts with, `following` the functions that call it, where it is a helper. */
  constructor(fn: Bare, script: Script, helpers: HelperFinder, contexts: ReadonlySet<string>, following: readonly Bare[] = []) {
    this.fn = fn;
    this.script = script;
    this.helpers = helpers;
    this.contexts = contexts;
    this.following = [...following];
    this.look = new Look(script, helpers, contexts, this.enders);
  }

  /** Reads the function: of a test that is given what ends it, or another one. */
  read(isGivenDone: boolean): Reading {
    for (const name of endersOf(this.fn, this.contexts, isGivenDone)) this.enders.add(name);
    this.body(this.fn, { certainty: 'always', fn: this.fn });
    const checks = settled(this);
    if (checks.length === 0) this.dropped.push(...this.forgotten);
    return { checks, acts: this.gathered.acts, dropped: untold(this.dropped, checks) };
  }

  /** The assertions of a helper that is called. */
  readHelper(fn: Bare, script: Script, contexts: ReadonlySet<string>): Check[] {
    return new Walk(fn, script, this.helpers, contexts, this.following).read(false).checks;
  }

  /** Reads the body of a function. */
  body(fn: Bare, state: State): void {
    const body = fn.get('body');
    if (!body) return;
    if (body.type === 'statement_block') this.block(body, state);
    else this.visit(body, state);
  }

  /** Reads the statements of a block. */
  block(block: Bare, state: State): void {
    readInOrder(block.children, state, {
      gathered: this.gathered,
      read: (statement, standing, rest) => {
        if (statement.type === 'try_statement') readTry(this, statement, standing, isToldLater(this, statement, rest));
        else this.visit(statement, standing);
      },
      fails: (statement) => this.look.leavesWithError(statement),
      returns,
      mayLeave: (statement) => mayLeave(this, statement),
    });
  }

  /** Reads a statement or an expression, where there is one. */
  visit(node: Bare | undefined, state: State): void {
    switch (node?.type) {
      case 'call_expression':
      case 'member_expression':
      case 'subscript_expression':
        readChain(this, chainOf(node), state);
        return;
      case 'if_statement':
        readIf(this, node, state);
        return;
      case 'ternary_expression':
        readEither(this, node, state);
        return;
      case 'binary_expression':
        if (readLogical(this, node, state)) return;
        break;
      case 'switch_statement':
        readSwitch(this, node, state);
        return;
      case 'for_in_statement':
      case 'while_statement':
      case 'for_statement':
        readLoop(this, node, state);
        return;
      case 'try_statement':
        readTry(this, node, state, false);
        return;
      case 'statement_block':
        this.block(node, state);
        return;
      case 'new_expression':
        this.#new(node, state);
        return;
      case 'type_alias_declaration':
        this.#types(node, state);
        return;
      case 'jsx_opening_element':
      case 'jsx_self_closing_element':
        this.#rendered(node, state);
        break;
      case 'pair':
      case 'method_definition':
        if (this.#member(node, state)) return;
        break;
      case 'arrow_function':
        // What is never called is compiled all the same.
        if (node.parent?.type === 'expression_statement') this.#types(node, state);
        return;
      case 'function_expression':
      case 'function_declaration':
      case 'generator_function':
      case 'generator_function_declaration':
      case 'class_declaration':
      case 'class':
        return;
      default:
        break;
    }
    for (const child of node?.children ?? []) this.visit(child, state);
  }

  /** The idiom of type-challenges: a type that compiles only if what it says holds. */
  #types(node: Bare, state: State): void {
    if (/\b(Expect|Assert|AssertTrue|IsTrue)\s*<\s*\w+</.test(node.text))
      addCheck(this, { kind: 'check', fact: 'types', subject: node }, { root: node, links: [], node }, state);
  }

  #new(node: Bare, state: State): void {
    this.gathered.acts = true;
    for (const argument of node.get('arguments')?.children ?? []) {
      if (isFunctionValue(argument)) {
        if (node.get('constructor')?.text === 'Promise') for (const name of parameterNames(argument)) this.enders.add(name);
        this.body(argument, state);
      } else this.visit(argument, state);
    }
  }

  /** What is rendered runs. */
  #rendered(node: Bare, state: State): void {
    const component = this.script.functionOf(node.get('name')?.text ?? '', node);
    if (!component || this.following.includes(component) || !this.look.asserts(component.get('body') ?? component)) return;
    this.following.push(component);
    this.body(component, state);
    this.following.pop();
  }

  /** A function that is a member of an object: whoever is given the object may call it; a look at what came of that says that it did. Answers whether it was all of the node. */
  #member(node: Bare, state: State): boolean {
    const fn = node.type === 'pair' ? node.get('value') : node;
    if (node.parent?.type !== 'object' || !fn || !isFunctionLike(fn)) return node.type === 'method_definition';
    this.members.add(node.start);
    this.body(fn, mentions(fn, this.enders) || endsContext(this, fn) ? state : this.gathered.under(state, 'callback', node));
    return true;
  }
}
