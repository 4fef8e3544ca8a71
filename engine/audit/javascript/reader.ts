import type { Bare } from '../../syntax/index.ts';
import { worse } from '../certainty.ts';
import type { Certainty, Check, Fix, Flaw, Span } from '../model.ts';
import { type Chain, chainOf, isFunctionValue, type Link, squeezed, unwrap, withoutAwait } from './chain.ts';
import { fixOf } from './fixes.ts';
import { RECOGNIZERS } from './frameworks/index.ts';
import { type HelperFinder, nameSaysAssert } from './helpers.ts';
import { toldMocks } from './mocks.ts';
import { fateOf, mentions } from './promises.ts';
import type { Recognized } from './recognized.ts';
import { isFunctionLike, parameterNames, type Script } from './script.ts';
import { declares, rowsOf } from './suites.ts';
import { isConstant } from './values.ts';

/** How deep helpers are followed into helpers. */
const HELPER_DEPTH = 5;

/** Methods that call a function once for each element there is. */
const FOR_EACH = /^(forEach|map|every|some|filter|flatMap|reduce|reduceRight|find|findIndex)$/;
/** Methods and functions that call a function later, if something happens. */
const LATER =
  /^(on|once|addListener|addEventListener|prependListener|subscribe|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|process|requestAnimationFrame|listen|watch|observe|tap|tapAsync|tapPromise)$/;

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
  via?: string;
  /** Where checks of helpers are said to stand. */
  at?: Bare;
  /** The function whose result is waited for. */
  fn: Bare;
}

/** Reads the assertions in the body of one test, with those of the helpers that it calls. */
export class BodyReader {
  readonly #script: Script;
  readonly #helpers: HelperFinder;
  readonly #contexts: Set<string>;
  readonly #enders = new Set<string>();
  readonly #checks: Check[] = [];
  readonly #following: Bare[] = [];
  readonly #asserting = new Map<Bare, boolean>();
  /** What makes assertions uncertain, by where it begins. */
  readonly #guards = new Map<number, Bare>();
  #fn: Bare | undefined;
  #told: Set<string> | undefined;
  readonly #dropped: Span[] = [];
  #counted = false;
  #acts = false;

  constructor(script: Script, helpers: HelperFinder, contexts: ReadonlySet<string>) {
    this.#script = script;
    this.#helpers = helpers;
    this.#contexts = new Set(contexts);
  }

