import type { Bare } from '../../syntax/index.ts';
import { calleeName } from './doubt.ts';

/** What is known of names that a test uses. */
export interface Known {
  /** Whether a name stands for a module, so that what is called of it is a function and no method. */
  isModule(name: string): boolean;
  /** Whether a call goes to a function that is written to help the test, which may do more than come to a value. */
  isOwn(call: Bare): boolean;
}

/** Titles of tests that want nothing to fail, and no more; what is built, accepted or run is not looked at on purpose. */
const NO_FAILURE =
  /\b(throws?|thrown|throwing|crash\w*|errors?|fail\w*|panics?|raises?|exceptions?|warn\w*|hang\w*|leak\w*|block\w*|deadlock\w*|oom|exits?|cleanly|safe\w*|works?|working|runs?|render\w*|compil\w*|builds?|loads?|starts?|connects?|mounts?|imports?|accepts?|allow\w*|supports?|valid\w*|pass|passes|passing|ok|okay|smoke|typ(e|es|ed|ing|ings|escript)|inferred|handle\w*|exists?|defined|races?|concurren\w*|threads?|parallel|examples?|bench\w*|demo|scratch|playground|regress\w*|issues?|bugs?|gh|fix\w*|can|able|succe\w*|noop|empty|silence|dummy|placeholder|todo|coverage|cover|sanity|init\w*|create\w*|new|constructor|instantiate\w*|setup|teardown|close\w*|stop\w*|dispose\w*|cleanup|clean|shutdown|debug|print\w*|log|logs|logging|display\w*|shows?|draws?|plots?|parse|parses|parsing|call|calls|callable|usage|send|sync|nil|permit\w*|toler\w*|ignor\w*|break\w*|compat\w*|without)\b/i;

/** What is called for what it does. */
const DOES =
  /^(render|mount|init|setup|set|start|run|main|load|register|use|configure|config|validate|check|assert|verify|ensure|parse|compile|build|emit|dispatch|fire|click|type|log|print|write|close|open|delete|remove|clear|reset|destroy|dispose|create|make|new|define|declare|install|wait|sleep|delay|update|insert|send|post|put|patch|push|connect|listen|on|once|off|subscribe|test|spawn|exec|execute|mock|spy|stub|expect|describe|require|import|warn|throw|advance|flush|act|fit|train|step|apply|bind|drop|free|save|store|flush|go|do|perform|handle|process|trigger|invoke|call|visit|navigate|goto|add|append|consume|drain|migrate|seed|enable|disable|with|stop|kill|shutdown|quit|exit|schedule|fetch|request|download|upload|notify|publish|from|prepare|simulate|plot|show|draw|display|try|let|inline|poll|record|track|report|generate|skip|xfail|copy|move|rename|sync|tick|next|mark|dumps?|loads?|ok|err|some|float|int|str|bool|list|iter|Promise)(?=$|[A-Z_\d])/i;
/** Of those, what is called for its value where it is all of a name and is given several: `add(1, 2)`. */
const SUMS = /^(add|append|copy|apply|next|from|parse)$/i;
/** Methods that are called for their value. */
const VALUES =
  /^(get|find|calc\w*|comput\w*|count|sum|subtract|multiply|divide|format|convert|encode|decode|merge|filter|sort|map|reduce|concat|join|split|slice|diff|search|hash|clone|transform|equals?|contains|includes|index|len|length|size|max|min|average|mean|to|is|has|as)(?=$|[A-Z_\d])/;
/** What makes something to be used. */
const MAKES =
  /^(create|make|build|new|mount|render|setup|init|open|start|connect|spawn|mock|use|spy|stub|wrap|define|declare|register|require|import|load|from|parse|with|get(All)?By|find(All)?By|mk|must|default|configure|listen|subscribe|shallow|cached|patch)(?=$|[A-Z_\d])/i;
const PRINTS =
  /^(console\.(log|info|debug|dir|table)|print|pprint|pprint\.pprint|fmt\.(Print|Println|Printf)|\w\.(Log|Logf)|log\.(Print|Println|Printf)|spew\.Dump)$/;
const PRINTING_MACRO = /^(println|eprintln|dbg|print)!/;

