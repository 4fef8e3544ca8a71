import assert from 'node:assert/strict';
import type { ResolvedMutant, ResolvedPiece } from '../resolve.ts';
import { bestSurvivors } from './best.ts';

/** Functions of ten lines each with survivors, `line:column-column mutator` and, behind it, what else is so; and the ids (`function.number`) of those that are shown. */
const CASES: Record<string, { functions: Record<string, string[]>; shown: string[] }> = {
  'one a line': { functions: { f: ['1:0-5 EqualityOperator', '1:8-9 EqualityOperator', '2:0-5 EqualityOperator'] }, shown: ['f.0', 'f.2'] },
  'none inside another': { functions: { f: ['1:0-3:9 LogicalOperator', '2:0-5 LogicalOperator', '4:0-1 LogicalOperator'] }, shown: ['f.0', 'f.2'] },
  'the change of more code first': { functions: { f: ['1:4-9 ConditionalExpression', '1:0-9 ConditionalExpression'] }, shown: ['f.1'] },
  'seven a file': {
    functions: { f: Array.from({ length: 9 }, (_, i) => `${i}:0-5 EqualityOperator`) },
    shown: ['f.0', 'f.1', 'f.2', 'f.3', 'f.4', 'f.5', 'f.6'],
  },
  'decisions before texts': { functions: { f: ['1:0-5 StringLiteral', '2:0-5 Regex', '3:0-5 EqualityOperator'] }, shown: ['f.2', 'f.1', 'f.0'] },
  'one of each function before a second of the same kind': {
    functions: { f: ['1:0-5 EqualityOperator', '2:0-5 EqualityOperator'], g: ['1:0-5 EqualityOperator'] },
    shown: ['f.0', 'g.0', 'f.1'],
  },
  'a second that is clearly better': {
    functions: { f: ['1:0-5 EqualityOperator', '2:0-5 EqualityOperator'], g: ['1:0-5 StringLiteral'] },
    shown: ['f.0', 'f.1', 'g.0'],
  },
  'a body that can go': {
    functions: { f: ['1:0-5 EqualityOperator'], g: ['0:9-9:1 BlockStatement', '1:0-5 EqualityOperator'] },
    shown: ['g.0', 'f.0'],
  },
  'where tests notice other mutants': {
    functions: { f: ['1:0-5 EqualityOperator'], g: ['1:0-5 EqualityOperator', '5:0-5 StringLiteral Killed'] },
    shown: ['g.0', 'f.0'],
  },
  'what more tests ran': { functions: { f: ['1:0-5 EqualityOperator', '2:0-5 EqualityOperator 8 tests'] }, shown: ['f.1', 'f.0'] },
  'nothing that is suppressed': { functions: { f: ['1:0-5 EqualityOperator suppressed', '1:0-5 StringLiteral'] }, shown: ['f.1'] },
  'nothing of a function that has changed': { functions: { 'f stale': ['1:0-5 EqualityOperator'] }, shown: [] },
};

describe('bestSurvivors', () => {
  for (const [name, { functions, shown }] of Object.entries(CASES)) {
    it(name, () => assert.deepEqual(bestSurvivors(Object.entries(functions).map(pieceOf)), shown));
  }
});

function pieceOf([name, mutants]: [string, string[]], index: number): ResolvedPiece {
  const range = { start: { line: index * 10, column: 0 }, end: { line: index * 10 + 9, column: 1 } };
  return {
    name,
    kind: 'function',
    range,
    stale: name.endsWith('stale'),
    judgedAt: 0,
    scanned: false,
    mutants: mutants.map((text, i) => mutantOf(text, `${name}.${i}`, index * 10)),
  };
}

function mutantOf(text: string, id: string, offset: number): ResolvedMutant {
  const [, line, column, endLine, endColumn, mutator = '', more = ''] = /^(\d+):(\d+)-(?:(\d+):)?(\d+) (\w+) ?(.*)$/.exec(text) ?? [];
  const start = { line: Number(line) + offset, column: Number(column) };
  return {
    id,
    mutator,
    range: { start, end: { line: Number(endLine ?? line) + offset, column: Number(endColumn) } },
    status: more === 'Killed' ? 'Killed' : 'Survived',
    original: 'a',
    replacement: 'b',
    static: false,
    coveredBy: Array.from({ length: Number.parseInt(more, 10) || 1 }, (_, i) => i),
    killedBy: [],
    ...(more === 'suppressed' && { suppressed: { kind: 'arid', reason: 'logging' } }),
  };
}
