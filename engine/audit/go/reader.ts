import type { Bare } from '../../syntax/index.ts';
import { type Standing, secure, under } from '../certainty.ts';
import { carried, type FunctionFinder, HELPER_DEPTH } from '../following.ts';
import type { Certainty, Check } from '../model.ts';
import { checkOf, type Stated } from '../stated.ts';
import { squeezed } from '../text.ts';
import { denied, isConstant, ofTestify } from './facts.ts';
import { awaitedUntil } from './goroutines.ts';
import { isAnswered, isToldAfter } from './told.ts';
import { GoValues } from './values.ts';
import { ofWord } from './words.ts';

const FAILS = /^(Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;
const TESTERS = /^(assert|require|is|a|r|req|asserts?|must|check|should|expect|g|c)$/;

/** Functions that tell which error it is. */
const LOOKS = 'errors\\.(?:Is|As)|status\\.(?:Code|FromError|Convert)|os\\.Is\\w+|\\w*\\.?Is\\w*Err\\w*';

/** Reads the assertions of one Go test, with those of its subtests and of the helpers that it calls. */
export class GoReader {
  readonly #find: FunctionFinder;
  readonly #following: Bare[];
  readonly #checks: Check[] = [];
  readonly #tests: Set<string>;
  readonly #closures = new Map<string, Bare>();
  readonly #rowNames = new Set<string>();
  /** Tables that rows are taken from, by the names of the rows. */
  readonly #tables = new Map<string, Bare>();
  /** What makes assertions uncertain or lets them go, by where it begins. */
  readonly #guards = new Map<number, Bare>();
  readonly #handlers = new Set<number>();
  /** Whose lengths were compared. */
  readonly #measured = new Set<string>();
  /** Goroutines that nothing waits for, with the assertions that were read in each. */
  readonly #lost: { goroutine: Bare; from: number; to: number }[] = [];
  #values: GoValues;
  #fn: Bare | undefined;
  #acts = false;
  #rows = 1;

  /** `tests` are the names of what a test fails with: `t`, and the receiver of a suite. */
  constructor(find: FunctionFinder, tests: Iterable<string>, following: Bare[] = []) {
    this.#find = find;
    this.#tests = new Set(tests);
    this.#following = following;
    this.#values = new GoValues(undefined, find);
  }

  /** Reads a function. */
  read(fn: Bare): { checks: Check[]; acts: boolean; rows: number } {
    this.#fn = fn;
    this.#values = new GoValues(fn, this.#find);
    this.#block(fn.get('body'), { certainty: 'always' });
    for (const { goroutine, from, to } of this.#lost) {
      if (!isToldAfter(goroutine, this.#checks)) continue;
      for (let i = from; i < to; i++) {
        const { flaw, ...check } = this.#checks[i] as Check;
        this.#checks[i] = flaw === 'unawaited' ? check : { ...check, ...(flaw && { flaw }) };
      }
    }
    const checks = this.#checks.map((check) => this.#lookedAt(this.#isMadeSure(check) ? { ...check, certainty: 'always' } : check));
    return { checks, acts: this.#acts, rows: this.#rows };
  }

  #isMadeSure({ guard, certainty }: Check): boolean {
    const node = guard === undefined || certainty === 'always' ? undefined : this.#guards.get(guard);
    return node !== undefined && (isToldAfter(node, this.#checks) || (this.#handlers.has(node.start) && isAnswered(node, this.#checks)));
  }

  /** What stands in something that may not run. */
  #under(state: Standing, certainty: Certainty, guard: Bare): Standing {
    this.#guards.set(guard.start, guard);
    return under(state, certainty, guard);
  }

  /** An error that is looked at closer afterwards is more than any error. */
  #lookedAt(check: Check): Check {
    if (check.fact !== 'any-error') return check;
    const name = check.subject;
    const isLooked = this.#checks.some(
      (other) =>
        other !== check &&
        other.fact !== 'any-error' &&
        (other.subject.startsWith(`${name}.`) || (other.fact === 'error' && other.subject === name) || other.subject.includes(`${name}.Error()`)),
    );
    return isLooked || (/^\w+$/.test(name) && new RegExp(`\\b${name}\\.\\(|\\b(${LOOKS})\\(${name}\\b`).test(this.#fn?.text ?? ''))
      ? { ...check, fact: 'error' }
      : check;
  }

  #block(block: Bare | undefined, state: Standing): void {
    if (!block) return;
    const statements = block.children.flatMap((one) => (one.type === 'statement_list' ? one.children : [one]));
    let after = state;
    for (const [i, statement] of statements.entries()) {
      const before = this.#checks.length;
      this.#visit(statement, after);
      if (statements.slice(i + 1).some((one) => this.#isFailing(one)) && returns(statement)) secure(this.#checks, before, statement, after);
      if (this.#mayLeave(statement)) after = this.#under(after, 'conditional', statement);
    }
  }

  #isFailing(statement: Bare): boolean {
    const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    return call?.type === 'call_expression' && this.#isFailure(call);
  }

  #mayLeave(statement: Bare): boolean {
    if (statement.type !== 'if_statement') return false;
    const then = statement.get('consequence');
    const last = then?.children.flatMap((one) => (one.type === 'statement_list' ? one.children : [one])).at(-1);
    return (
      last?.type === 'return_statement' &&
      then !== undefined &&
      !this.#fails(then) &&
      !/\.Skip/.test(then.text) &&
      !this.#isOfRow(statement.get('condition'))
    );
  }

  #visit(node: Bare, state: Standing): void {
    switch (node.type) {
      case 'if_statement':
        this.#if(node, state);
        return;
      case 'for_statement':
        this.#for(node, state);
        return;
      case 'expression_switch_statement':
      case 'type_switch_statement':
      case 'select_statement':
        this.#cases(node, state);
        return;
      case 'go_statement': {
        const literal = node.children[0]?.get('function');
        if (literal?.type !== 'func_literal' || !this.#fn) return;
        const until = awaitedUntil(literal, this.#fn);
        const isLost = until === undefined;
        const from = this.#checks.length;
        this.#block(literal.get('body'), isLost ? { ...state, flaw: state.flaw ?? 'unawaited' } : state);
        for (let i = from; until !== undefined && i < this.#checks.length; i++) {
          const check = this.#checks[i] as Check;
          if (check.start > until && !check.flaw) this.#checks[i] = { ...check, flaw: 'unawaited' };
        }
        if (isLost) this.#lost.push({ goroutine: literal, from, to: this.#checks.length });
        return;
      }
      case 'short_var_declaration':
      case 'assignment_statement':
      case 'var_spec': {
        const name = node.get('left')?.children[0]?.text ?? node.get('name')?.text;
        const value = node.get('right')?.children[0] ?? node.get('value')?.children[0];
        if (name && value?.type === 'func_literal') {
          this.#closures.set(name, value);
          return;
        }
        if (name && value && /^(assert|require|is|must)\.New\(/.test(value.text)) this.#tests.add(name);
        break;
      }
      case 'block':
        this.#block(node, state);
        return;
      case 'call_expression':
        this.#call(node, state);
        return;
      case 'func_literal':
        // A test of a table that is told what to look at, or a handler that may be called.
        if (this.#asserts(node)) {
          if (/http\.ResponseWriter|\.Context\b/.test(node.get('parameters')?.text ?? '')) this.#handlers.add(node.start);
          this.#block(
            node.get('body'),
            /\*testing\.|assert\.|require\./.test(node.get('parameters')?.text ?? '') || this.#isCalledOfRow(node)
              ? state
              : this.#under(state, 'callback', node),
          );
        }
        return;
      default:
        break;
    }
    for (const child of node.children) this.#visit(child, state);
  }

  #if(node: Bare, state: Standing): void {
    const initializer = node.get('initializer');
    const condition = node.get('condition');
    const then = node.get('consequence');
    const otherwise = node.get('alternative');
    if (initializer) this.#visit(initializer, state);
    if (condition) this.#visit(condition, state);
    if (condition && then && this.#failsDirectly(then)) {
      if (state.certainty === 'always') this.#measure(condition);
      for (const one of denied(condition))
        this.#add(one.fact === 'exists' && this.#isRecovered(one.subject) ? { ...one, fact: 'any-error' } : one, node, state, condition);
      // What follows on `else` runs where the check holds: that is what the test wants.
      if (otherwise) this.#branch(otherwise, state);
      return;
    }
    if (condition && otherwise && this.#failsDirectly(otherwise)) {
      this.#add({ fact: 'boolean', subject: squeezed(condition) }, node, state, condition);
      this.#block(then, state);
      return;
    }
    const isCovered = this.#isOfRow(condition) || (otherwise !== undefined && then !== undefined && this.#asserts(then) && this.#asserts(otherwise));
    this.#block(then, isCovered ? state : this.#under(state, 'conditional', node));
    if (otherwise) this.#branch(otherwise, isCovered ? state : this.#under(state, 'conditional', node));
  }

  /** Whether a function stands in a table, and what the test does with the rows calls it. */
  #isCalledOfRow(fn: Bare): boolean {
    let at: Bare | undefined = fn;
    while (at?.parent && at.parent.type !== 'keyed_element' && /^(literal_element|parenthesized_expression)$/.test(at.parent.type)) at = at.parent;
    const key = at?.parent?.type === 'keyed_element' ? at.parent.children[0]?.text : undefined;
    return key !== undefined && new RegExp(`\\.${key}\\(`).test(this.#fn?.text ?? '');
  }

  /** Whether a name holds what a panic gave: `recover()`, or what a helper recovered. */
  #isRecovered(name: string): boolean {
    const value = /^\w+$/.test(name) ? this.#values.of(name) : undefined;
    if (value?.type !== 'call_expression') return false;
    const callee = value.get('function')?.text ?? '';
    return callee === 'recover' || /\brecover\(\)/.test((this.#closures.get(callee) ?? this.#find.find(callee))?.text ?? '');
  }

  #branch(node: Bare, state: Standing): void {
    if (node.type === 'if_statement') this.#if(node, state);
    else this.#block(node, state);
  }

  #for(node: Bare, state: Standing): void {
    const range = node.children.find(({ type }) => type === 'range_clause');
    const clause = node.children.find(({ type }) => type === 'for_clause');
    const over = range?.get('right');
    const count = over && this.#values.count(over);
    const isRow = over?.type === 'selector_expression' && this.#values.isFilledField(over, this.#tables.get(over.get('operand')?.text ?? ''));
    const limit = clause?.get('condition')?.children[1];
    const isSure =
      (over &&
        (count !== undefined ||
          isRow ||
          isOfFailures(node) ||
          isConstant(over) ||
          this.#isLooked(over) ||
          this.#values.of(over.text)?.type === 'int_literal')) ||
      (limit !== undefined &&
        (isConstant(limit) ||
          this.#values.count(limit) !== undefined ||
          this.#isLooked(limit) ||
          this.#values.of(limit.text)?.type === 'int_literal')) ||
      (!range && !clause && node.children.length === 1);
    if (over && count !== undefined) for (const name of range?.get('left')?.children ?? []) this.#tables.set(name.text, over);
    if (count !== undefined && this.#asserts(node)) {
      this.#rows = Math.max(this.#rows, Math.min(16, count));
      for (const name of range?.get('left')?.children ?? []) this.#rowNames.add(name.text);
    }
    if (isSure && limit && isConstant(limit)) {
      const counter = clause?.get('initializer')?.get('left')?.children[0]?.text;
      if (counter) this.#rowNames.add(counter);
    }
    this.#block(node.get('body'), isSure ? state : this.#under(state, 'loop', node));
  }

  #cases(node: Bare, state: Standing): void {
    const cases = node.children.filter(({ type }) => /case$/.test(type));
    const bodies = cases.map((one) =>
      one.children.filter(({ type, field }) => type === 'statement_list' || (field === undefined && /statement$/.test(type))),
    );
    const failing = bodies.filter((body) => body.some((one) => this.#fails(one)));
    const isSelect = node.type === 'select_statement';
    for (const [i, body] of bodies.entries()) {
      for (const list of body) {
        const isFailure = this.#failsDirectly(list);
        if (isFailure)
          this.#add(
            { fact: 'boolean', subject: squeezed(cases[i]?.get('communication') ?? cases[i]?.get('value') ?? node.get('value') ?? node) },
            cases[i] ?? node,
            state,
          );
        // Where every other way fails, this one is what the test wants.
        else
          this.#block(
            list,
            isSelect || failing.length === bodies.length - 1 || this.#isOfRow(node.get('value')) ? state : this.#under(state, 'conditional', node),
          );
      }
    }
  }

  #call(call: Bare, state: Standing): void {
    this.#acts = true;
    const callee = call.get('function');
    const args = call.get('arguments')?.children ?? [];
    const object = callee?.type === 'selector_expression' ? callee.get('operand') : undefined;
    const method = callee?.type === 'selector_expression' ? (callee.get('field')?.text ?? '') : '';
    if (object && this.#isTest(object) && method === 'Run') {
      for (const arg of args) if (arg.type === 'func_literal') this.#subtest(arg, state);
      return;
    }
    if (object && this.#isTest(object) && FAILS.test(method)) {
      // A failure that no condition leads to: in a handler, or behind what must have left.
      return;
    }
    const worded = this.#inWords(callee, args);
    if (worded) {
      this.#add(worded, call, state);
      return;
    }
    const tester = object && this.#tester(object);
    if (tester !== undefined) {
      const given = args[0] && this.#isTest(args[0]) ? args.slice(1) : args;
      const found = ofTestify(method, given, call);
      if (found && found !== 'fail') {
        if (state.certainty === 'always' && found.fact !== 'order') this.#measure(call);
        this.#add(found, call, state);
        for (const arg of given) if (arg.type === 'func_literal') this.#block(arg.get('body'), state);
        return;
      }
    }
    if (callee?.type === 'func_literal') this.#block(callee.get('body'), state);
    else this.#helper(call, callee, args, state);
    const isLater = /^(Handle|HandleFunc|HandlerFunc|AfterFunc|GET|POST|PUT|PATCH|DELETE|Any|Use|Cleanup|Register\w*|Subscribe|On[A-Z]\w*)$/.test(
      method || (callee?.text ?? ''),
    );
    for (const arg of args) {
      if (arg.type === 'func_literal' && !isLater && !/http\.ResponseWriter/.test(arg.get('parameters')?.text ?? ''))
        this.#block(arg.get('body'), state);
      else this.#visit(arg, state);
    }
    if (object) this.#visit(object, state);
  }

  /** Remembers whose lengths are compared. */
  #measure(node: Bare): void {
    for (const [, of] of squeezed(node).matchAll(/\blen\(([\w.]+)\)/g)) if (of) this.#measured.add(of);
  }

  /** Assertions of goconvey, gomega, quicktest and check, which name in a word what they want. */
  #inWords(callee: Bare | undefined, args: readonly Bare[]): Stated | undefined {
    const [subject, word, expected] = args;
    if (callee?.text === 'So' || callee?.text === 'convey.So') return subject && word && ofWord(subject, word.text, expected, false);
    const object = callee?.get('operand');
    const method = callee?.get('field')?.text ?? '';
    if (/^(Assert|Check)$/.test(method) && subject && word && /^(\w+\.)?[A-Z]\w+$/.test(word.text) && this.#isTest(object ?? subject))
      return ofWord(subject, word.text, expected, false);
    if (!/^(To|NotTo|ToNot|Should|ShouldNot)$/.test(method) || object?.type !== 'call_expression') return undefined;
    if (!/^(\w+\.)?(Expect|Eventually|Consistently|Ω)(WithOffset)?$/.test(object.get('function')?.text ?? '')) return undefined;
    const about = object.get('arguments')?.children.at(-1);
    const matcher = subject?.type === 'call_expression' ? subject : undefined;
    return about && ofWord(about, matcher?.get('function')?.text ?? '', matcher?.get('arguments')?.children[0], /Not/.test(method));
  }

  #subtest(fn: Bare, state: Standing): void {
    for (const name of fn.get('parameters')?.children ?? []) if (/testing\.T/.test(name.text)) this.#tests.add(name.get('name')?.text ?? 't');
    this.#block(fn.get('body'), state);
  }

  #helper(call: Bare, callee: Bare | undefined, args: readonly Bare[], state: Standing): void {
    if (callee && this.#find.named(squeezed(callee))) {
      this.#add({ fact: 'declared', subject: squeezed(call) }, call, state);
      return;
    }
    const name = callee?.type === 'selector_expression' ? (callee.get('field')?.text ?? '') : (callee?.text ?? '');
    const closure = callee?.type === 'identifier' ? this.#closures.get(name) : undefined;
    const fn = closure ?? this.#find.find(name);
    if (fn && (this.#following.includes(fn) || this.#following.length >= HELPER_DEPTH || fn === this.#fn)) return;
    if (!fn) {
      const isTold = args.some((arg) => this.#isTest(arg) || /\.T\(\)$/.test(arg.text));
      const saysAssert = /^(assert|require|check|verify|expect|must|test|compare|validate|run)/i.test(name);
      if (isTold && saysAssert && !/^(t\.)?(Log|Helper|Cleanup|TempDir|Setenv|Parallel|Skip|Name)/.test(name))
        this.#add({ fact: 'custom', subject: squeezed(call) }, call, state);
      return;
    }
    const given = (fn.get('parameters')?.children ?? [])
      .filter((one) => /testing\.(T|B|TB)\b|TestingT|require\.|assert\./.test(one.text))
      .map((one) => one.get('name')?.text ?? 't');
    const reader = new GoReader(this.#find, closure ? [...this.#tests, ...given] : given, [...this.#following, fn]);
    for (const [known, value] of this.#closures) if (known !== name) reader.#closures.set(known, value);
    const checks = (closure ? undefined : this.#find.read.get(fn)) ?? reader.read(fn).checks;
    if (!closure) this.#find.read.set(fn, checks);
    this.#checks.push(...carried(checks, state, call, closure ? undefined : name));
  }

  #isTest(node: Bare): boolean {
    return this.#tests.has(node.text) || /^\w+\.T\(\)$/.test(node.text);
  }

  /** Whether methods of something assert: testify's packages, what they make for a test, a suite, mocks. */
  #tester(object: Bare): Bare | undefined {
    const { text } = object;
    if (TESTERS.test(text) || this.#tests.has(text) || /\.(Require|Assert)\(\)$/.test(text) || /[mM]ock/.test(text)) return object;
    return undefined;
  }

  /** Whether a block fails the test itself, not only under a further condition. */
  #failsDirectly(block: Bare): boolean {
    return block.children
      .flatMap((one) => (one.type === 'statement_list' ? one.children : [one]))
      .some((statement) => {
        const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
        return call?.type === 'call_expression' && this.#isFailure(call);
      });
  }

  #fails(node: Bare): boolean {
    return node.some((one) => one.type === 'call_expression' && this.#isFailure(one));
  }

  #isFailure(call: Bare): boolean {
    const callee = call.get('function');
    if (callee?.type === 'identifier') return callee.text === 'panic';
    const object = callee?.get('operand');
    const method = callee?.get('field')?.text ?? '';
    if (!object) return false;
    return (
      (FAILS.test(method) && (this.#isTest(object) || /^(tb?|b|s|suite)$/.test(object.text))) ||
      // `require.Error` wants an error, and does not fail by itself.
      (/^Fail(Now)?f?$/.test(method) && /^(assert|require)$/.test(object.text)) ||
      /^(log\.Fatal|os\.Exit)/.test(callee?.text ?? '')
    );
  }

  #asserts(node: Bare): boolean {
    return node.some((one) => {
      if (one.type !== 'call_expression') return false;
      const callee = one.get('function');
      const object = callee?.get('operand');
      if (
        this.#isFailure(one) ||
        (object && this.#tester(object) && ofTestify(callee?.get('field')?.text ?? '', one.get('arguments')?.children ?? [], one))
      )
        return true;
      return (one.get('arguments')?.children ?? []).some((arg) => this.#isTest(arg)) && !/^t\.|\.(New|Ctrl)/.test(callee?.text ?? '');
    });
  }

  /** Whether a condition asks only about a row of a table that is written out. */
  #isOfRow(condition: Bare | undefined): boolean {
    if (!condition) return false;
    const names = condition.filter(({ type, field }) => type === 'identifier' && field !== 'field');
    return (
      names.some(({ text }) => this.#isRowName(text)) &&
      names.every(({ text, parent }) => this.#isRowName(text) || parent?.type === 'call_expression' || /^(len|nil|true|false)$/.test(text))
    );
  }

  /** Whether a name is that of a row, or is set to what comes of rows alone. */
  #isRowName(name: string): boolean {
    if (this.#rowNames.has(name)) return true;
    const value = this.#values.of(name);
    if (!value || value.some(({ type }) => type === 'call_expression' || type === 'func_literal')) return false;
    const inner = value.filter(({ type }) => type === 'identifier');
    return inner.length > 0 && inner.every(({ text }) => this.#rowNames.has(text));
  }

  /** Whether the length of something was asserted before. */
  #isLooked(node: Bare): boolean {
    const subject = squeezed(node).replace(/^len\((.*)\)$/, '$1');
    if (this.#measured.has(subject)) return true;
    return this.#checks.some(
      (check) =>
        !check.flaw &&
        check.certainty === 'always' &&
        (check.subject === subject || check.subject === `len(${subject})`) &&
        check.fact !== 'no-error' &&
        check.fact !== 'exists',
    );
  }

  #add(stated: Stated, place: Bare, state: Standing, shown: Bare = place): void {
    this.#acts = true;
    if (!stated.fails) this.#checks.push(checkOf(stated, state, shown));
  }
}

/** Whether a statement leaves the test in some place. */
function returns(node: Bare): boolean {
  return node.type === 'return_statement' || (node.type !== 'func_literal' && node.children.some(returns));
}

/** Whether a loop only fails for each of what it goes through: it asserts that there is nothing. */
function isOfFailures(loop: Bare): boolean {
  const names =
    loop.children
      .find(({ type }) => type === 'range_clause')
      ?.get('left')
      ?.children.map(({ text }) => text) ?? [];
  const statements = (loop.get('body')?.children ?? []).flatMap((one) => (one.type === 'statement_list' ? one.children : [one]));
  const [only] = statements;
  if (statements.length !== 1 || !only) return false;
  if (only.type === 'expression_statement') return names.some((name) => /err/i.test(name)) && /^\w+\.(Error|Fatal)f?\(/.test(only.text);
  const asked = /^\s*(\w+)\s*!=\s*nil\s*$/.exec(only.get('condition')?.text ?? '')?.[1];
  return only.type === 'if_statement' && asked !== undefined && names.includes(asked);
}
