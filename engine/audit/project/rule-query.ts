import { type Language, type Node, Query, type QueryMatch } from 'web-tree-sitter';
import type { Span } from '../model.ts';
import { isLike } from './glob.ts';

/** The name by which a query says what it found. */
const FINDING = 'finding';
/** What may be asked of what was found. Regular expressions are not among it: some take longer than anybody waits. */
const PREDICATES = ['eq?', 'not-eq?', 'any-of?', 'not-any-of?', 'like?', 'not-like?'];
/** How many beginnings of matches are kept in mind at once. */
const MOST_OPEN = 4096;
/** How long one rule is looked for in one file, milliseconds. */
const MOST_MS = 200;

/** What a query found in a file. */
export interface Matches {
  spans: Span[];
  /** Whether it took so long, or so much had to be kept in mind, that some may be missing. */
  isCut: boolean;
}

/** A query of tree-sitter that a project wrote, for one language. */
export class RuleQuery {
  readonly #query: Query;

  private constructor(query: Query) {
    this.#query = query;
  }

  /** Reads a query; in vain, says what is wrong with it. */
  static read(source: string, language: Language): RuleQuery | { problem: string } {
    let query: Query;
    try {
      query = new Query(language, source);
    } catch (error) {
      return { problem: (error as Error).message };
    }
    const problem = problemOf(query, source);
    if (problem === undefined) return new RuleQuery(query);
    query.delete();
    return { problem };
  }

  /** Where it matches. */
  find(root: Node): Matches {
    const end = performance.now() + MOST_MS;
    let isLate = false;
    const progressCallback = () => {
      isLate ||= performance.now() > end;
      return isLate;
    };
    const matches = this.#query.matches(root, { matchLimit: MOST_OPEN, progressCallback });
    const found = matches.filter((match) => this.#holds(match)).flatMap(({ captures }) => captures.filter(({ name }) => name === FINDING));
    return {
      spans: found.map(({ node }) => ({ start: node.startIndex, end: node.endIndex })),
      isCut: isLate || this.#query.didExceedMatchLimit(),
    };
  }

  /** Frees its memory, which no garbage collector sees. */
  dispose(): void {
    this.#query.delete();
  }

  /** What tree-sitter itself does not know. */
  #holds({ patternIndex, captures }: QueryMatch): boolean {
    return this.#query.predicatesForPattern(patternIndex).every(({ operator, operands: [subject, pattern] }) => {
      if (subject?.type !== 'capture' || pattern?.type !== 'string') return false;
      const texts = captures.filter(({ name }) => name === subject.name).map(({ node }) => node.text);
      return texts.every((text) => isLike(text, pattern.value) === (operator === 'like?'));
    });
  }
}

function problemOf(query: Query, source: string): string | undefined {
  if (!query.captureNames.includes(FINDING)) return `nothing in it is called @${FINDING}`;
  const bare = source.replace(/"(?:\\.|[^"\\])*"/gs, '""').replace(/;[^\n]*/g, '');
  for (const [, name = ''] of bare.matchAll(/#([\w-]+[?!]?)/g))
    if (!PREDICATES.includes(name)) return `#${name} is not known here: there are ${PREDICATES.map((one) => `#${one}`).join(', ')}`;
  for (let pattern = 0; pattern < query.patternCount(); pattern++) {
    const wrong = query
      .predicatesForPattern(pattern)
      .find(({ operands: [subject, word, ...others] }) => subject?.type !== 'capture' || word?.type !== 'string' || others.length > 0);
    if (wrong) return `#${wrong.operator} takes what was found and a pattern: (#${wrong.operator} @name "get*")`;
  }
  return undefined;
}
