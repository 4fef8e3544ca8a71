import type { Bare } from '../../syntax/index.ts';
import { saysCheck } from '../reading/index.ts';
import type { Definitions } from './definitions.ts';

const FAILS = /\bassert|\braise (?!gen\.Return|Stop\w*Iteration|NotImplemented)|\bfail\(/;
/** Fixtures of plugins that hold what a test does against something when it ends. */
const FIXTURES = /snapshot|regression|assert|expect|verif|check|no_leak|recwarn_error|testdir|pytester/i;
/** Methods that hold output against patterns. */
const MATCHES = /(^|\.)(fnmatch_lines|re_match_lines|no_fnmatch_line|simplefilter|filterwarnings)$/;
/** Names that begin as those of assertions do, and do not assert. */
const NO_CHECK = /(^|\.)(match|fullmatch|test|compare|check|validate|check_output|check_call|full_clean)$/;

/** Whether a test in which no assertion was found calls what may check something all the same: what could not be read, and says so by its name, by a decorator, or by a fixture. */
export function mayCheckUnseen(fn: Bare, decorators: readonly Bare[], definitions: Definitions): boolean {
  if ((fn.get('parameters')?.children ?? []).some(({ text }) => FIXTURES.test(text))) return true;
  if (decorators.some(({ text }) => !/^(pytest\.mark\.|mock\.|patch|unittest\.)/.test(text) && saysCheck(/^[\w.]+/.exec(text)?.[0] ?? '')))
    return true;
  return (fn.get('body') ?? fn).some((node) => {
    // Code that is handed on as a text.
    if (node.type === 'string') return /\bassert\b/.test(node.text) && node.text.includes('\n');
    if (node.type === 'decorator') return /^@\w*run_|remote/.test(node.text) || saysCheck(/^@([\w.]+)/.exec(node.text)?.[1] ?? '');
    if (node.type !== 'call') return false;
    const name = node.get('function')?.text ?? '';
    const helper = definitions.find(name, node)?.fn;
    if (helper && helper !== fn) return FAILS.test(helper.text) || callsChecks(helper);
    if (/^(self|cls)\._?(run|do|execute|perform)(_|$)/.test(name)) return true;
    return MATCHES.test(name) || (/^[\w.]+$/.test(name) && saysCheck(name.slice(name.lastIndexOf('.') + 1)) && !NO_CHECK.test(name));
  });
}

function callsChecks(helper: Bare): boolean {
  return helper.some((node) => node.type === 'call' && saysCheck(/(\w+)$/.exec(node.get('function')?.text ?? '')?.[1] ?? ''));
}
