import type { Bare } from '../../syntax/index.ts';
import { type Standing, secure, under } from '../certainty.ts';
import { carried, HELPER_DEPTH } from '../following.ts';
import type { Check, Span } from '../model.ts';
import { checkOf } from '../stated.ts';
import { squeezed } from '../text.ts';
import { assertedBy, isBroad } from './calls.ts';
import type { Definitions } from './definitions.ts';
import { isConstant, plain, type Stated, stated } from './facts.ts';

/** Names that say that a function asserts, for those that cannot be read. */
const SAYS_ASSERT = /^_*(assert|check|verify|expect|ensure|validate)(_|$|[A-Z])/;

/** Reads the assertions of one test function, with those of the helpers that it calls. */
export class PythonReader {
  readonly #definitions: Definitions;
  readonly #following: Bare[];
  readonly #checks: Check[] = [];
  readonly #local = new Map<string, Bare>();
  readonly #called = new Set<string>();
  readonly #dropped: Span[] = [];
  readonly #goneThrough = new Set<Bare>();
  #fn: Bare | undefined;
  #acts = false;

  constructor(definitions: Definitions, following: Bare[] = []) {
    this.#definitions = definitions;
    this.#following = following;
  }

  /** Reads a function. */
  read(fn: Bare): { checks: Check[]; acts: boolean; dropped: Span[] } {
    this.#fn = fn;
    const body = fn.get('body');
    for (const node of fn.filter(({ type }) => type === 'function_definition')) if (node !== fn) this.#local.set(node.get('name')?.text ?? '', node);
    if (body) this.#block(body, { certainty: 'always' });
    for (const [name, inner] of this.#local) {
      // One that is only handed on: nothing makes sure that it is called.
      const innerBody = inner.get('body');
      if (!this.#called.has(name) && innerBody) this.#block(innerBody, under({ certainty: 'always' }, 'callback', inner));
    }
    return {
      checks: this.#checks.map((check) => (this.#isToldAfter(check) ? { ...check, certainty: 'always' } : check)),
      acts: this.#acts,
      dropped: this.#dropped,
    };
  }

  #block(block: Bare, state: Standing): void {
    let after = state;
    for (const [i, statement] of block.children.entries()) {
      const before = this.#checks.length;
      this.#visit(statement, after);
      if (block.children.slice(i + 1).some((one) => this.#fails(one)) && returns(statement)) secure(this.#checks, before, statement, after);
      if (this.#mayLeave(statement)) after = under(after, 'conditional', statement);
    }
  }

  #mayLeave(statement: Bare): boolean {
    if (statement.type !== 'if_statement') return false;
    const then = statement.get('consequence');
    return then?.children.at(-1)?.type === 'return_statement' && !this.#asserts(then) && !/\b(skip|skipTest|fail)\s*\(/.test(then.text);
  }

  #visit(node: Bare, state: Standing): void {
    switch (node.type) {
      case 'assert_statement': {
        const [condition] = node.children;
        if (condition) for (const one of stated(condition)) this.#add(one, node, state);
        if (condition) this.#calls(condition, state);
        return;
      }
      case 'expression_statement':
        for (const child of node.children) this.#expression(child, node, state);
        return;
      case 'with_statement':
        this.#with(node, state);
        return;
      case 'if_statement': {
        const condition = node.get('condition');
        if (condition) this.#calls(condition, state);
        const branches = node.children
          .filter(({ field }) => field === 'consequence' || field === 'alternative')
          .map((one) => (one.type === 'block' ? one : (one.get('body') ?? one.get('consequence') ?? one)));
        const hasElse = node.children.some(({ type }) => type === 'else_clause');
        const isCovered = (hasElse && branches.every((branch) => this.#asserts(branch) || this.#raises(branch))) || this.#isImplied(condition);
        for (const branch of branches) this.#block(branch, isCovered ? state : under(state, 'conditional', node));
        return;
      }
      case 'for_statement': {
        const right = node.get('right');
        const body = node.get('body');
        if (body) this.#block(body, this.#isFilled(right) ? state : under(state, 'loop', node));
        return;
      }
      case 'while_statement': {
        const body = node.get('body');
        if (body) this.#block(body, node.get('condition')?.text === 'True' ? state : under(state, 'loop', node));
        return;
      }
      case 'try_statement':
        this.#try(node, state);
        return;
      case 'function_definition':
      case 'class_definition':
      case 'decorated_definition':
        return;
      case 'match_statement':
        for (const one of node.filter(({ type }) => type === 'case_clause')) {
          const body = one.get('consequence');
          if (body) this.#block(body, under(state, 'conditional', node));
        }
        return;
      default:
        this.#calls(node, state);
    }
  }

  /** An expression that stands as a statement. */
  #expression(node: Bare, statement: Bare, state: Standing): void {
    const inner = plain(node);
    if (inner.type === 'comparison_operator') {
      this.#add({ fact: 'truth', subject: inner, flaw: 'uncalled' }, statement, state);
      return;
    }
    if (inner.type === 'attribute' && /^(assert_\w+|called_once_with)$/.test(inner.get('attribute')?.text ?? '')) {
      this.#add({ fact: 'called', subject: inner, flaw: 'uncalled' }, statement, state);
      return;
    }
    this.#calls(inner, state);
  }

  /** The calls in an expression: assertions, and helpers that make some. */
  #calls(node: Bare, state: Standing): void {
    if (node.type === 'call') {
      this.#acts = true;
      const found = this.#definitions.find(node.get('function')?.text ?? '', node) ? undefined : assertedBy(node);
      if (found && found !== 'fail') {
        this.#add(found, node, state);
        for (const argument of node.get('arguments')?.children ?? []) this.#helperCalls(argument, state);
        return;
      }
      this.#helper(node, state);
    }
    for (const child of node.children) if (child.type !== 'lambda') this.#calls(child, state);
  }

  /** What an asserted value is made of may be calls of helpers that assert, too. */
  #helperCalls(node: Bare, state: Standing): void {
    if (node.type === 'call') this.#helper(node, state);
    for (const child of node.children) this.#helperCalls(child, state);
  }

