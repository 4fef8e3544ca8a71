import type { Tree } from 'web-tree-sitter';
import type { LanguageName } from '../../syntax/index.ts';
import { type DeclaredRule, NO_CONFIG, type ProjectConfig } from '../../workspace/index.ts';
import type { FileAudit, Finding, Span } from '../model.ts';
import { type Named, namedBy } from '../named.ts';
import { type Severities, settled } from '../rules.ts';
import { RuleQuery } from './rule-query.ts';

/** What a project says of how its tests are read: which functions assert, what it does not want in them, and how severe it takes what is wrong. */
export class AuditProject {
  readonly named: Named;
  readonly #rules: readonly DeclaredRule[];
  readonly #severities: Severities;
  /** By rules and the languages of the grammars; what cannot be read is told of by `problems.ts`, and finds nothing. */
  readonly #queries = new Map<string, RuleQuery | undefined>();

  constructor({ audit }: ProjectConfig = NO_CONFIG) {
    this.named = namedBy(audit.assertions);
    this.#rules = audit.rules;
    this.#severities = audit.severities;
  }

  /** An audit with what the project's own rules find, each finding as severe as the project takes it, and without those that it does not want to see. */
  apply(audit: FileAudit, language: LanguageName, tree: Tree): FileAudit {
    const own = this.#rules.flatMap((rule) => this.#find(rule, language, tree, audit));
    if (own.length === 0 && Object.keys(this.#severities).length === 0) return audit;
    const settle = (findings: readonly Finding[]) => settled(findings, this.#severities);
    const within = (test: Span, found: Span) => test.start <= found.start && found.end <= test.end;
    const tests = audit.tests.map((test) => {
      const its = own.filter((one) => audit.tests.findLast((other) => within(other, one)) === test);
      return { ...test, findings: settle([...test.findings, ...its]) };
    });
    const findings = settle([...audit.findings, ...own]).sort((a, b) => a.start - b.start);
    return { tests, findings, severities: this.#severities };
  }

  /** Frees what no garbage collector sees. */
  dispose(): void {
    for (const query of this.#queries.values()) query?.dispose();
    this.#queries.clear();
  }

  #find(rule: DeclaredRule, language: LanguageName, tree: Tree, { tests }: FileAudit): Finding[] {
    const query = this.#queryOf(rule, language, tree);
    if (!query) return [];
    const { spans, isCut } = query.find(tree.rootNode);
    const isWanted = ({ start, end }: Span) => rule.in === 'files' || tests.some((test) => test.start <= start && end <= test.end);
    const seen = new Set<string>();
    const once = spans.filter((span) => isWanted(span) && !seen.has(`${span.start} ${span.end}`) && seen.add(`${span.start} ${span.end}`));
    const more = { severity: rule.severity ?? 'warning', ...(rule.page !== undefined && { page: rule.page }) } as const;
    const found: Finding[] = once.map((span) => ({ rule: rule.id, ...span, message: rule.message, ...more }));
    const cut = 'This rule takes too long here: not all that it could find is shown.';
    return isCut ? [...found, { rule: rule.id, start: 0, end: 0, message: cut, ...more }] : found;
  }

  #queryOf(rule: DeclaredRule, language: LanguageName, tree: Tree): RuleQuery | undefined {
    const key = `${this.#rules.indexOf(rule)} ${language}`;
    if (!this.#queries.has(key)) {
      const isMeant = rule.languages.some((one) => one === language || (one === 'typescript' && language === 'tsx'));
      const query = isMeant ? RuleQuery.read(rule.query, tree.language) : undefined;
      this.#queries.set(key, query instanceof RuleQuery ? query : undefined);
    }
    return this.#queries.get(key);
  }
}

/** A project that says nothing. */
export const SILENT = new AuditProject();
