import type { Bare } from '../../syntax/index.ts';
import { saysCheck } from '../reading/index.ts';
import { type Chain, chainOf } from './chain.ts';
import type { HelperFinder } from './helpers.ts';
import type { Script } from './script.ts';

/** Modules whose functions do not assert, though their names speak of tests. */
const TOOLS =
  /^(@testing-library\/|@playwright\/test$|@vue\/test-utils$|react-test-renderer|react-dom\/test-utils|vitest$|jest|@jest\/|node:|test$|tape$|ava$|tap$)/;
/** Names that begin as those of assertions do, and do not assert. */
const NO_CHECK =
  /^(test|testing|checkbox|check|uncheck|checked|match|matchMedia|matches|matchAll|require|compare|validate|same|testId|getByTestId|findByTestId|queryByTestId|verifyToken)$/;
const RUNS_TESTS = /^(it|test|describe|context|suite|specify)$/;
const FAILS = /\bthrow\b|\bexpect\b|\bassert\b|\bshould\b/;

/** Whether a test in which no assertion was found calls what may check something all the same: what could not be read, and says so by its name, by its module, or by what it is given. */
export function mayCheckUnseen(fn: Bare, script: Script, helpers: HelperFinder, contexts: ReadonlySet<string>): boolean {
  if (isChecked(script)) return true;
  const unseen = (node: Bare) => {
    if (node.type === 'call_expression' && node.parent?.type !== 'member_expression') return isUnseen(chainOf(node), script, helpers, contexts);
    // `expectedOutput: […]` is held against something by whoever is given it.
    return node.type === 'pair' && saysWanted(node.get('key')?.text ?? '');
  };
  return (fn.get('body') ?? fn).some(unseen);
}

function isUnseen(chain: Chain, script: Script, helpers: HelperFinder, contexts: ReadonlySet<string>): boolean {
  const { root, links } = chain;
  const calls = links.filter(({ args }) => args !== undefined);
  if (calls.some(({ args = [] }) => args.some(({ type, text }) => type === 'identifier' && (contexts.has(text) || /^(t|expect|assert)$/.test(text)))))
    return true;
  // A matcher that is not known, of a plugin.
  if (/^(expect|assert|should)$/.test(root.text) && links.slice(root.text === 'expect' ? 1 : 0).some(({ args }) => args !== undefined)) return true;
  if (links[0]?.args && links[0].name === undefined && RUNS_TESTS.test(root.text)) return true;
  const helper = helpers.find(chain, script);
  if (helper) return FAILS.test(helper.fn.text);
  const imported = script.imports.get(root.text);
  if (
    imported &&
    !TOOLS.test(imported.module) &&
    saysCheck(imported.module.replace(/^.*[/\\](?=[^/\\]+[/\\][^/\\]+$)/, '')) &&
    isOfTests(imported.module)
  )
    return true;
  const direct = links[0]?.name === undefined ? root.text : '';
  return [direct, ...calls.flatMap(({ name }) => name ?? [])].some((name) => saysCheck(name) && !NO_CHECK.test(name));
}

/** Whether a module is written to help tests, by its name. */
function isOfTests(module: string): boolean {
  return /assert|expect|verif|snapshot|test-?(helpers?|utils?|kit)|(helpers?|utils?)[/-]test/i.test(module);
}

function saysWanted(key: string): boolean {
  return /^(expect|want|assert)/i.test(key) && key.length > 6;
}

const hooked = new WeakMap<Script, boolean>();

/** Whether what runs after each test of a file asserts. */
function isChecked(script: Script): boolean {
  let found = hooked.get(script);
  if (found === undefined) {
    found = script.root.some(
      (node) => node.type === 'call_expression' && /^(afterEach|teardown)$/.test(node.get('function')?.text ?? '') && FAILS.test(node.text),
    );
    hooked.set(script, found);
  }
  return found;
}
