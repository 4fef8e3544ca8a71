import {
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type Position as LspPosition,
  type Range as LspRange,
} from 'vscode-languageserver';
import { Auditor, bandOf, explain, type Finding, isOwnRule, type Severity, type Span, severityOf, type TestAudit } from '../engine/audit/index.ts';
import { shippedFile } from '../engine/installation/index.ts';
import { Lines } from '../engine/model/index.ts';
import { languageOf } from '../engine/syntax/index.ts';
import { findPackage, isTestFile, relativePosix } from '../engine/workspace/index.ts';
import type { EditSupport } from './actions.ts';
import { fixes, suggested } from './audit-actions.ts';
import { toLsp, toPath, toUri } from './convert.ts';
import { SOURCE } from './diagnostics.ts';
import type { LettingThrough } from './let-through.ts';
import type { Looked } from './looked.ts';
import { commands } from './protocol.ts';
import type { Witnesses } from './witnesses.ts';
import type { Workspace } from './workspace.ts';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
/** How many assertions of one test a hover lists. */
const LISTED = 12;

/** What the tests of open files check, as lenses, diagnostics, hovers and actions. It follows the text; nothing is run. */
export class Audits {
  readonly #workspace: Workspace;
  /** Made with its grammars when the first test file is looked at. */
  #auditor: Promise<Auditor> | undefined;
  readonly #looked = new Map<string, Looked>();
  readonly #witnesses: Witnesses;
  readonly #lettingThrough: LettingThrough;

  constructor(workspace: Workspace, witnesses: Witnesses, lettingThrough: LettingThrough) {
    this.#workspace = workspace;
    this.#witnesses = witnesses;
    this.#lettingThrough = lettingThrough;
  }

