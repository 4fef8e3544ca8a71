import type { Bare } from '../../syntax/index.ts';
import { calleeName, type FunctionFinder, saysCheck } from '../reading/index.ts';

/** Macros of the standard library and of logging, which check nothing. */
const PLAIN =
  /^(vec|println|eprintln|print|eprint|format|format_args|write|writeln|dbg|json|matches|include_str|include_bytes|concat|env|option_env|stringify|line|file|column|cfg|thread_local|info|warn|debug|trace|error_span|info_span|span|hashmap|btreemap|smallvec|arrayvec|pin|lazy_static|quote|parse_quote|select|join|try_join|panic|todo|unimplemented|unreachable)$/;
const FAILS = /\b(assert\w*|panic|unreachable|todo)!|\.(unwrap|expect)\w*\(/;

/** Whether a test in which no assertion was found calls what may check something all the same: a macro or a helper that could not be read, or that fails in a way of its own. */
export function mayCheckUnseen(fn: Bare, find: FunctionFinder): boolean {
  return (fn.get('body') ?? fn).some((node) => {
    if (node.type === 'macro_invocation')
      return /^(expression_statement|block)$/.test(node.parent?.type ?? '') && !PLAIN.test(node.get('macro')?.text.split('::').at(-1) ?? '');
    if (node.type !== 'call_expression') return false;
    const name = calleeName(node);
    const isNamed = /^(identifier|generic_function)$/.test(node.get('function')?.type ?? '');
    const helper = isNamed ? find.find(name) : undefined;
    if (helper && helper !== fn) return FAILS.test(helper.text);
    return saysCheck(name) && !/^(matches|same|match|test|check|validate)$/.test(name);
  });
}
