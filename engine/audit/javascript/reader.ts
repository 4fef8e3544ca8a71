import type { Bare } from '../../syntax/index.ts';
import { secure, worse } from '../certainty.ts';
import { carried, HELPER_DEPTH } from '../following.ts';
import type { Certainty, Check, Fix, Flaw, Span } from '../model.ts';
import { type Chain, chainOf, isFunctionValue, type Link, squeezed, unwrap, withoutAwait } from './chain.ts';
import { fixOf } from './fixes.ts';
import { type Helper, type HelperFinder, nameSaysAssert } from './helpers.ts';
import { isActing, Look } from './look.ts';
import { asksMock, toldMocks } from './mocks.ts';
import { fateOf, mentions } from './promises.ts';
import { isCaught, isReached } from './reached.ts';
import type { Recognized } from './recognized.ts';
import { isFunctionLike, parameterNames, type Script } from './script.ts';
import { isAsync, isEmpty, isHandedOn, isShown, returns } from './statements.ts';
import { declares } from './suites.ts';
import { isFilled, isImplied, isToldAfter, runsSurely } from './told.ts';
import { equality } from './values.ts';

/** Methods that call a function once for each element there is. */
const FOR_EACH = /^(forEach|map|every|some|filter|flatMap|reduce|reduceRight|find|findIndex)$/;
/** Methods and functions that call a function later, if something happens. */
const LATER =
  /^(on|once|addListener|addEventListener|prependListener|subscribe|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|process|requestAnimationFrame|listen|watch|observe|tap|tapAsync|tapPromise)$/;

