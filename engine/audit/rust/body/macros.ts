import type { Bare } from '../../../syntax/index.ts';
import type { Standing } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { ofMacro, split } from '../facts.ts';
import { assertionsIn } from '../tokens.ts';
import { follow } from './helpers.ts';
import type { Walk } from './walk.ts';

/** Macros of the standard library that run nothing of what they are given under a condition of their own. */
const KNOWN =
  /^(std::|core::|log::|tracing::)?(vec|format|println|eprintln|print|eprint|write|writeln|matches|dbg|debug|info|warn|error|trace|concat|stringify|include_str|include_bytes|env|json|cfg|format_args|line|file|thread_local)$/;

/** A macro: an assertion, or one of the project's, which may make some of what it is given. */
export function readMacro(walk: Walk, node: Bare, standing: Standing): void {
  const name = node.get('macro')?.text ?? '';
  const given = node.children.find(({ type }) => type === 'token_tree');
  const args = split((given?.text ?? '').slice(1, -1), ',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  walk.gathered.acts = true;
  const found = walk.find.named(name) ? ({ fact: 'declared', subject: squeezed(node) } as const) : ofMacro(name, args);
  if (found && found !== 'fail') walk.add(found, standing, node);
  else if (name === 'matches' && node.parent?.type === 'expression_statement')
    walk.add({ fact: 'partial', subject: squeezed(node), flaw: 'uncalled' }, standing, node);
  else if (!found && !KNOWN.test(name)) {
    const own = walk.find.find(`${name.split('::').at(-1)}!`);
    if (own && /\b(assert\w*|panic|unreachable)!/.test(own.text))
      walk.add({ fact: args.length > 1 ? 'partial' : 'boolean', subject: squeezed(node) }, standing, node);
    if (given) walk.gathered.checks.push(...assertionsIn(given.text.slice(1), given.start + 1, standing));
  }
  // What it is given is not read as code: a helper that is called in it is found by its name.
  for (const [, called] of (given?.text ?? '').matchAll(/\b(\w+)\s*\(/g)) {
    const helper = walk.find.find(called as string);
    if (helper?.type === 'function_item' && helper !== walk.fn) follow(walk, helper, called as string, node, standing);
  }
}
