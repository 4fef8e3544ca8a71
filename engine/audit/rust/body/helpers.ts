import type { Bare } from '../../../syntax/index.ts';
import { carried, mayFollow, type Standing } from '../../reading/index.ts';
import type { Walk } from './walk.ts';

/** Takes the assertions of a helper or closure that is called; `name` is the helper's. */
export function follow(walk: Walk, helper: Bare, name: string, call: Bare, standing: Standing, isClosure = false): void {
  const { fn, find, following, gathered } = walk;
  if (!mayFollow(helper, following)) return;
  const isLocal = isClosure || (helper.start > fn.start && helper.end < fn.end);
  const checks = find.read.get(helper) ?? walk.readHelper(helper);
  find.read.set(helper, checks);
  gathered.checks.push(...carried(checks, standing, call, isLocal ? undefined : name));
}

/** Whether a function has assertions of its own. */
export function isAsserting(helper: Bare): boolean {
  return /\b(assert\w*|panic|unreachable)!/.test(helper.text);
}