  /** Reads the function of a test. */
  read(fn: Bare): Reading {
    const [first, second] = parameterNames(fn);
    if (first && !this.#contexts.has(first)) this.#enders.add(first);
    if (second) this.#enders.add(second);
    this.#fn = fn;
    this.#body(fn, { certainty: 'always', fn });
    return {
      checks: this.#checks.map((check) => (this.#counted ? counted(check) : this.#isToldAfter(check) ? { ...check, certainty: 'always' } : check)),
      acts: this.#acts,
      dropped: this.#dropped,
    };
  }

  /** Whether an assertion that stands after a loop, a branch or a callback says that it ran: it looks at what is changed there. */
  #isToldAfter({ guard, certainty }: Check): boolean {
    const node = guard === undefined || certainty === 'always' ? undefined : this.#guards.get(guard);
    if (!node) return false;
    const changed = new Set<string>();
    node.some((one) => {
      if (/^(update_expression|augmented_assignment_expression|assignment_expression)$/.test(one.type)) {
        const target = one.get('argument') ?? one.get('left');
        if (target?.type === 'identifier') changed.add(target.text);
      } else if (one.type === 'call_expression') {
        const { root, links } = chainOf(one);
        if (
          root.type === 'identifier' &&
          (links[0]?.name === 'push' || links[0]?.name === 'add' || (links[0]?.name === undefined && /spy|stub|mock|^on[A-Z]/i.test(root.text)))
        )
          changed.add(root.text);
      }
      return false;
    });
    if (changed.size === 0) return false;
    return this.#checks.some(
      (other) => other.certainty === 'always' && !other.flaw && other.start > node.end && changed.has(/^[\w$]+/.exec(other.subject)?.[0] ?? ''),
    );
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
      if (statement.type === 'try_statement') this.#try(statement, after, this.#isToldLater(statement, block.children.slice(i + 1)));
      else this.#visit(statement, after);
      if (this.#mayLeave(statement)) after = this.#under(after, 'conditional', statement);
    }
  }

  /** Whether what follows a `try` fails if nothing was caught: its `catch` leaves before a failure, or sets what is asserted then. */
  #isToldLater(statement: Bare, rest: readonly Bare[]): boolean {
    const caught = statement.get('handler')?.get('body');
    if (!caught) return false;
    if (caught.children.at(-1)?.type === 'return_statement' && rest.some((one) => one.type === 'throw_statement' || this.#isFailure(one)))
      return true;
    const set = caught.children.flatMap((one) => {
      const assignment = one.type === 'expression_statement' ? one.children[0] : undefined;
      return /assignment|update/.test(assignment?.type ?? '') ? [(assignment?.get('left') ?? assignment?.get('argument'))?.text ?? ''] : [];
    });
    return set.length > 0 && rest.some((one) => mentions(one, new Set(set)) && this.#asserts(one));
  }

  /** Whether an assertion before has told how a condition comes out: it looks at the same thing. */
  #isImplied(condition: Bare | undefined): boolean {
    if (!condition) return false;
    const told = this.#checks.filter(({ certainty, flaw }) => certainty === 'always' && !flaw);
    return condition.some((one) => {
      if (one.type !== 'member_expression' && one.type !== 'identifier') return false;
      const text = squeezed(one);
      return told.some(({ subject, fact }) => subject === text && (one.type === 'member_expression' || fact !== 'exists'));
    });
  }

  /** `if (…) return;` that neither fails nor ends nor skips the test. */
  #mayLeave(statement: Bare): boolean {
    if (statement.type !== 'if_statement') return false;
    const then = statement.get('consequence');
    const last = then?.type === 'statement_block' ? then.children.at(-1) : then;
    if (last?.type !== 'return_statement' || !then) return false;
    if (this.#isImplied(statement.get('condition')) || mentions(then, this.#enders) || /\b(skip|todo|fail)\s*\(/.test(then.text)) return false;
    return !this.#asserts(then);
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
        const branches = [node.get('consequence'), node.get('alternative')];
        const covered =
          branches.every((branch) => branch && (this.#asserts(branch) || this.#leavesWithError(branch))) || this.#isImplied(node.get('condition'));
        for (const branch of branches)
          this.#visitIn(branch, covered || (branch && this.#endsOnlyIn(branch)) ? state : this.#under(state, 'conditional', node));
        return;
      }
      case 'ternary_expression': {
        this.#visitIn(node.get('condition'), state);
        const branches = [node.get('consequence'), node.get('alternative')];
        const covered = branches.every((branch) => branch && this.#asserts(branch));
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
        this.#visitIn(node.get('body'), this.#runsSurely(node) ? state : this.#under(state, 'loop', node));
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
      case 'arrow_function':
      case 'function_expression':
      case 'function_declaration':
      case 'generator_function':
      case 'generator_function_declaration':
      case 'class_declaration':
      case 'class':
      case 'method_definition':
        return;
      default:
        break;
    }
    for (const child of node.children) this.#visit(child, state);
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
      this.#block(body, handler && (this.#swallows(handler) || this.#takesAnything(handler)) ? { ...state, flaw: state.flaw ?? 'swallowed' } : state);
    const caught = handler?.get('body');
    if (body && handler && caught?.children.length === 0 && !this.#asserts(body) && isActing(body))
      this.#dropped.push({ start: handler.start, end: handler.end });
    if (caught && handler && body && this.#takesAnything(handler) && this.#endsInFailure(body)) this.#block(caught, { ...state, flaw: 'swallowed' });
    else if (caught) this.#block(caught, isToldLater || (body && this.#endsInFailure(body)) ? state : this.#under(state, 'catch', caught));
    this.#visitIn(node.get('finalizer'), state);
  }

  /** Whether a `catch` drops what it caught: it neither throws nor fails nor looks at it, nor keeps it for later. */
  #swallows(handler: Bare): boolean {
    const body = handler.get('body');
    if (!body) return true;
    if (
      body.some(({ type }) =>
        /^(throw_statement|assignment_expression|augmented_assignment_expression|update_expression|return_statement)$/.test(type),
      )
    )
      return false;
    if (mentions(body, this.#enders) || this.#asserts(body)) return false;
    const caught = handler.get('parameter');
    const isShown = (call: Bare) => /^(console|process|logger|log|debug)\b/.test(call.text);
    return !body.some(
      (call) => call.type === 'call_expression' && !isShown(call) && caught?.type === 'identifier' && mentions(call, new Set([caught.text])),
    );
  }

  /** Whether all that a `catch` asserts is that something was caught: a failed assertion is something, too. */
  #takesAnything(handler: Bare): boolean {
    const caught = handler.get('parameter');
    const body = handler.get('body');
    if (caught?.type !== 'identifier' || !body || body.children.length !== 1) return false;
    const statement = body.children[0]?.type === 'expression_statement' ? body.children[0].children[0] : undefined;
    if (statement?.type !== 'call_expression' && statement?.type !== 'member_expression') return false;
    const found = this.#recognize(chainOf(statement));
    return (
      found.length > 0 &&
      found.every((one) => one.kind === 'check' && /^(truth|exists)$/.test(one.fact) && squeezed(one.subject as Bare) === caught.text)
    );
  }

  /** Whether a block, if nothing in it throws, ends in a failure: then what its `catch` asserts is always asserted. */
  #endsInFailure(block: Bare): boolean {
    return block.children.some((statement) => statement.type === 'throw_statement' || this.#isFailure(statement));
  }

  #isFailure(statement: Bare): boolean {
    const expression = statement.type === 'expression_statement' || statement.type === 'return_statement' ? statement.children[0] : undefined;
    const inner = expression && withoutAwait(expression);
    if (!inner || (inner.type !== 'call_expression' && inner.type !== 'member_expression')) return false;
    const chain = chainOf(inner);
    if (/^(fail|reject|throwError|shouldNotGetHere|unreachable)$/.test(chain.root.text) && chain.links[0]?.args) return true;
    if (this.#enders.has(chain.root.text) && (chain.links[0]?.args?.length ?? 0) > 0) return true;
    return this.#recognize(chain).some(({ kind }) => kind === 'fail');
  }

  #leavesWithError(branch: Bare): boolean {
    const last = branch.type === 'statement_block' ? branch.children.at(-1) : branch.type === 'else_clause' ? branch.children[0] : branch;
    if (branch.type === 'else_clause' && last) return this.#leavesWithError(last);
    return last?.type === 'throw_statement' || (last !== undefined && this.#isFailure(last));
  }

  /** Whether there is an assertion in a node, outside of functions that are only defined there. */
  #asserts(node: Bare): boolean {
    let known = this.#asserting.get(node);
    if (known === undefined) {
      // A helper that calls itself asserts only if something else in it does.
      this.#asserting.set(node, false);
      known = this.#looksAsserting(node);
      this.#asserting.set(node, known);
    }
    return known;
  }

  #looksAsserting(node: Bare): boolean {
    if (node.type === 'call_expression' || node.type === 'member_expression') {
      const chain = chainOf(node);
      if (this.#recognize(chain).some(({ kind }) => kind !== 'count')) return true;
      const helper = this.#helpers.find(chain, this.#script);
      if (helper ? this.#asserts(helper.fn.get('body') ?? helper.fn) : nameSaysAssert(chain)) return true;
    }
    if (/^(function_declaration|class_declaration|class)$/.test(node.type)) return false;
    return node.children.some((child) => this.#asserts(child));
  }

  /** Whether a loop runs at least once: over something that is written out, or that was looked at before. */
  #runsSurely(loop: Bare): boolean {
    if (loop.type === 'for_in_statement') return this.#isFilled(loop.get('right'));
    if (loop.type === 'while_statement') return loop.get('condition')?.text === '(true)';
    const condition = loop.get('condition');
    const limit = unwrap(condition?.type === 'expression_statement' ? condition.children[0] : condition)?.children[1];
    return limit !== undefined && this.#isSomething(limit);
  }

  /** Whether a limit of a loop is written out: numbers, and lengths of what is filled. */
  #isSomething(limit: Bare): boolean {
    if (limit.type === 'number') return true;
    if (limit.type === 'parenthesized_expression' || limit.type === 'binary_expression')
      return limit.children[0] !== undefined && this.#isSomething(limit.children[0]);
    if (limit.type === 'identifier') return unwrap(this.#script.declared(limit.text, limit)?.value)?.type === 'number';
    return limit.type === 'member_expression' && this.#isFilled(limit.get('object'));
  }

  #isFilled(node: Bare | undefined): boolean {
    if (rowsOf(node, this.#script) !== undefined) return true;
    const value = node && withoutAwait(node);
    if (!value) return false;
    if (isConstant(value, this.#script)) return true;
    const chain = chainOf(value);
    const subject = squeezed(chain.root.type === 'identifier' && chain.root.text === 'Object' ? (chain.links[0]?.args?.[0] ?? value) : value);
    return this.#checks.some(
      (check) =>
        !check.flaw &&
        check.certainty === 'always' &&
        (check.subject === subject || check.subject.startsWith(`${subject}.`)) &&
        check.fact !== 'type',
    );
  }

  #recognize(chain: Chain): readonly Recognized[] {
    if (this.#helpers.isNamed(chain)) return [{ kind: 'check', fact: 'declared', subject: chain.node }];
    const place = { script: this.#script, contexts: this.#contexts };
    for (const recognize of RECOGNIZERS) {
      const found = recognize(chain, place);
      if (found) return Array.isArray(found) ? (found as readonly Recognized[]) : [found as Recognized];
    }
    return [];
  }

  #chain(chain: Chain, state: State): void {
    const found = this.#recognize(chain);
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
    const helper = this.#helper(chain, state);
    if (chain.root.type !== 'identifier') this.#visit(chain.root, state);
    for (const [i, link] of chain.links.entries()) {
      if (!link.args) continue;
      this.#acts = true;
      for (const arg of link.args) {
        if (isFunctionValue(arg)) this.#callback(arg, link, chain, i, state);
        else if (!helper || arg.type !== 'identifier') this.#visit(arg, state);
      }
    }
  }

  /** What an asserted value is made of may be calls of helpers that assert, too. */
  #visitHelpers(node: Bare, state: State): void {
    const inner = withoutAwait(node);
    if (inner.type !== 'call_expression') return;
    const chain = chainOf(inner);
    if (this.#recognize(chain).length === 0) this.#helper(chain, state);
  }

  #check(found: Extract<Recognized, { kind: 'check' }>, chain: Chain, state: State): void {
    const fate = found.promised ? fateOf(chain.node, state.fn, this.#enders, this.#script) : 'held';
    const flaw = found.flaw ?? this.#mock(found.subject) ?? (fate === 'lost' ? 'unawaited' : fate === 'dropped' ? 'swallowed' : state.flaw);
    const certainty = found.fact === 'types' ? 'always' : state.certainty;
    const isReached = found.flaw === 'tautology' && this.#isReached(chain.node, state.fn);
    const isCaught = /^(truth|exists|boolean)$/.test(found.fact) && typeof found.subject !== 'string' && this.#isCaught(found.subject);
    const place = state.at ?? found.node ?? chain.node;
    this.#checks.push({
      fact: isReached ? 'called' : isCaught ? 'any-error' : found.fact,
      subject: (state.via ? `${squeezed(place)}:` : '') + squeezed(typeof found.subject === 'string' ? found.subject : withoutAwait(found.subject)),
      details: Math.max(1, found.details ?? 1),
      certainty,
      ...(flaw && !isReached && { flaw, ...this.#fix(flaw, chain, state) }),
      ...(state.guard !== undefined && { guard: state.guard }),
      ...(state.via !== undefined && { via: state.via }),
      start: place.start,
      end: place.end,
    });
  }

  #fix(flaw: Flaw, chain: Chain, state: State): { fix?: Fix } {
    const fix = state.via === undefined && this.#fn ? fixOf(flaw, chain, this.#fn) : undefined;
    return fix ? { fix } : {};
  }

  /** Whether what cannot fail says that the test got to a place: in a callback that ends it. */
  #isReached(node: Bare, fn: Bare): boolean {
    for (let at = node.parent; at && at !== fn; at = at.parent) if (isFunctionLike(at) && mentions(at, this.#enders)) return true;
    return false;
  }

  /** Whether what is looked at is an error that was caught: then that it is there is all that is said of it. */
  #isCaught(subject: Bare): boolean {
    let at = withoutAwait(subject);
    while (at.type === 'unary_expression' && at.children[0]) at = at.children[0];
    if (at.type !== 'identifier') return false;
    const { text } = at;
    for (let up = at.parent; up && up !== this.#fn; up = up.parent) {
      if (up.type === 'catch_clause' && up.get('parameter')?.text === text) return true;
      if (isFunctionLike(up) && parameterNames(up)[0] === text && up.parent?.parent?.get('function')?.get('property')?.text === 'catch') return true;
    }
    // `catch (e) { err = e }`, and a look at it afterwards.
    const keeps = (clause: Bare) =>
      clause.type === 'catch_clause' && new RegExp(`\\b${text}\\s*=\\s*${clause.get('parameter')?.text}\\b`).test(clause.text);
    return this.#fn?.some(keeps) ?? false;
  }

  /** Whether an assertion looks only at what a mock gives back that the test told it to give, and called itself. */
  #mock(subject: Bare | string): Flaw | undefined {
    if (typeof subject === 'string') return undefined;
    let value = withoutAwait(subject);
    if (value.type === 'identifier') {
      const found = this.#script.declared(value.text, value);
      if (found?.constant && found.value) value = withoutAwait(found.value);
    }
    const callee = value.type === 'call_expression' ? value.get('function') : undefined;
    if (!callee || !/^(identifier|member_expression)$/.test(callee.type)) return undefined;
    this.#told ??= toldMocks(this.#fn, this.#script);
    return this.#told.has(squeezed(callee)) ? 'mock' : undefined;
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
    const reader = new BodyReader(
      helper.script ?? this.#script,
      this.#helpers,
      new Set([...this.#contexts, ...parameterNames(helper.fn).filter((name) => /^(t|assert)$/.test(name))]),
    );
    reader.#following.push(...this.#following);
    const { checks } = reader.read(helper.fn);
    this.#following.pop();
    const lost = checks.length > 0 && isAsync(helper.fn) && fateOf(chain.node, state.fn, this.#enders, this.#script) === 'lost';
    const place = state.at ?? chain.node;
    for (const { guard: _, ...check } of checks) {
      this.#checks.push({
        ...check,
        subject: `${squeezed(chain.node)}:${check.subject}`,
        certainty: worse(state.certainty, check.certainty),
        ...(state.flaw && !check.flaw && { flaw: state.flaw }),
        ...(state.guard !== undefined && { guard: state.guard }),
        ...(lost && { flaw: 'unawaited' as const }),
        via: helper.name,
        start: place.start,
        end: place.end,
      });
    }
    return checks.length > 0;
  }

  /** A function that is given to a call: whether and when it is called. */
  #callback(fn: Bare, link: Link, chain: Chain, index: number, state: State): void {
    const name = link.name ?? (index === 0 ? chain.root.text : '');
    if (name === 'then' || name === 'catch' || name === 'finally') {
      this.#reaction(fn, link, chain, state);
      return;
    }
    if (FOR_EACH.test(name) && link.name !== undefined) {
      const subject = chain.links[index - 1]?.node ?? chain.root;
      const isFloating = name === 'forEach' && isAsync(fn) && fn.some(({ type }) => type === 'await_expression');
      const filled = this.#isFilled(subject);
      const after = filled ? state : this.#under(state, 'loop', fn);
      this.#body(fn, isFloating ? { ...after, flaw: after.flaw ?? 'unawaited' } : after);
      return;
    }
    const isNodeStyle = /^(err|error|e|er|_err|_error|_)$/.test(parameterNames(fn)[0] ?? '') && parameterNames(fn).length > 1;
    const isLate = LATER.test(name) || isNodeStyle;
    const isSure = !isLate || mentions(fn, this.#enders) || this.#endsContext(fn);
    this.#body(fn, isSure ? state : this.#under(state, 'callback', fn));
  }

  #endsContext(fn: Bare): boolean {
    return [...this.#contexts].some((name) => fn.text.includes(`${name}.end`));
  }

  /** Whether the test can end only by what a callback does: nothing else in it speaks of what ends it. */
  #endsOnlyIn(callback: Bare): boolean {
    const ends = (node: Bare): boolean => node !== callback && (node.type === 'identifier' ? this.#enders.has(node.text) : node.children.some(ends));
    return mentions(callback, this.#enders) && !(this.#fn?.get('body')?.children ?? []).some(ends);
  }

  /** What follows on a promise: it runs if something waits for the promise, and what handles errors only if there are some. */
  #reaction(fn: Bare, link: Link, chain: Chain, state: State): void {
    const fate = fateOf(chain.node, state.fn, this.#enders, this.#script);
    const isHandler = link.name === 'catch' || (link.name === 'then' && link.args?.[1] === fn);
    const before = link.name === 'catch' ? chain.links[chain.links.indexOf(link) - 1] : link;
    const succeeded = before?.name === 'then' ? before.args?.[0] : undefined;
    const isForced = isHandler && succeeded !== undefined && succeeded !== fn && this.#alwaysFails(succeeded);
    const isDropped = chain.links.slice(chain.links.indexOf(link) + 1).some(({ name, args }) => name === 'catch' && args?.[0] && isEmpty(args[0]));
    const after = isHandler && !isForced && !this.#endsOnlyIn(fn) ? this.#under(state, 'catch', fn) : state;
    this.#body(fn, { ...after, ...(fate === 'held' && !isDropped ? {} : { flaw: state.flaw ?? (fate === 'lost' ? 'unawaited' : 'swallowed') }) });
  }

  #alwaysFails(fn: Bare): boolean {
    const body = fn.get('body');
    if (!body) return fn.type === 'identifier' && /^(fail|unexpected|shouldFail|reject)/.test(fn.text);
    return body.type === 'statement_block' ? this.#endsInFailure(body) : this.#recognize(chainOf(body)).some(({ kind }) => kind === 'fail');
  }
}

/** An assertion in a test that counts them: one that does not run makes the test fail. */
function counted({ flaw, ...check }: Check): Check {
  // `t.pass()` is what a plan counts.
  if (flaw === 'tautology' && check.subject === 'pass') return { ...check, fact: 'called', certainty: 'always' };
  return { ...check, certainty: 'always', ...(flaw && flaw !== 'unawaited' && flaw !== 'swallowed' && { flaw }) };
}

function isAsync(fn: Bare): boolean {
  return /^(export\s+)?(default\s+)?(static\s+)?async\b/.test(fn.head);
}

/** Whether a block does what a test may be about: not only clean up. */
function isActing(block: Bare): boolean {
  return (
    block.some(({ type }) => type === 'call_expression') &&
    !/\b(close|rm|remove|unlink|kill|destroy|stop|end|delete|cleanup|terminate|dispose|restore)\w*\(/i.test(block.text)
  );
}

/** Whether a function does nothing. */
function isEmpty(fn: Bare): boolean {
  return isFunctionValue(fn) && fn.get('body')?.type === 'statement_block' && fn.get('body')?.children.length === 0;
}