  #helper(call: Bare, state: Standing): void {
    const callee = call.get('function');
    const name = callee?.text ?? '';
    if (this.#definitions.named(squeezed(name))) {
      this.#add({ fact: 'declared', subject: call }, call, state);
      return;
    }
    const local = callee?.type === 'identifier' ? this.#local.get(name) : undefined;
    if (local) this.#called.add(name);
    const found = local ? { fn: local, definitions: this.#definitions } : this.#definitions.find(name, call);
    if (!found) {
      const last = name.split('.').at(-1) ?? '';
      if (SAYS_ASSERT.test(last) && !/^(checkpoint|check_output|check_call|check_returncode|validate_)/.test(last))
        this.#add({ fact: 'custom', subject: call }, call, state);
      return;
    }
    const { fn, definitions } = found;
    if (this.#following.includes(fn) || this.#following.length >= HELPER_DEPTH || fn === this.#fn) return;
    const known = local ? undefined : definitions.read.get(fn);
    const checks = known ?? new PythonReader(definitions, [...this.#following, fn]).read(fn).checks;
    if (!local) definitions.read.set(fn, checks);
    this.#checks.push(...carried(checks, state, call, local ? undefined : name));
  }

  #with(node: Bare, state: Standing): void {
    const items = node.children.filter(({ type }) => type === 'with_clause').flatMap(({ children }) => children);
    for (const item of items) {
      const value = item.get('value');
      const call = value?.type === 'as_pattern' ? value.children[0] : value;
      const alias = value?.type === 'as_pattern' ? value.get('alias')?.text : undefined;
      if (call?.type !== 'call') continue;
      this.#acts = true;
      const name = call.get('function')?.text ?? '';
      const args = call.get('arguments')?.children ?? [];
      if (
        /(^|\.)(raises|warns|deprecated_call|assertRaises|assertWarns|assertRaisesRegexp?|assertWarnsRegex|assertLogs|assertNumQueries|assertRaisesMessage)$/.test(
          name,
        )
      ) {
        const says =
          args.some((arg) => arg.type === 'keyword_argument' && /^(match|check)$/.test(arg.get('name')?.text ?? '')) || /Regex|Message/.test(name);
        const isLooked = alias !== undefined && this.#fn?.some((one) => one.type === 'identifier' && one.text === alias && one.start > node.end);
        this.#add({ fact: isBroad(args[0]) && !says && !isLooked ? 'any-error' : 'error', subject: squeezed(node.get('body') ?? call) }, call, state);
      } else this.#calls(call, state);
    }
    const body = node.get('body');
    const isSuppressed = items.some(({ text }) => /\bsuppress\([^)]*\b(Exception|BaseException|AssertionError)\b/.test(text));
    if (body) this.#block(body, isSuppressed ? { ...state, flaw: state.flaw ?? 'swallowed' } : state);
  }

  #try(node: Bare, state: Standing): void {
    const body = node.get('body');
    const handlers = node.children.filter(({ type }) => type === 'except_clause' || type === 'except_group_clause');
    const takesAssertions = (handler: Bare) => {
      const what = handler.children.find(({ type }) => type !== 'block')?.text ?? '';
      return what === '' || /\b(Exception|BaseException|AssertionError)\b/.test(what);
    };
    const dropping = handlers.find((handler) => takesAssertions(handler) && this.#drops(handler));
    const isDropped = dropping !== undefined;
    // A `try` that begins with a `raise` is a scenario, and not what is tested.
    const fails = body !== undefined && body.children[0]?.type !== 'raise_statement' && this.#raises(body);
    const failsElse = node.children.some((one) => one.type === 'else_clause' && this.#raises(one.get('body') ?? one));
    if (dropping && body) {
      const place = { start: dropping.start, end: dropping.children.find(({ type }) => type === 'block')?.start ?? dropping.end };
      // A failure that is written by hand is an assertion, and dropped with what it fails for.
      if (fails) this.#checks.push(checkOf({ fact: 'no-error', subject: squeezed(body) }, { ...state, flaw: 'swallowed' }, place));
      else if (!failsElse && !this.#asserts(body) && body.children[0]?.type !== 'raise_statement' && isActing(body)) this.#dropped.push(place);
    }
    if (body) this.#block(body, isDropped ? { ...state, flaw: state.flaw ?? 'swallowed' } : state);
    const hasElse = failsElse || node.children.some((one) => one.type === 'else_clause' && this.#asserts(one));
    for (const handler of handlers) {
      const block = handler.children.find(({ type }) => type === 'block');
      if (!block) continue;
      const what = handler.children.find(({ type }) => type !== 'block');
      if (block.children.some((one) => this.#fails(one) && !isRaised(one)))
        this.#add({ fact: 'no-error', subject: squeezed(body ?? node) }, handler, state);
      else if ((fails ? handler !== dropping : failsElse) && !this.#asserts(block))
        // That it raises is what the test wants.
        this.#add(
          {
            fact: what === undefined || isBroad(what.type === 'as_pattern' ? what.children[0] : what) ? 'any-error' : 'error',
            subject: squeezed(body ?? node),
          },
          what ?? handler,
          state,
        );
      this.#block(block, fails || hasElse ? state : under(state, 'catch', handler));
    }
    for (const one of node.children.filter(({ type }) => type === 'else_clause' || type === 'finally_clause')) {
      const block = one.get('body') ?? one.children.find(({ type }) => type === 'block');
      if (block) this.#block(block, state);
    }
  }

  /** Whether an `except` goes on as if nothing had been. */
  #drops(handler: Bare): boolean {
    const block = handler.children.find(({ type }) => type === 'block');
    if (!block) return true;
    if (block.some(({ type }) => /^(raise_statement|assignment|augmented_assignment|return_statement|assert_statement)$/.test(type))) return false;
    return !this.#asserts(block) && !/\b(fail|skip|skipTest|exit)\s*\(/.test(block.text);
  }

  /** Whether a block ends in a failure if nothing in it raises. */
  #raises(block: Bare): boolean {
    return block.children.some((statement) => this.#fails(statement));
  }

  /** Whether a statement always fails. */
  #fails(statement: Bare): boolean {
    if (statement.type === 'raise_statement') return true;
    if (statement.type === 'assert_statement') return statement.children[0] !== undefined && stated(statement.children[0]).some(({ fails }) => fails);
    const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    if (call?.type !== 'call') return false;
    const found = assertedBy(call);
    return found === 'fail' || (found !== undefined && found.fails === true);
  }

  #asserts(node: Bare): boolean {
    return node.some((one) => {
      if (one.type === 'assert_statement') return true;
      if (one.type !== 'call') return false;
      if (assertedBy(one) !== undefined || /(^|\.)(raises|assertRaises\w*)$/.test(one.get('function')?.text ?? '')) return true;
      const fn = this.#definitions.find(one.get('function')?.text ?? '', one)?.fn;
      return fn !== undefined && fn !== this.#fn && fn.some(({ type }) => type === 'assert_statement');
    });
  }

  #isImplied(condition: Bare | undefined): boolean {
    if (!condition) return false;
    const told = this.#checks.filter(({ certainty, flaw }) => certainty === 'always' && !flaw);
    return condition.some(
      (one) => /^(identifier|attribute)$/.test(one.type) && told.some(({ subject, fact }) => subject === squeezed(one) && fact !== 'exists'),
    );
  }

  /** Whether something that is gone through has elements: it is written out, or was looked at before. */
  #isFilled(node: Bare | undefined): boolean {
    const value = node && plain(node);
    if (!value || this.#goneThrough.has(value)) return false;
    this.#goneThrough.add(value);
    try {
      return this.#hasElements(value);
    } finally {
      this.#goneThrough.delete(value);
    }
  }

  #hasElements(value: Bare): boolean {
    if (/^(list|tuple|set|dictionary|expression_list|pattern_list)$/.test(value.type)) return value.children.length > 0;
    if (value.type === 'string') return value.text.length > 2;
    if (value.type === 'call') {
      const name = value.get('function')?.text ?? '';
      const args = value.get('arguments')?.children ?? [];
      if (name === 'range')
        return args.every(isConstant) || args.some((arg) => /^len\(/.test(arg.text) && this.#isFilled(arg.get('arguments')?.children[0]));
      if (
        /^(zip|enumerate|sorted|reversed|list|set|tuple|product|itertools\.(product|chain|permutations|combinations)|permutations|combinations|chain)$/.test(
          name,
        )
      )
        return args.length > 0 && args.filter(({ type }) => type !== 'keyword_argument').every((arg) => this.#isFilled(arg) || isConstant(arg));
      if (/\.(items|keys|values|split|splitlines)$/.test(name)) return this.#isFilled(value.get('function')?.get('object'));
    }
    if (value.type === 'identifier' || value.type === 'attribute') {
      const written = this.#definitions.valueOf(value.text, this.#fn);
      if (written && written !== value && !/^(identifier|attribute)$/.test(written.type) && this.#isFilled(written)) return true;
    }
    const subject = squeezed(value);
    if (this.#definitions.looked.has(subject)) return true;
    return this.#checks.some(
      (check) =>
        !check.flaw &&
        check.certainty === 'always' &&
        (check.subject === subject || check.subject === `len(${subject})` || check.subject.startsWith(`${subject}[`)),
    );
  }

  /** Whether an assertion that stands after a loop, a branch or a callback says that it ran. */
  #isToldAfter({ guard, certainty }: Check): boolean {
    if (guard === undefined || certainty === 'always') return false;
    // A function that is handed on was called where what came of that is looked at.
    const handed = certainty === 'callback' ? [...this.#local.values()].find(({ start }) => start === guard) : undefined;
    if (
      handed &&
      this.#checks.some(
        (one) => one.certainty === 'always' && !one.flaw && one.start > handed.end && !/^(no-error|exists|truth|type)$/.test(one.fact),
      )
    )
      return true;
    const [node] = this.#fn?.filter((one) => one.start === guard && /statement|definition|clause/.test(one.type)) ?? [];
    if (!node) return false;
    const changed = new Set<string>();
    for (const one of node.filter(({ type }) => /^(assignment|augmented_assignment|call)$/.test(type))) {
      if (one.type === 'call') {
        const callee = one.get('function');
        if (callee?.type === 'attribute' && /^(append|add|set|put)$/.test(callee.get('attribute')?.text ?? ''))
          changed.add(callee.get('object')?.text ?? '');
      } else changed.add(one.get('left')?.text ?? '');
    }
    return this.#checks.some(
      (other) =>
        other.certainty === 'always' && !other.flaw && other.start > node.end && changed.has(/^(?:len\()?([\w.]+)/.exec(other.subject)?.[1] ?? ''),
    );
  }

  #add(stated: Stated, place: Bare, state: Standing): void {
    this.#acts = true;
    if (stated.fails) return;
    const { subject } = stated;
    const flaw = stated.flaw ?? this.#mock(subject);
    const text = squeezed(typeof subject === 'string' ? subject : plain(subject));
    this.#checks.push(checkOf({ ...stated, subject: text, ...(flaw && { flaw }) }, state, place));
  }

  /** Whether an assertion looks only at what a mock gives back that the test told it to give, and called itself. */
  #mock(subject: Bare | string): 'mock' | undefined {
    if (typeof subject === 'string' || !this.#fn) return undefined;
    const value = plain(subject);
    const callee = value.type === 'call' ? value.get('function')?.text : undefined;
    if (!callee || !/^[\w.]+$/.test(callee)) return undefined;
    const name = callee.replaceAll('.', '\\.');
    const isTold = new RegExp(`(^|\\n)\\s*${name}(\\.return_value\\s*=[^=]|\\s*=\\s*(mock\\.)?(Magic|Async)?Mock\\(\\s*return_value)`).test(
      this.#fn.text,
    );
    return isTold ? 'mock' : undefined;
  }
}

/** Whether a block does what a test may be about: not only clean up. */
function isActing(block: Bare): boolean {
  return (
    block.some(
      ({ type, field, parent }) =>
        type === 'call' || type === 'delete_statement' || (/^(attribute|subscript)$/.test(type) && field === 'left' && parent?.type === 'assignment'),
    ) && !/\b(close|remove|unlink|rmtree|kill|terminate|stop|cleanup|delete|join|shutdown)\w*\(/.test(block.text)
  );
}

/** Whether a statement leaves the test in some place. */
function returns(node: Bare): boolean {
  return node.type === 'return_statement' || (node.type !== 'function_definition' && node.children.some(returns));
}

/** Whether a statement raises another error than that of a failed assertion. */
function isRaised(statement: Bare): boolean {
  return statement.type === 'raise_statement' && !/AssertionError|\bfail/.test(statement.text);
}