/** Asks whether something is an error, and not which. */
const IS_ERROR = /instanceof\s+Error\b|instance[oO]f\(\s*(?:[\w.]+,\s*)?Error\b|\.an?\(\s*(?:Error\b|['"]error['"])/i;
/** A length is never less than nothing. */
const NEVER_LESS =
  /\.(?:length|size)(?:>=0\)(?:\.[\w.]+(?:\((?:true)?\))?)?|\)(?:\.[a-z]+)*\.(?:toBeGreaterThanOrEqual|least|gte|greaterThanOrEqual)\(0\)|,0\))$/;
/** Names of what ends a test when it is called. */
const ENDS = /^(done|cb|callback|next|end|finish|resolve|reject|fulfill)$/;

/** What the body of a test was found to do. */
export interface Reading {
  checks: Check[];
  acts: boolean;
  /** What catches all that is thrown, and goes on. */
  dropped: Span[];
}

interface State {
  certainty: Certainty;
  /** Where what makes it uncertain begins. */
  guard?: number;
  flaw?: Flaw;
  /** The function whose result is waited for. */
  fn: Bare;
}

/** Reads the assertions in the body of one test, with those of the helpers that it calls. */
export class BodyReader {
  readonly #script: Script;
  readonly #helpers: HelperFinder;
  readonly #contexts: ReadonlySet<string>;
  readonly #enders = new Set<string>();
  readonly #checks: Check[] = [];
  readonly #following: Bare[] = [];
  readonly #look: Look;
  /** What makes assertions uncertain, by where it begins. */
  readonly #guards = new Map<number, Bare>();
  #fn: Bare | undefined;
  #told: Set<string> | undefined;
  readonly #dropped: Span[] = [];
  /** Where members of objects begin that are functions. */
  readonly #members = new Set<number>();
  /** Where a `catch` begins that is only one of two ways to pass. */
  readonly #alternatives = new Set<number>();
  /** Functions that follow on a promise that nothing waits for, with the assertions that were read in each. */
  readonly #lost: { fn: Bare; from: number; to: number }[] = [];
  /** Handlers that drop the failure of a call that is waited for. */
  readonly #forgotten: Span[] = [];
  #counted = false;
  #acts = false;

  constructor(script: Script, helpers: HelperFinder, contexts: ReadonlySet<string>) {
    this.#script = script;
    this.#helpers = helpers;
    this.#contexts = contexts;
    this.#look = new Look(script, helpers, contexts, this.#enders);
  }

  /** Reads a function: of a test that is given what ends it, or another one. */
  read(fn: Bare, givenDone: boolean): Reading {
    // What a table or a caller gives ends the test only if its name says so.
    for (const name of parameterNames(fn).slice(0, givenDone ? 2 : undefined)) {
      if (name !== '' && !this.#contexts.has(name) && (givenDone || ENDS.test(name))) this.#enders.add(name);
    }
    for (const name of this.#contexts) if (ENDS.test(name.replace('()', ''))) this.#enders.add(name.replace('()', ''));
    this.#fn = fn;
    this.#body(fn, { certainty: 'always', fn });
    this.#findLost();
    if (this.#checks.length === 0) this.#dropped.push(...this.#forgotten);
    return {
      checks: this.#checks.map((check) => {
        if (this.#counted && !(check.certainty === 'catch' && check.guard !== undefined && this.#alternatives.has(check.guard)))
          return counted(check);
        return this.#isToldAfter(check) ? { ...check, certainty: 'always' } : check;
      }),
      acts: this.#acts,
      dropped: this.#dropped,
    };
  }

  /** What nothing waits for has run all the same where an assertion afterwards looks at what it changed. */
  #findLost(): void {
    for (const { fn, from, to } of this.#lost) {
      if (!isToldAfter(fn, this.#checks)) continue;
      for (let i = from; i < to; i++) {
        const { flaw, guard, fix, ...check } = this.#checks[i] as Check;
        if (flaw === 'unawaited') this.#checks[i] = { ...check, certainty: 'always' };
      }
    }
  }

  #isToldAfter({ guard, certainty }: Check): boolean {
    const node = guard === undefined || certainty === 'always' ? undefined : this.#guards.get(guard);
    if (node === undefined) return false;
    if (this.#members.has(node.start) && this.#checks.some((other) => other.certainty === 'always' && !other.flaw && other.start > node.end))
      return true;
    return isToldAfter(node, this.#checks);
  }

  #body(fn: Bare, state: State): void {
    const body = fn.get('body');
    if (!body) return;
    if (body.type === 'statement_block') this.#block(body, state);
    else this.#visit(body, state);
  }

  /** The statements of a block: after one that may leave it, the others run only under a condition. */
  #block(block: Bare, state: State): void {
    let after = state;
    for (const [i, statement] of block.children.entries()) {
      const rest = block.children.slice(i + 1);
      const before = this.#checks.length;
      if (statement.type === 'try_statement') this.#try(statement, after, this.#isToldLater(statement, rest));
      else this.#visit(statement, after);
      if (rest.some((one) => this.#look.leavesWithError(one)) && returns(statement)) secure(this.#checks, before, statement, after);
      if (this.#mayLeave(statement)) after = this.#under(after, 'conditional', statement);
    }
  }

  /** Whether what follows a `try` fails if nothing was caught: its `catch` leaves before a failure, or sets what is asserted then. */
  #isToldLater(statement: Bare, rest: readonly Bare[]): boolean {
    const caught = statement.get('handler')?.get('body');
    if (!caught) return false;
    if (caught.children.at(-1)?.type === 'return_statement' && rest.some((one) => one.type === 'throw_statement' || this.#look.isFailure(one)))
      return true;
    const set = caught.children.flatMap((one) => {
      const assignment = one.type === 'expression_statement' ? one.children[0] : undefined;
      return /assignment|update/.test(assignment?.type ?? '') ? [(assignment?.get('left') ?? assignment?.get('argument'))?.text ?? ''] : [];
    });
    return set.length > 0 && rest.some((one) => mentions(one, new Set(set)) && this.#look.asserts(one));
  }

  /** `if (…) return;` that neither fails nor ends nor skips the test. */
  #mayLeave(statement: Bare): boolean {
    if (statement.type !== 'if_statement') return false;
    const then = statement.get('consequence');
    const last = then?.type === 'statement_block' ? then.children.at(-1) : then;
    if (last?.type !== 'return_statement' || !then) return false;
    if (isImplied(statement.get('condition'), this.#checks) || mentions(then, this.#enders) || /\b(skip|todo|fail)\s*\(/.test(then.text))
      return false;
    return !this.#look.asserts(then);
  }

  #visit(node: Bare, state: State): void {
    switch (node.type) {
      case 'call_expression':
      case 'member_expression':
      case 'subscript_expression':
        this.#chain(chainOf(node), state);
        return;
      case 'if_statement': {
        this.#visitIn(node.get('condition'), state);
        this.#ownFailure(node, state);
        const branches = [node.get('consequence'), node.get('alternative')];
        const covered =
          branches.every((branch) => branch && (this.#look.asserts(branch) || this.#look.leavesWithError(branch))) ||
          isImplied(node.get('condition'), this.#checks);
        for (const branch of branches)
          this.#visitIn(branch, covered || (branch && this.#endsOnlyIn(branch)) ? state : this.#under(state, 'conditional', node));
        return;
      }
      case 'ternary_expression': {
        this.#visitIn(node.get('condition'), state);
        const branches = [node.get('consequence'), node.get('alternative')];
        const covered = branches.every((branch) => branch && this.#look.asserts(branch));
        for (const branch of branches)
          this.#visitIn(branch, covered || (branch && this.#endsOnlyIn(branch)) ? state : this.#under(state, 'conditional', node));
        return;
      }
      case 'binary_expression':
        if (/^(&&|\|\||\?\?)$/.test(node.operator)) {
          this.#visitIn(node.children[0], state);
          this.#visitIn(node.children[1], this.#under(state, 'conditional', node));
          return;
        }
        break;
      case 'switch_statement': {
        this.#visitIn(node.get('value'), state);
        const cases = node.get('body')?.children ?? [];
        for (const one of cases) this.#block(one, this.#under(state, 'conditional', node));
        return;
      }
      case 'for_in_statement':
      case 'while_statement':
      case 'for_statement': {
        this.#visitIn(node.get('right'), state);
        this.#visitIn(node.get('body'), runsSurely(node, this.#script, this.#checks) ? state : this.#under(state, 'loop', node));
        return;
      }
      case 'try_statement':
        this.#try(node, state, false);
        return;
      case 'statement_block':
        this.#block(node, state);
        return;
      case 'new_expression': {
        this.#acts = true;
        for (const argument of node.get('arguments')?.children ?? []) {
          if (isFunctionValue(argument)) {
            if (node.get('constructor')?.text === 'Promise') for (const name of parameterNames(argument)) this.#enders.add(name);
            this.#body(argument, state);
          } else this.#visit(argument, state);
        }
        return;
      }
      case 'type_alias_declaration':
        // The idiom of type-challenges: an alias that compiles only if what it says holds.
        if (/\b(Expect|Assert|AssertTrue|IsTrue)\s*<\s*\w+</.test(node.text))
          this.#check({ kind: 'check', fact: 'types', subject: node }, { root: node, links: [], node }, state);
        return;
      case 'jsx_opening_element':
      case 'jsx_self_closing_element': {
        // What is rendered runs.
        const component = this.#script.functionOf(node.get('name')?.text ?? '', node);
        if (component && !this.#following.includes(component) && this.#look.asserts(component.get('body') ?? component)) {
          this.#following.push(component);
          this.#body(component, state);
          this.#following.pop();
        }
        break;
      }
      case 'pair':
      case 'method_definition': {
        const fn = node.type === 'pair' ? node.get('value') : node;
        if (node.parent?.type === 'object' && fn && isFunctionLike(fn)) {
          // Whoever is given the object may call it; a look at what came of that says that it did.
          this.#members.add(node.start);
          this.#body(fn, mentions(fn, this.#enders) || this.#endsContext(fn) ? state : this.#under(state, 'callback', node));
          return;
        }
        if (node.type === 'method_definition') return;
        break;
      }
      case 'arrow_function':
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
    for (const child of node.children) this.#visit(child, state);
  }

  /** `if (…) throw new Error()` in a test, without another branch, is an assertion written by hand. */
  #ownFailure(node: Bare, state: State): void {
    const condition = unwrap(node.get('condition'));
    const then = node.get('consequence');
    if (!condition || !then || node.get('alternative') || this.#following.length > 0) return;
    const last = then.type === 'statement_block' ? then.children.at(-1) : then;
    if (last?.type !== 'throw_statement' || !/^throw\s+new\b/.test(last.text)) return;
    const wanted =
      condition.type === 'binary_expression' && /^!==?$/.test(condition.operator)
        ? equality(condition.children[0] as Bare, condition.children[1])
        : undefined;
    this.#check({ kind: 'check', ...(wanted ?? { fact: 'boolean', subject: condition }), node: condition }, { root: node, links: [], node }, state);
  }

  /** `reject(new Error())`, `done('…')`: fails the test by hand where it is come to. */
  #isOwnFailure({ root, links }: Chain): boolean {
    const [first] = links;
    return first?.name === undefined && this.#enders.has(root.text) && /^(string|template_string|new_expression)$/.test(first?.args?.[0]?.type ?? '');
  }

  /** What stands in something that may not run. */
  #under(state: State, certainty: Certainty, guard: Bare): State {
    this.#guards.set(guard.start, guard);
    return { ...state, certainty: worse(state.certainty, certainty), guard: state.guard ?? guard.start };
  }

  #visitIn(node: Bare | undefined, state: State): void {
    if (node) this.#visit(node, state);
  }

  #try(node: Bare, state: State, isToldLater: boolean): void {
    const body = node.get('body');
    const handler = node.get('handler');
    if (body)
      this.#block(
        body,
        handler && (this.#look.swallows(handler) || this.#look.takesAnything(handler)) ? { ...state, flaw: state.flaw ?? 'swallowed' } : state,
      );
    const caught = handler?.get('body');
    if (body && handler && caught?.children.every(isShown) && !this.#look.asserts(body) && isActing(body))
      this.#dropped.push({ start: handler.start, end: handler.end });
    const before = this.#checks.length;
    if (caught && handler && body && this.#look.takesAnything(handler) && this.#look.endsInFailure(body))
      this.#block(caught, { ...state, flaw: 'swallowed' });
    else if (caught) this.#block(caught, isToldLater || (body && this.#look.endsInFailure(body)) ? state : this.#under(state, 'catch', caught));
    if (body && caught && handler && this.#look.asserts(body) && !this.#look.endsInFailure(body)) {
      // The test passes by what the `try` asserts as well: a plan counts one of the two, and no error is asked for.
      this.#alternatives.add(caught.start);
      if (this.#look.takesAnything(handler)) this.#anyOutcome(before);
    }
    this.#visitIn(node.get('finalizer'), state);
  }

  #anyOutcome(from: number): void {
    for (let i = from; i < this.#checks.length; i++)
      if (this.#checks[i]?.fact === 'any-error') this.#checks[i] = { ...(this.#checks[i] as Check), fact: 'truth' };
  }

  #chain(chain: Chain, state: State): void {
    const found = this.#look.recognize(chain);
    for (const one of found) {
      if (one.kind === 'count') this.#counted = true;
      else if (one.kind === 'check') this.#check(one, chain, state);
    }
    if (found.length > 0) {
      this.#acts = true;
      const told = chain.links.some(({ name }) => name === 'end' || name === 'expect');
      for (const { args = [], name } of chain.links) {
        for (const arg of args) {
          if (!isFunctionValue(arg)) this.#visitHelpers(arg, state);
          else if (told && name !== undefined) this.#body(arg, state);
        }
      }
      return;
    }
    if (declares(chain, this.#script)) return;
    if (this.#isOwnFailure(chain)) this.#check({ kind: 'check', fact: 'boolean', subject: chain.node }, chain, { ...state, certainty: 'always' });
    const last = chain.links.at(-1);
    if (last?.name === 'catch' && last.args?.[0] && isEmpty(last.args[0]) && chain.node.parent?.type === 'await_expression')
      this.#forgotten.push({ start: last.args[0].start, end: last.args[0].end });
    const helper = this.#helper(chain, state);
    if (chain.root.type !== 'identifier') this.#visit(chain.root, state);
    for (const [i, link] of chain.links.entries()) {
      if (!link.args) continue;
      this.#acts = true;
      for (const arg of link.args) {
        if (isFunctionValue(arg)) this.#callback(arg, link, chain, i, state, helper);
        else if (arg.type === 'array') this.#functions(arg, link, chain, state);
        else if (!helper || arg.type !== 'identifier') this.#visit(arg, state);
      }
    }
  }

  /** What an asserted value is made of may be calls of helpers that assert, too. */
  #visitHelpers(node: Bare, state: State): void {
    const inner = withoutAwait(node);
    if (inner.type !== 'call_expression') return;
    const chain = chainOf(inner);
    if (this.#look.recognize(chain).length === 0) this.#helper(chain, state);
  }

  #check(found: Extract<Recognized, { kind: 'check' }>, chain: Chain, state: State): void {
    const fate = found.promised ? fateOf(chain.node, state.fn, this.#enders, this.#script) : 'held';
    const flaw =
      found.flaw ??
      (found.fact === 'order' && NEVER_LESS.test(squeezed(chain.node)) ? 'tautology' : undefined) ??
      (this.#asksMock(found.subject) ? 'mock' : undefined) ??
      (fate === 'lost' ? 'unawaited' : fate === 'dropped' ? 'swallowed' : state.flaw);
    const gotThere = found.flaw === 'tautology' && isReached(chain.node, state.fn, this.#enders);
    // What says that the test got to a place that ends it need not say so elsewhere.
    const certainty = found.fact === 'types' || gotThere ? 'always' : state.certainty;
    const isOnlyCaught =
      (/^(truth|exists|boolean)$/.test(found.fact) || (found.fact === 'type' && IS_ERROR.test(chain.node.text))) &&
      typeof found.subject !== 'string' &&
      this.#fn !== undefined &&
      isCaught(found.subject, this.#fn);
    const place = found.node ?? chain.node;
    this.#checks.push({
      fact: gotThere ? 'called' : isOnlyCaught ? 'any-error' : found.fact,
      subject: squeezed(typeof found.subject === 'string' ? found.subject : withoutAwait(found.subject)),
      details: Math.max(1, found.details ?? 1),
      certainty,
      ...(flaw && !gotThere && { flaw, ...this.#fix(flaw, chain) }),
      ...(state.guard !== undefined && { guard: state.guard }),
      start: place.start,
      end: place.end,
    });
  }

  #asksMock(subject: Bare | string): boolean {
    if (typeof subject === 'string') return false;
    this.#told ??= toldMocks(this.#fn, this.#script);
    return asksMock(subject, this.#told, this.#script);
  }

  #fix(flaw: Flaw, chain: Chain): { fix?: Fix } {
    const fix = this.#fn ? fixOf(flaw, chain, this.#fn) : undefined;
    return fix ? { fix } : {};
  }

  /** The assertions of a helper, read once for all tests of a file. */
  #checksOf({ fn, script }: Helper): readonly Check[] {
    const contexts = new Set([...this.#contexts, ...parameterNames(fn).filter((name) => /^(t|assert)$/.test(name))]);
    const key = [...contexts].join();
    const known = this.#helpers.known(fn, key);
    if (known) return known;
    const reader = new BodyReader(script, this.#helpers, contexts);
    reader.#following.push(...this.#following);
    const { checks } = reader.read(fn, false);
    this.#helpers.remember(fn, key, checks);
    return checks;
  }

  /** The assertions of a helper that is called; whether there is such a helper. */
  #helper(chain: Chain, state: State): boolean {
    const helper = this.#helpers.find(chain, this.#script);
    if (!helper) {
      if (nameSaysAssert(chain) && (chain.links[0]?.args ?? chain.links[1]?.args)) {
        this.#check({ kind: 'check', fact: 'custom', subject: chain.node }, chain, state);
        return true;
      }
      return false;
    }
    if (this.#following.includes(helper.fn) || this.#following.length >= HELPER_DEPTH) return false;
    this.#following.push(helper.fn);
    const checks = this.#checksOf(helper);
    this.#following.pop();
    const lost = checks.length > 0 && isAsync(helper.fn) && fateOf(chain.node, state.fn, this.#enders, this.#script) === 'lost';
    for (const check of carried(checks, state, chain.node, helper.name))
      this.#checks.push({ ...check, ...(lost && { flaw: 'unawaited' as const, isHelperLost: true }) });
    return checks.length > 0;
  }

  /** A function that is given to a call: whether and when it is called. */
  #callback(fn: Bare, link: Link, chain: Chain, index: number, state: State, isHelper: boolean): void {
    const name = link.name ?? (index === 0 ? chain.root.text : '');
    if (name === 'then' || name === 'catch' || name === 'finally') {
      this.#reaction(fn, link, chain, state);
      return;
    }
    if (FOR_EACH.test(name) && link.name !== undefined) {
      const subject = chain.links[index - 1]?.node ?? chain.root;
      const isFloating = name === 'forEach' && isAsync(fn) && fn.some(({ type }) => type === 'await_expression');
      const filled = isFilled(subject, this.#script, this.#checks);
      const after = filled ? state : this.#under(state, 'loop', fn);
      this.#body(fn, isFloating ? { ...after, flaw: after.flaw ?? 'unawaited' } : after);
      return;
    }
    if (/^(waitFor|waitUntil|eventually)/.test(name)) {
      const isLost = fateOf(chain.node, state.fn, this.#enders, this.#script) === 'lost';
      this.#body(fn, isLost ? { ...state, flaw: state.flaw ?? 'unawaited' } : state);
      return;
    }
    const isNodeStyle = /^(err|error|e|er|_err|_error|_)$/.test(parameterNames(fn)[0] ?? '') && parameterNames(fn).length > 1;
    const isLate = LATER.test(name) || isNodeStyle;
    const isSure = (!isLate && (isHelper || !isHandedOn(chain, this.#script))) || mentions(fn, this.#enders) || this.#endsContext(fn);
    this.#body(fn, isSure ? state : this.#under(state, 'callback', fn));
  }

  /** A list of functions that a call is given: steps that end in what ends the test have all run. */
  #functions(list: Bare, link: Link, chain: Chain, state: State): void {
    const ends = link.args?.some((arg) => arg !== list && isFunctionValue(arg) && mentions(arg, this.#enders));
    for (const one of list.children) {
      if (!isFunctionValue(one)) this.#visit(one, state);
      else this.#body(one, ends || mentions(one, this.#enders) || !isHandedOn(chain, this.#script) ? state : this.#under(state, 'callback', one));
    }
  }

  #endsContext(fn: Bare): boolean {
    return [...this.#contexts].some((name) => fn.text.includes(`${name}.end`));
  }

  /** Whether the test can end only by what a callback does: nothing else in it speaks of what ends it. */
  #endsOnlyIn(callback: Bare): boolean {
    const isParameter = ({ type, field }: Bare) => type === 'formal_parameters' || field === 'parameter';
    const ends = (node: Bare): boolean =>
      node !== callback && !isParameter(node) && (node.type === 'identifier' ? this.#enders.has(node.text) : node.children.some(ends));
    return mentions(callback, this.#enders) && !(this.#fn?.get('body')?.children ?? []).some(ends);
  }

  /** What follows on a promise: it runs if something waits for the promise, and what handles errors only if there are some. */
  #reaction(fn: Bare, link: Link, chain: Chain, state: State): void {
    const fate = fateOf(chain.node, state.fn, this.#enders, this.#script);
    const isHandler = link.name === 'catch' || (link.name === 'then' && link.args?.[1] === fn);
    const before = link.name === 'catch' ? chain.links[chain.links.indexOf(link) - 1] : link;
    const succeeded = before?.name === 'then' ? before.args?.[0] : undefined;
    const isForced = isHandler && succeeded !== undefined && succeeded !== fn && this.#look.alwaysFails(succeeded);
    const dropping = chain.links
      .slice(chain.links.indexOf(link) + 1)
      .find(({ name, args }) => name === 'catch' && args?.[0] && (isEmpty(args[0]) || this.#look.takesAnything(args[0])))?.args?.[0];
    const isDropped = dropping !== undefined || (isForced && this.#look.takesAnything(fn));
    const after = isHandler && !isForced && !this.#endsOnlyIn(fn) ? this.#under(state, 'catch', fn) : state;
    const from = this.#checks.length;
    const lost = fate === 'lost' ? 'unawaited' : isDropped || fate === 'dropped' ? 'swallowed' : undefined;
    if (dropping && fate === 'lost' && this.#look.asserts(fn)) this.#dropped.push({ start: dropping.start, end: dropping.end });
    this.#body(fn, { ...after, ...(lost && { flaw: state.flaw ?? lost }) });
    if (lost === 'unawaited') this.#lost.push({ fn, from, to: this.#checks.length });
  }
}

/** An assertion in a test that counts them: one that does not run makes the test fail. */
function counted({ flaw, ...check }: Check): Check {
  // `t.pass()` is what a plan counts.
  if (flaw === 'tautology' && check.subject === 'pass') return { ...check, fact: 'called', certainty: 'always' };
  return { ...check, certainty: 'always', ...(flaw && flaw !== 'unawaited' && flaw !== 'swallowed' && { flaw }) };
}