  /** What is wrong with the tests of a file. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const looked = await this.#look(uri);
    return [...(looked?.audit.findings ?? []), ...(looked?.witnessed?.findings ?? [])].map((finding) => ({
      range: looked?.range(finding) as LspRange,
      severity: SEVERITIES[severityOf(finding)],
      source: SOURCE,
      code: finding.rule,
      ...pageOf(finding),
      message: finding.message,
    }));
  }

  /** One lens over the file with a summary, and one over each test with its strength. */
  async lenses(uri: string): Promise<CodeLens[]> {
    const looked = await this.#look(uri);
    const { tests } = looked?.audit ?? { tests: [] };
    if (!looked || tests.length === 0) return [];
    const run = tests.filter(({ state }) => state !== 'skipped');
    const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const weak = run.filter(({ strength }) => bandOf(strength) === 'weak' || bandOf(strength) === 'execution only');
    const mean = run.reduce((sum, { strength }) => sum + strength, 0) / Math.max(1, run.length);
    const first = weak.sort((a, b) => a.strength - b.strength)[0];
    const summary = `${count(tests.length, 'test')} · mean strength ${Math.round(mean)}${weak.length > 0 ? ` · ${weak.length} weak` : ''}`;
    return [
      { range: top, command: first ? this.#show(summary, 'Go to the weakest test', looked, first) : { title: summary, command: '' } },
      ...(this.#canProve(looked) ? [{ range: top, command: this.#proveCommand(looked) }] : []),
      { range: top, command: { title: 'Open the test audit', command: commands.openTestAudit, arguments: [uri] } },
      ...run.map((test) => {
        const { start } = looked.range(test);
        const passes =
          looked.witnessed?.seen.get(looked.audit.tests.indexOf(test))?.verdict === 'unnoticed' ? ' · passes whatever the code does' : '';
        const title = `strength ${test.strength} · ${explain(test).summary}${passes}`;
        return { range: { start, end: start }, command: this.#show(title, 'Explain the strength of this test', looked, test) };
      }),
      ...(await this.#lettingThrough.lenses(looked)),
    ];
  }

  /** Why a test is as strong as it is, at its head. */
  async hover(uri: string, at: LspPosition): Promise<Hover | undefined> {
    const looked = await this.#look(uri);
    const test = looked?.audit.tests.findLast(({ head }) => contains(looked.range(head), at));
    if (!looked || !test || test.state === 'skipped') return undefined;
    return {
      contents: {
        kind: 'markdown',
        value: [explained(test, looked), ...seenLines(test, looked), ...(await this.#lettingThrough.hover(looked, test))].join('\n'),
      },
      range: looked.range(test.head),
    };
  }

  /** The changes that set findings right which a client shows, and what would have the assertions in a range say more. */
  async actions(uri: string, range: LspRange, diagnostics: readonly Diagnostic[], support: EditSupport): Promise<CodeAction[]> {
    const looked = await this.#look(uri);
    const auditor = looked && (await this.#auditor);
    if (!looked || !auditor) return [];
    const { file, text, audit } = looked;
    const found = auditor.suggestions(file, text, audit, looked.span(range), (check) => seenMessage(check, looked));
    const hasJest = found.some(({ needsJest }) => needsJest) && (await this.#runsLikeJest(looked));
    const suggestions = found.filter(({ needsJest }) => !needsJest || hasJest);
    const more = await this.#lettingThrough.actions(looked, range, diagnostics);
    return [...fixes(looked, diagnostics), ...more, ...suggested(looked, suggestions, diagnostics, support, this.#workspace.version(uri))];
  }

  /** Says that helpers may be others now. */
  async lookAgain(): Promise<void> {
    (await this.#auditor)?.lookAgain();
    this.#looked.clear();
  }

  /** Lets go of what is kept of a file that was closed. */
  async closed(uri: string): Promise<void> {
    this.#looked.delete(uri);
    const file = toPath(uri);
    if (file !== undefined) (await this.#auditor)?.forget(file);
  }

  async #look(uri: string): Promise<Looked | undefined> {
    const file = toPath(uri);
    const folder = file === undefined ? undefined : this.#workspace.folderOf(file);
    const text = this.#workspace.openText(uri);
    if (file === undefined || folder === undefined || text === undefined || !isTestFile(relativePosix(folder, file))) return undefined;
    const known = this.#looked.get(uri);
    if (known?.text === text) return known;
    this.#auditor ??= Auditor.create((other) => this.#workspace.openText(toUri(other)));
    const auditor = await this.#auditor;
    await auditor.prepare(file);
    // It may have been changed or closed meanwhile.
    if (this.#workspace.openText(uri) !== text) return undefined;
    const audit = auditor.auditAgain(file, text);
    if (!audit) return undefined;
    const lines = new Lines(text);
    const offsetAt = ({ line, character }: LspPosition) => lines.offsetAt({ line, column: character });
    const looked: Looked = {
      uri,
      file,
      folder,
      text,
      audit,
      witnessed: this.#witnesses.of(file, text, audit),
      range: ({ start, end }) => toLsp.range({ start: lines.positionAt(start), end: lines.positionAt(end) }),
      span: ({ start, end }) => ({ start: offsetAt(start), end: offsetAt(end) }),
    };
    this.#looked.set(uri, looked);
    return looked;
  }

  /** Whether the tests of a file run on a framework whose `expect` is Jest's or like it. */
  async #runsLikeJest({ file, folder }: Looked): Promise<boolean> {
    const found = await findPackage(file, folder);
    return found.ok && (found.value.framework.name === 'jest' || found.value.framework.name === 'vitest');
  }

  /** Only tests of JavaScript and TypeScript can be run. */
  #canProve({ uri }: Looked): boolean {
    return languageOf(uri) !== undefined;
  }

  #proveCommand({ uri, witnessed }: Looked) {
    const known = witnessed?.seen.size ?? 0;
    return {
      title: known > 0 ? 'Prove the tests again' : 'Prove the tests',
      tooltip: 'Runs them, tells which assertions are not made, and breaks what each test runs until it fails',
      command: commands.proveTests,
      arguments: [uri],
    };
  }

  #show(title: string, tooltip: string, { uri, range }: Looked, { head }: TestAudit) {
    return { title, tooltip, command: commands.explainTest, arguments: [uri, range(head).start] };
  }
}

function explained(test: TestAudit, { text, range }: Looked): string {
  const { summary, lines, raise } = explain(test);
  const rows = lines.slice(0, LISTED).map(({ check, points, says }) => {
    const line = range(check).start.line + 1;
    const code = text.slice(check.start, check.end).replace(/\s+/g, ' ');
    // What is looked at and what is said of it: its ends tell more than its middle.
    const short = code.length > 52 ? `${code.slice(0, 26)} … ${code.slice(-23)}` : code;
    const via = check.via === undefined ? '' : ` (in \`${check.via}\`)`;
    return `| ${line} | \`${short.replaceAll('|', '\\|').replaceAll('`', "'")}\`${via} | ${check.flaw ? '–' : points} | ${says} |`;
  });
  return [
    `**Strength ${test.strength} of 100** · ${summary}`,
    ...(rows.length > 0 ? ['', '| line | assertion | alone | |', '| ---: | --- | ---: | --- |', ...rows] : []),
    ...(lines.length > LISTED ? ['', `… and ${lines.length - LISTED} more`] : []),
    ...(test.rows > 1 ? ['', `It is run for ${test.rows} rows.`] : []),
    ...(raise ? ['', raise] : []),
  ].join('\n');
}

/** What a test was seen to do when it ran. */
function seenLines(test: TestAudit, { audit, witnessed }: Looked): string[] {
  const known = witnessed?.seen.get(audit.tests.indexOf(test));
  if (!known) return [];
  const { verdict, breakages, reached, neverMade, why, seenAt } = known;
  const names = [...new Set(reached.map(({ name }) => `\`${name}\``))];
  const some = names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');
  const says = {
    noticed: 'it failed when something of what it runs was broken.',
    unnoticed: `it passed with each of ${count(breakages, 'change')} to what it runs.`,
    undecided: `it could not be decided whether it notices anything: ${why ?? 'not all could be tried'}.`,
    'reaches-nothing': 'it ran no function of its package.',
    fails: 'it failed as the code is.',
  }[verdict];
  const made = neverMade.length > 0 ? ` ${count(neverMade.length, 'assertion')} in it ${neverMade.length === 1 ? 'was' : 'were'} not made.` : '';
  return ['', `**When it ran** (${new Date(seenAt).toLocaleString()}), ${says}${made}${names.length > 0 ? ` It runs ${some}.` : ''}`];
}

/** The page about a rule: of a project's only where it has one. */
function pageOf({ rule, page }: Finding): Pick<Diagnostic, 'codeDescription'> {
  const href = isOwnRule(rule) ? toUri(shippedFile('docs', 'audit', `${rule}.md`)) : page;
  return href === undefined ? {} : { codeDescription: { href } };
}

/** The message of the error that an assertion got when its test ran, where that is known. */
function seenMessage({ start, end }: Span, { audit, witnessed }: Looked): string | undefined {
  const place = audit.tests.findIndex((test) => test.start <= start && end <= test.end);
  const test = audit.tests[place];
  const known = witnessed?.seen.get(place)?.thrown ?? [];
  return known.find((one) => test !== undefined && one.start === start - test.start && one.end === end - test.start)?.message;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function contains({ start, end }: LspRange, { line, character }: LspPosition): boolean {
  const after = line > start.line || (line === start.line && character >= start.character);
  return after && (line < end.line || (line === end.line && character <= end.character));
}