/** Whether the title of a test says that it wants nothing to fail, and no more. */
export function wantsNoFailure(title: string): boolean {
  return NO_FAILURE.test(title.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_'’]/g, ' '));
}

/** Whether all that a test does, by its statements, is to come to a value that nobody looks at: it is dropped, has a name that is never used, or is only printed. */
export function dropsValue(statements: readonly Bare[], known: Known): boolean {
  let drops = false;
  for (const [i, statement] of statements.entries()) {
    const set = settingsOf(statement);
    if (set) {
      drops ||= set.some(({ name, value }) => isUnused(name, statements.slice(i + 1)) && gives(value, known));
      continue;
    }
    const value = expressionOf(statement);
    if (!value) return false;
    if (isPrinted(value)) drops ||= /\w\(/.test(value.text.slice(value.text.indexOf('(') + 1)) || showsMade(value, statements.slice(0, i));
    else if (isCall(value) && computes(value, known) && isGivenWritten(value, statements.slice(0, i))) drops = true;
    else return false;
  }
  return drops;
}

function settingsOf(statement: Bare): { name: string; value: Bare }[] | undefined {
  // `let Ok(found) = find("a") else { return };` asks.
  if (statement.get('alternative')) return undefined;
  const node = statement.type === 'expression_statement' && statement.children[0]?.type === 'assignment' ? statement.children[0] : statement;
  if (
    !/^(lexical_declaration|variable_declaration|assignment|short_var_declaration|assignment_statement|var_declaration|let_declaration)$/.test(
      node.type,
    )
  )
    return undefined;
  const settings = /^(lexical_declaration|variable_declaration|var_declaration)$/.test(node.type) ? node.children : [node];
  return settings.flatMap((one) => {
    const name = one.get('name') ?? one.get('left') ?? one.get('pattern');
    const value = one.get('value') ?? one.get('right');
    return name && value ? [{ name: name.text, value: unwaited(value.type === 'expression_list' ? (value.children[0] ?? value) : value) }] : [];
  });
}

function expressionOf(statement: Bare): Bare | undefined {
  const inner = statement.type === 'expression_statement' ? statement.children[0] : statement;
  return inner && unwaited(inner);
}

function unwaited(node: Bare): Bare {
  return /^await(_expression)?$/.test(node.type) && node.children[0] ? unwaited(node.children[0]) : node;
}

function isCall({ type }: Bare): boolean {
  return type === 'call_expression' || type === 'call';
}

/** Whether a name is not used again; `_` says that this is meant. */
function isUnused(name: string, rest: readonly Bare[]): boolean {
  return /^[A-Za-z$]\w*$/.test(name) && !rest.some(({ text }) => text.includes(name));
}

/** Whether a value is what a call gives that is not called to make something to be used. */
function gives(value: Bare, known: Known): boolean {
  return isCall(value) && !known.isOwn(value) && !MAKES.test(calleeName(value)) && takesPlain(value);
}

/** Whether a call is there for its value. */
function computes(call: Bare, known: Known): boolean {
  if (known.isOwn(call) || !takesPlain(call)) return false;
  const callee = call.get('function');
  const name = calleeName(call).replace(/^_+/, '');
  const args = call.get('arguments')?.children ?? [];
  const object = callee?.get('object') ?? callee?.get('operand') ?? callee?.get('value') ?? callee?.get('path');
  const isFunction = callee?.type === 'identifier' || (object?.type === 'identifier' && known.isModule(object.text));
  const isSum = SUMS.test(name) && args.length > 1;
  if (!isFunction) return VALUES.test(name) || isSum;
  return args.length > 0 && (isSum || (!DOES.test(name) && !/pars|valid|check/i.test(name)));
}

/** Whether a function that the test has from elsewhere is called with what is written out: what is made before may be what the test is about. */
function isGivenWritten(call: Bare, before: readonly Bare[]): boolean {
  const set = before.flatMap((one) => settingsOf(one) ?? []);
  // A name may be set to what comes of itself: `data = data or []`.
  const isWritten = (node: Bare, known: typeof set): boolean => {
    if (isCall(node) || node.type === 'new_expression') return false;
    if (node.type !== 'identifier') return node.children.every((child) => isWritten(child, known));
    const last = known.findLastIndex(({ name }) => name === node.text);
    const value = known[last]?.value;
    return value !== undefined && value.type !== 'identifier' && isWritten(value, known.slice(0, last));
  };
  const args = call.get('arguments')?.children ?? [];
  return args.length > 0 && args.every((arg) => isWritten(arg, set)) && !set.some(({ name }) => name === call.get('function')?.text);
}

/** Whether a call is given no function, which may look at things. */
function takesPlain(call: Bare): boolean {
  return !call.some(({ type }) => /function|lambda|closure|func_literal|jsx|async_block|method_definition/.test(type) && type !== 'function_type');
}

function isPrinted(value: Bare): boolean {
  if (value.type === 'macro_invocation') return PRINTING_MACRO.test(value.text);
  return isCall(value) && PRINTS.test(value.get('function')?.text ?? '');
}

/** Whether what is printed has a name that was given to what a call came to. */
function showsMade(value: Bare, before: readonly Bare[]): boolean {
  const made = before.flatMap((one) => settingsOf(one) ?? []).filter(({ value: from }) => isCall(from));
  return made.some(({ name }) =>
    name.split(/\W+/).some((word) => word.length > 0 && new RegExp(`\\b${word.replaceAll('$', '\\$')}\\b`).test(value.text)),
  );
}
