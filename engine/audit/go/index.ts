import type { Bare } from '../../syntax/index.ts'; import type { TestCase } from '../model.ts'; export function readGo(_root: Bare): TestCase[] { return []; }
