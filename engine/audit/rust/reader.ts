import type { Bare } from '../../syntax/index.ts';
import { type Standing, secure, under } from '../certainty.ts';
import { carried, type FunctionFinder, HELPER_DEPTH } from '../following.ts';
import type { Check } from '../model.ts';
import { checkOf, type Stated } from '../stated.ts';
import { squeezed } from '../text.ts';
import { ofMacro, split } from './facts.ts';
import { assertionsIn } from './tokens.ts';

/** Macros of the standard library that run nothing of what they are given under a condition of their own. */
const KNOWN =
  /^(std::|core::|log::|tracing::)?(vec|format|println|eprintln|print|eprint|write|writeln|matches|dbg|debug|info|warn|error|trace|concat|stringify|include_str|include_bytes|env|json|cfg|format_args|line|file|thread_local)$/;
/** What a task does for somebody else. */
const ANSWERS =
  /\b(send\w*|write\w*|respond|reply|flush|notify\w*|complete|shutdown|fetch_add|store|set)\s*\(|\bResponse\b|\b(?:future::)?ok\s*(?:::<[^()]*>)?\s*\(|\bOk\(/;
/** Methods that many things have: a helper of that name is another one. */
const OFTEN =
  /^(new|next|get|len|iter|clone|drop|fmt|eq|default|from|into|poll|read|write|flush|build|run|call|insert|push|pop|remove|map|unwrap\w*|expect\w*|is_\w+|as_\w+|to_\w+|into_\w+|set|take|send|recv|start|stop|close|join|wait|lock|parse|find|add|sub|cmp|hash|deref|index|spawn|await|ok|err|collect|extend|contains|clear|first|last|name|id|value|key|path|size|state)$/;

/** Reads the assertions of one Rust test, with those of the helpers that it calls. */
export class RustReader {
  readonly #find: FunctionFinder;
  readonly #following: Bare[];
  readonly #checks: Check[] = [];
  readonly #closures = new Map<string, Bare>();
  readonly #goneThrough = new Set<Bare>();
  #fn: Bare | undefined;
  #acts = false;

  constructor(find: FunctionFinder, following: Bare[] = []) {
    this.#find = find;
    this.#following = following;
  }

  /** Reads a function. */
  read(fn: Bare): { checks: Check[]; acts: boolean } {
    this.#fn = fn;
    const body = fn.get('body');
    if (body) this.#block(body, { certainty: 'always' });
    return { checks: this.#checks.map((check) => this.#lookedAt(check)), acts: this.#acts };
  }

  /** An error that is looked at closer afterwards is more than any error: `assert!(result.is_err())`, then its kind. */
  #lookedAt(check: Check): Check {
    const name = check.fact === 'any-error' ? /^(\w+)\.is_err\(\)$/.exec(check.subject)?.[1] : undefined;
    if (name === undefined) return check;
    const value = new RegExp(`\\b${name}\\.(?:unwrap_err|expect_err|err|as_ref)\\(`);
    const isTold =
      this.#checks.some((other) => other !== check && other.fact !== 'exists' && value.test(other.subject)) ||
      this.#fn?.some((node) => node.type === 'let_declaration' && value.test(node.text));
    return isTold ? { ...check, fact: 'error' } : check;
  }

  #block(block: Bare, state: Standing): void {
    let after = state;
    for (const [i, statement] of block.children.entries()) {
      const before = this.#checks.length;
      this.#visit(statement, after);
      const rest = block.children.slice(i + 1);
      if (rest.some((one) => /^(expression_statement|macro_invocation)$/.test(one.type) && isMacro(one) && this.#fails(one)) && returns(statement))
        secure(this.#checks, before, statement, after);
      const inner = statement.type === 'expression_statement' ? statement.children[0] : statement;
      const then = inner?.type === 'if_expression' ? inner.get('consequence') : undefined;
      if (then && !this.#asserts(then) && /\breturn\b[^;]*;?\s*\}$/.test(then.text)) after = under(after, 'conditional', statement);
    }
  }

  #visit(node: Bare, state: Standing): void {
    switch (node.type) {
      case 'macro_invocation':
        this.#macro(node, state);
        return;
      case 'let_declaration': {
        const value = node.get('value');
        if (value?.type === 'closure_expression') {
          this.#closures.set(node.get('pattern')?.text ?? '', value);
          return;
        }
        const otherwise = node.get('alternative');
        if (otherwise && this.#fails(otherwise)) this.#add({ fact: 'partial', subject: squeezed(value ?? node) }, node, state);
        break;
      }
      case 'if_expression': {
        const condition = node.get('condition');
        const then = node.get('consequence');
        const otherwise = node.get('alternative');
        if (condition) this.#visit(condition, state);
        const isCovered = otherwise !== undefined && then !== undefined && this.#settles(then) && this.#settles(otherwise);
        if (then && this.#failsDirectly(then)) this.#add({ fact: 'boolean', subject: squeezed(condition ?? node) }, node, state, condition);
        else if (otherwise && this.#fails(otherwise))
          this.#add(
            { fact: condition?.type === 'let_condition' ? 'partial' : 'boolean', subject: squeezed(condition ?? node) },
            node,
            state,
            condition,
          );
        const isImplied = condition?.type === 'let_condition' && this.#isTold(condition.get('value'));
        if (then) this.#visit(then, isCovered || isImplied ? state : under(state, 'conditional', node));
        if (otherwise) for (const child of otherwise.children) this.#visit(child, isCovered ? state : under(state, 'conditional', node));
        return;
      }
      case 'match_expression': {
        const value = node.get('value');
        if (value) this.#visit(value, state);
        const arms = node.get('body')?.children.filter(({ type }) => type === 'match_arm') ?? [];
        const failing = arms.filter((arm) => this.#fails(arm));
        if (failing.length > 0 && failing.length < arms.length) this.#add({ fact: 'partial', subject: squeezed(value ?? node) }, node, state, value);
        const isCovered = arms.length > 0 && arms.every((arm) => this.#settles(arm) || this.#fails(arm));
        for (const arm of arms) {
          const body = arm.get('value');
          if (body) this.#visit(body, isCovered || failing.length === arms.length - 1 ? state : under(state, 'conditional', node));
        }
        return;
      }
      case 'for_expression': {
        const body = node.get('body');
        const over = node.get('value');
        if (over) this.#visit(over, state);
        if (body) this.#visit(body, this.#isFilled(over) ? state : under(state, 'loop', node));
        return;
      }
      case 'while_expression': {
        const body = node.get('body');
        if (body) this.#visit(body, under(state, 'loop', node));
        return;
      }
      case 'block':
        this.#block(node, state);
        return;
      case 'call_expression':
        this.#call(node, state);
        return;
      case 'try_expression':
        this.#add({ fact: 'no-error', subject: squeezed(node) }, node, state);
        break;
      case 'function_item':
      case 'impl_item':
      case 'struct_item':
      case 'mod_item':
        return;
      default:
        break;
    }
    for (const child of node.children) this.#visit(child, state);
  }

  #macro(node: Bare, state: Standing): void {
    const name = node.get('macro')?.text ?? '';
    const tokens = node.children.find(({ type }) => type === 'token_tree')?.text ?? '';
    const args = split(tokens.slice(1, -1), ',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    this.#acts = true;
    const found = this.#find.named(name) ? ({ fact: 'declared', subject: squeezed(node) } as const) : ofMacro(name, args);
    if (found && found !== 'fail') this.#add(found, node, state);
    else if (name === 'matches' && node.parent?.type === 'expression_statement')
      this.#add({ fact: 'partial', subject: squeezed(node), flaw: 'uncalled' }, node, state);
    else if (!found && !KNOWN.test(name)) {
      const own = this.#find.find(`${name.split('::').at(-1)}!`);
      if (own && /\b(assert\w*|panic|unreachable)!/.test(own.text))
        this.#add({ fact: args.length > 1 ? 'partial' : 'boolean', subject: squeezed(node) }, node, state);
      const given = node.children.find(({ type }) => type === 'token_tree');
      if (given) this.#checks.push(...assertionsIn(given.text.slice(1), given.start + 1, state));
    }
    // What it is given is not read as code: a helper that is called in it is found by its name.
    for (const match of tokens.matchAll(/\b(\w+)\s*\(/g)) {
      const helper = this.#find.find(match[1] as string);
      if (helper?.type === 'function_item' && helper !== this.#fn) this.#follow(helper, match[1] as string, node, state);
    }
  }

  #call(call: Bare, state: Standing): void {
    this.#acts = true;
    const callee = call.get('function');
    const args = call.get('arguments')?.children ?? [];
    const method = callee?.type === 'field_expression' ? (callee.get('field')?.text ?? '') : '';
    if (callee && this.#find.named(squeezed(callee))) this.#add({ fact: 'declared', subject: squeezed(call) }, call, state);
    else if (/^(unwrap|expect)$/.test(method)) this.#add({ fact: 'no-error', subject: squeezed(call) }, call, state);
    else if (/^(unwrap_err|expect_err)$/.test(method)) this.#add({ fact: 'exists', subject: squeezed(call) }, call, state);
    else if (callee?.type === 'identifier' || callee?.type === 'scoped_identifier') {
      const name = callee.text.split('::').at(-1) ?? '';
      const closure = this.#closures.get(name);
      const helper = closure ?? this.#find.find(name);
      if (helper && helper !== this.#fn) this.#follow(helper, name, call, state, closure !== undefined);
      else if (!helper && /^(assert|check|verify|expect|ensure|test|roundtrip|compare)(_|$)/.test(name))
        this.#add({ fact: 'custom', subject: squeezed(call) }, call, state);
    } else if (/^(assert|check|verify|expect_)/.test(method) && callee?.type === 'field_expression')
      this.#add({ fact: args.length > 0 ? 'partial' : 'custom', subject: squeezed(call) }, call, state);
    else if (/^(compile_fail|pass)$/.test(method) && /\bTestCases::new\b/.test(this.#fn?.text ?? ''))
      // trybuild holds what the compiler says against what is stored.
      this.#add({ fact: 'large-snapshot', subject: squeezed(call) }, call, state);
    else if (method !== '' && !OFTEN.test(method)) {
      const helper = this.#find.find(method);
      if (helper && helper !== this.#fn && /^\(\s*&?(?:'\w+\s+)?(?:mut\s+)?self\b/.test(helper.get('parameters')?.text ?? '') && isAsserting(helper))
        this.#follow(helper, method, call, state);
    }
    if (/(^|\.|::)quickcheck$/.test(callee?.text ?? '')) this.#properties(args, call, state);
    const lost = this.#lost(call, callee);
    const from = this.#checks.length;
    for (const arg of args) this.#visit(arg, lost ? { ...state, flaw: state.flaw ?? lost } : state);
    if (lost === 'unawaited') this.#keepNoticed(from, call);
    if (callee) this.#visit(callee, state);
  }

  /** What becomes of a failure in a task or thread that is started: nothing waits for it, or it is waited for and the failure dropped. */
  #lost(call: Bare, callee: Bare | undefined): 'unawaited' | 'swallowed' | undefined {
    if (!/(^|::)spawn(_blocking|_local)?$/.test(callee?.text ?? '')) return undefined;
    const { text = '', start = 0 } = this.#fn ?? {};
    const after = text.slice(call.end - start);
    if (call.parent?.type === 'expression_statement') return 'unawaited';
    const joins = [...after.matchAll(/(let\s+_\s*=\s*)?[\w.]+\.join\(\)\s*(\.ok\(\)\s*;|;|\S)/g)];
    const isDropped = ([, isLet, next]: RegExpMatchArray) => next?.startsWith('.ok') || (isLet !== undefined && next === ';');
    return joins.length > 0 && joins.every(isDropped) ? 'swallowed' : undefined;
  }

  /** Of a task that is let go, what goes wrong is noticed all the same where it answers only afterwards; and what it unwraps is no assertion. */
  #keepNoticed(from: number, call: Bare): void {
    for (let i = from; i < this.#checks.length; i++) {
      const { flaw, isHelperLost, ...check } = this.#checks[i] as Check;
      const isNoticed = check.fact === 'no-error' || ANSWERS.test(call.text.slice(Math.max(0, check.start - call.start)));
      if (flaw === 'unawaited' && isNoticed) this.#checks[i] = check;
    }
  }

  /** Functions that quickcheck is given hold against many inputs: by what they answer, or by what they assert. */
  #properties(args: readonly Bare[], call: Bare, state: Standing): void {
    for (const arg of args) {
      const name = (arg.type === 'type_cast_expression' ? arg.get('value') : arg)?.text ?? '';
      const property = this.#closures.get(name) ?? this.#find.find(name);
      if (!property) continue;
      if (/bool|TestResult/.test(property.get('return_type')?.text ?? '')) this.#add({ fact: 'property', subject: name }, call, state);
      else this.#follow(property, name, call, state);
    }
  }

  #follow(helper: Bare, name: string, call: Bare, state: Standing, isClosure = false): void {
    const isLocal = isClosure || (this.#fn !== undefined && helper.start > this.#fn.start && helper.end < this.#fn.end);
    if (this.#following.includes(helper) || this.#following.length >= HELPER_DEPTH) return;
    const checks = this.#find.read.get(helper) ?? new RustReader(this.#find, [...this.#following, helper]).read(helper).checks;
    this.#find.read.set(helper, checks);
    this.#checks.push(...carried(checks, state, call, isLocal ? undefined : name));
  }

  /** Whether an assertion before has told that something is there. */
  #isTold(value: Bare | undefined): boolean {
    const subject = squeezed(value ?? '').replace(/^&/, '');
    return subject !== '' && this.#checks.some((check) => check.certainty === 'always' && !check.flaw && check.subject.startsWith(`${subject}.is_`));
  }

  /** Whether a branch asserts or fails, or goes on only where it need not. */
  #settles(node: Bare): boolean {
    return this.#asserts(node) || this.#fails(node);
  }

  #fails(node: Bare): boolean {
    return node.some((one) => {
      if (one.type !== 'macro_invocation') return false;
      const name = one.get('macro')?.text ?? '';
      return (
        /^(panic|unreachable|bail|todo|unimplemented)$/.test(name.split('::').at(-1) ?? '') ||
        (name === 'assert' && /^\(\s*false\b/.test(one.children.find(({ type }) => type === 'token_tree')?.text ?? ''))
      );
    });
  }

  #failsDirectly(block: Bare): boolean {
    return block.children.some(
      (statement) =>
        (statement.type === 'expression_statement' ? statement.children[0] : statement)?.type === 'macro_invocation' && this.#fails(statement),
    );
  }

  #asserts(node: Bare): boolean {
    return node.some((one) => {
      if (one.type === 'macro_invocation') {
        const found = ofMacro(one.get('macro')?.text ?? '', ['', '']);
        return found !== undefined;
      }
      return one.type === 'call_expression' && this.#find.find(one.get('function')?.text ?? '') !== undefined;
    });
  }

  /** Whether something that is gone through has elements: it is written out, or its length was asserted before. */
  #isFilled(node: Bare | undefined): boolean {
    // A name may be set to what it meant before: `let rows = rows.iter()`.
    if (!node || this.#goneThrough.has(node)) return false;
    this.#goneThrough.add(node);
    try {
      return this.#hasElements(node);
    } finally {
      this.#goneThrough.delete(node);
    }
  }

  #hasElements(node: Bare): boolean {
    const { text } = node;
    if (node.type === 'array_expression' || node.type === 'tuple_expression') return node.children.length > 0;
    if (node.type === 'range_expression') return /^\(?[\w:-]+\s*\.\.=?\s*[\w:().]+\)?$/.test(text);
    if (node.type === 'reference_expression' || node.type === 'parenthesized_expression') return this.#isFilled(node.children.at(-1));
    if (node.type === 'macro_invocation') return /^vec!\s*[[(]\s*\S/.test(text) && !/^vec!\s*\[\s*\]/.test(text);
    if (node.type === 'call_expression') {
      const callee = node.get('function');
      if (
        callee?.type === 'field_expression' &&
        /^(iter|into_iter|iter_mut|enumerate|zip|rev|cloned|copied|clone|chars|bytes|windows|chunks|skip|take|step_by|map)$/.test(
          callee.get('field')?.text ?? '',
        )
      )
        return this.#isFilled(callee.get('value'));
      return false;
    }
    if (/^(string_literal|raw_string_literal)$/.test(node.type)) return true;
    if (node.type === 'identifier') {
      if (/^[A-Z][A-Z\d_]*$/.test(text)) return true; // A constant.
      const [written] = this.#fn?.filter((one) => one.type === 'let_declaration' && one.get('pattern')?.text === text) ?? [];
      const value = written?.get('value');
      if (value && value.type !== 'identifier' && this.#isFilled(value)) return true;
    }
    const subject = squeezed(text);
    return this.#checks.some(
      (check) => !check.flaw && check.certainty === 'always' && (check.subject === subject || check.subject.startsWith(`${subject}.len`)),
    );
  }

  #add(stated: Stated, place: Bare, state: Standing, shown: Bare = place): void {
    if (!stated.fails) this.#checks.push(checkOf(stated, state, shown));
  }
}

/** Whether a statement leaves the test in some place. */
function returns(node: Bare): boolean {
  return node.type === 'return_expression' || (!/^(closure_expression|function_item|async_block)$/.test(node.type) && node.children.some(returns));
}

function isMacro(statement: Bare): boolean {
  return statement.type === 'macro_invocation' || statement.children[0]?.type === 'macro_invocation';
}

function isAsserting(helper: Bare): boolean {
  return /\b(assert\w*|panic|unreachable)!/.test(helper.text);
}
