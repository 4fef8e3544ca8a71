import { Lines } from '../../model/index.ts';
import { readTextNow } from '../../workspace/index.ts';
import type { RanTest } from '../model.ts';
import { ANY_TITLE, fits, isLiteral, type TitlePattern, titlePattern } from './title-pattern.ts';

/** A call that names a suite or a test by a literal. */
const CALL =
  /\b(describe|context|suite|fdescribe|xdescribe|it|test|specify|fit|xit|xtest)((?:\.\w+)*)\s*(?:\((?=\s*\[|\s*\w)[^'"`]*?\)\s*|`[^`]*`\s*)?\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;
/** A call that names a test by a value. */
const UNNAMED = /\b(?:it|test|specify)(?:\.(?:only|skip))?\s*\(\s*(?=[A-Za-z_$])(?!async\b|function\b)/g;
const SUITES = new Set(['describe', 'context', 'suite', 'fdescribe', 'xdescribe']);

interface Written {
  suite: boolean;
  offset: number;
  /** What its title may be. */
  title: TitlePattern;
}

/**
 * Tests with the places where they are written, for frameworks that tell none (Mocha), or only at a price (Vitest, Jest): found by their titles in the text, without running or parsing
 * anything, so that thousands of tests take a moment. Tests whose titles are nowhere written stay as they are.
 */
export function withWrittenPlaces(tests: readonly RanTest[]): RanTest[] {
  const files = new Map<string, { written: Written[]; lines: Lines; taken: Map<string, number> } | undefined>();
  return tests.map((test) => {
    if (test.position || test.file === undefined || !/^(vitest|jest|mocha)$/.test(test.framework)) return test;
    if (!files.has(test.file)) {
      const text = readTextNow(test.file);
      files.set(test.file, text === undefined ? undefined : { written: writtenIn(text), lines: new Lines(text), taken: new Map() });
    }
    const file = files.get(test.file);
    const found = file && place(file.written, test.title, file.taken);
    return found && file ? { ...test, position: file.lines.positionAt(found.offset) } : test;
  });
}

function writtenIn(text: string): Written[] {
  const named = [...text.matchAll(CALL)].map(({ 0: whole, 1: kind = '', 3: single, 4: double, 5: template, index }) => ({
    suite: SUITES.has(kind),
    offset: index,
    title: titlePattern(single ?? double ?? template ?? '', template !== undefined, /^\s*\+/.test(text.slice(index + whole.length))),
  }));
  const unnamed = [...text.matchAll(UNNAMED)].map(({ index }) => ({ suite: false, offset: index, title: ANY_TITLE }));
  return [...named, ...unnamed].sort((one, other) => one.offset - other.offset);
}

/**
 * Of the tests that are written with a title, the one whose suites stand before it, the nearest first; of equals the next one that is not taken yet, for tests
 * run in the order in which they are written.
 */
function place(written: readonly Written[], title: readonly string[], taken: Map<string, number>): Written | undefined {
  let candidates = written.map((one, i) => ({ one, i })).filter(({ one }) => !one.suite && fits(title.at(-1) ?? '', one.title));
  const literal = candidates.filter(({ one }) => isLiteral(one.title));
  const better = literal.length > 0 ? literal : candidates.filter(({ one }) => one.title !== ANY_TITLE);
  if (better.length > 0) candidates = better;
  const suite = title.at(-2);
  if (suite !== undefined && candidates.length > 1) {
    const nearest = candidates.filter(({ i }) => {
      const before = written.slice(0, i).findLast(({ suite: isSuite }) => isSuite);
      return before !== undefined && fits(suite, before.title);
    });
    if (nearest.length > 0) candidates = nearest;
  }
  if (candidates.length < 2) return candidates[0]?.one;
  const key = JSON.stringify(title);
  const turn = taken.get(key) ?? 0;
  taken.set(key, turn + 1);
  return candidates[Math.min(turn, candidates.length - 1)]?.one;
}
