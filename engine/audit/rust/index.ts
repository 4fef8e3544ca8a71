import type { Bare } from '../../syntax/index.ts';
import type { TestCase } from '../model.ts';
export function readRust(_root: Bare): TestCase[] {
  return [];
}
