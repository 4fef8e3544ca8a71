import type { Bare } from '../../../syntax/index.ts';
import { calleeName } from '../../reading/index.ts';
import { chainOf, unwrap, withoutAwait } from '../chain.ts';
import type { HelperFinder } from '../helpers.ts';
import { parameterNames, type Script } from '../script.ts';

/** What is called for what it does. */
const DOES =
  /^(render|mount|init|setup|set|start|run|main|load|register|use|configure|config|validate|check|assert|verify|ensure|parse|compile|build|emit|dispatch|fire|click|type|log|print|write|close|open|delete|remove|clear|reset|destroy|dispose|create|make|new|define|declare|install|wait|sleep|delay|update|insert|send|post|put|patch|push|connect|listen|on|once|off|subscribe|test|spawn|exec|execute|mock|spy|stub|expect|describe|require|import|warn|throw|advance|flush|act|fit|train|step|apply|bind|drop|free|save|store|flush|go|do|perform|handle|process|trigger|invoke|call|visit|navigate|goto|add|append|consume|drain|migrate|seed|enable|disable|with|stop|kill|shutdown|quit|exit|schedule|fetch|request|download|upload|notify|publish|from|prepare|simulate|plot|show|draw|display|try|let|inline|poll|record|track|report|generate|skip|xfail|copy|move|rename|sync|tick|next|mark|dumps?|loads?|ok|err|some|float|int|str|bool|list|iter|Promise)(?=$|[A-Z_\d])/i;
/** Of those, what is called for its value where it is all of a name and is given several: `add(1, 2)`. */
const SUMS = /^(add|append|copy|apply|next|from|parse)$/i;

/** Whether a test does nothing, or drops what it comes to: all of it is a call of a function from elsewhere with what is written out. */
export function isIdle(fn: Bare, script: Script, helpers: HelperFinder): boolean {
  const body = unwrap(fn.get('body'));
  // What a test is given may end it, or look at what it does; who leaves a comment knows.
  if (!body || parameterNames(fn).length > 0 || /\/\/ |\/\*/.test(body.text)) return false;
  const [first, second] = body.type === 'statement_block' ? body.children : [body];
  if (!first) return true;
  const call = withoutAwait(first.type === 'expression_statement' ? (first.children[0] ?? first) : first);
  return second === undefined && call.type === 'call_expression' && computes(call) && !isOwn(call, script, helpers);
}

/** Whether a function is called for what it comes to. */
function computes(call: Bare): boolean {
  const name = calleeName(call).replace(/^_+/, '');
  const args = call.get('arguments')?.children ?? [];
  if (call.get('function')?.type !== 'identifier' || args.length === 0 || !args.every(isWritten)) return false;
  return (SUMS.test(name) && args.length > 1) || !(/^[A-Z]/.test(name) || DOES.test(name) || /pars|valid|check/i.test(name));
}

/** Whether a value is written out. */
function isWritten(node: Bare): boolean {
  return !node.some(
    ({ type }) => /function|call_expression|new_expression|jsx|method_definition|identifier$/.test(type) && type !== 'property_identifier',
  );
}

/** Whether a call goes to a function that is written to help the test, which may do more than come to a value. */
function isOwn(call: Bare, script: Script, helpers: HelperFinder): boolean {
  const { root } = chainOf(call);
  return (script.declared(root.text, call) !== undefined && !script.imports.has(root.text)) || helpers.find(chainOf(call), script) !== undefined;
}
