import type { Bare } from '../../syntax/index.ts';
import { calleeName, type FunctionFinder, saysCheck } from '../reading/index.ts';

/** What a test does with itself that checks nothing. */
const OWN = /^(Log|Logf|Helper|Cleanup|TempDir|Setenv|Chdir|Parallel|Skip|Skipf|SkipNow|Name|Deadline|Context|Run)$/;
const FAILS = /\bpanic\(|\.(Error|Fatal|Fail)\w*\(|\b(assert|require)\./;

/** Whether a test in which no assertion was found calls what may check something all the same: it gives itself to what could not be read, or what it calls says so by its name. */
export function mayCheckUnseen(fn: Bare, names: readonly string[], find: FunctionFinder): boolean {
  const itself = new Set(names.filter((name) => name !== ''));
  return (fn.get('body') ?? fn).some((node) => {
    if (node.type !== 'call_expression') return false;
    const callee = node.get('function');
    const name = calleeName(node);
    const isOwn = itself.has(callee?.get('operand')?.text ?? '') && OWN.test(name);
    const args = node.get('arguments')?.children ?? [];
    if (isOwn) return name === 'Run' && args[1] !== undefined && args[1].type !== 'func_literal';
    const helper = callee?.type === 'identifier' ? find.find(name) : undefined;
    if (helper && helper !== fn) return FAILS.test(helper.text);
    if (args.some(({ text }) => itself.has(text) || /\.T\(\)$/.test(text))) return true;
    return saysCheck(name);
  });
}
