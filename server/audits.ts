import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type Position as LspPosition,
  type Range as LspRange,
} from 'vscode-languageserver';
import { Auditor, bandOf, explain, type FileAudit, RULES, type RuleId, type Span, type TestAudit } from '../engine/audit/index.ts';
import { Lines } from '../engine/model/index.ts';
import { shippedFile } from '../engine/process/index.ts';
import { languageOf } from '../engine/syntax/index.ts';
import type { WitnessedFile } from '../engine/witness/index.ts';
import { isTestFile, relativePosix } from '../engine/workspace/index.ts';
import { toLsp, toPath, toUri } from './convert.ts';
import { SOURCE } from './diagnostics.ts';
import { commands } from './protocol.ts';
import type { Witnesses } from './witnesses.ts';
import type { Workspace } from './workspace.ts';

const SEVERITIES = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information } as const;
/** How many assertions of one test a hover lists. */
const LISTED = 12;

/** A test file that is open, as it is now. */
interface Looked {
  uri: string;
  text: string;
  audit: FileAudit;
  /** What the tests were seen to do when they ran, if they did. */
  witnessed: WitnessedFile | undefined;
  range(span: Span): LspRange;
}

/** What the tests of open files check, as lenses, diagnostics, hovers and actions. It follows the text; nothing is run. */
export class Audits {
  readonly #workspace: Workspace;
  /** Made with its grammars when the first test file is looked at. */
  #auditor: Promise<Auditor> | undefined;
  readonly #looked = new Map<string, Looked>();
  readonly #witnesses: Witnesses;

  constructor(workspace: Workspace, witnesses: Witnesses) {
    this.#workspace = workspace;
    this.#witnesses = witnesses;
  }

  /** What is wrong with the tests of a file. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const looked = await this.#look(uri);
    return [...(looked?.audit.findings ?? []), ...(looked?.witnessed?.findings ?? [])].map((finding) => ({
      range: looked?.range(finding) as LspRange,
      severity: SEVERITIES[RULES[finding.rule].severity],
      source: SOURCE,
      code: finding.rule,
      codeDescription: { href: toUri(shippedFile('docs', 'audit', `${finding.rule}.md`)) },
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
    ];
  }

  /** Why a test is as strong as it is, at its head. */
  async hover(uri: string, at: LspPosition): Promise<Hover | undefined> {
    const looked = await this.#look(uri);
    const test = looked?.audit.tests.findLast(({ head }) => contains(looked.range(head), at));
    if (!looked || !test || test.state === 'skipped') return undefined;
    return {
      contents: { kind: 'markdown', value: [explained(test, looked), ...seenLines(test, looked)].join('\n') },
      range: looked.range(test.head),
    };
  }

  /** The changes that set findings in a range right. */
  async actions(uri: string, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
    const looked = await this.#look(uri);
    const ours = diagnostics.filter(({ source, code }) => source === SOURCE && typeof code === 'string' && code in RULES);
    return ours.flatMap((diagnostic) => {
      const found = looked?.audit.findings.find(
        (finding) => finding.rule === (diagnostic.code as RuleId) && isSame(looked.range(finding), diagnostic.range),
      );
      return (found?.fixes ?? []).map((fix): CodeAction => {
        const edits = fix.edits.map(({ text, ...span }) => ({ range: (looked as Looked).range(span), newText: text }));
        return { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: { changes: { [uri]: edits } } };
      });
    });
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
    const looked: Looked = {
      uri,
      text,
      audit,
      witnessed: this.#witnesses.of(file, text, audit),
      range: ({ start, end }) => toLsp.range({ start: lines.positionAt(start), end: lines.positionAt(end) }),
    };
    this.#looked.set(uri, looked);
    return looked;
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
    return `| ${line} | \`${short.replaceAll('|', '\\|').replaceAll('`', "'")}\`${via} | ${check.flaw ? '–' : `+${points}`} | ${says} |`;
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

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function contains({ start, end }: LspRange, { line, character }: LspPosition): boolean {
  const after = line > start.line || (line === start.line && character >= start.character);
  return after && (line < end.line || (line === end.line && character <= end.character));
}

function isSame(a: LspRange, b: LspRange): boolean {
  return a.start.line === b.start.line && a.start.character === b.start.character && a.end.line === b.end.line && a.end.character === b.end.character;
}
