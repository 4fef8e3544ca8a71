import path from 'node:path';
import { type AuditedFile, Auditor, AuditTrend, auditFiles, configFailures, isTold, pointOf, summarize } from '../engine/audit/index.ts';
import { findGaps, type GapMatrix } from '../engine/gaps/index.ts';
import { renderAudit } from '../engine/report/index.ts';
import { type FalsePositive, falsePositives, type WitnessedFile, withSeen } from '../engine/witness/index.ts';
import { findTestFiles, PackageFolders, readJson, readTextNow, relativePosix } from '../engine/workspace/index.ts';
import { toPath, toUri } from './convert.ts';
import type {
  AuditedPackage,
  AuditedTestFile,
  AuditProgressParams,
  CriticalGap,
  ExportAuditParams,
  FalsePositive as ShownFalsePositive,
  TestAuditParams,
  TestAuditResult,
} from './protocol.ts';
import type { Witnesses } from './witnesses.ts';
import type { Workspace } from './workspace.ts';

/** How often progress is sent, milliseconds. */
const PROGRESS_MS = 100;

/** What an audit needs from the server around it. */
export interface AuditSurroundings {
  workspace: Workspace;
  witnesses: Witnesses;
  sendProgress(progress: AuditProgressParams): void;
  log(line: string): void;
  version: string;
}

/** A package with the files of its tests. */
interface Group {
  directory: string;
  files: AuditedFile[];
}

/** Reads all tests of the open folders, and keeps how their numbers change. Nothing is run. */
export class TestAudits {
  readonly #around: AuditSurroundings;
  readonly #stop = new AbortController();
  /** The critical paths of packages by their directories, as they were when somebody last asked: to read sources and the history takes its time. */
  readonly #gaps = new Map<string, CriticalGap[]>();

  constructor(around: AuditSurroundings) {
    this.#around = around;
  }

  /** What the tests check; aborting the signal cancels it. */
  async audit({ run, asked }: TestAuditParams, signal: AbortSignal): Promise<TestAuditResult> {
    const either = AbortSignal.any([signal, this.#stop.signal]);
    const groups = await this.#read(
      either,
      throttled((done, planned) => this.#around.sendProgress({ run, done, planned })),
    );
    if (either.aborted) return { status: 'cancelled', packages: [] };
    const at = Date.now();
    const packages = await Promise.all(groups.map((group) => this.#describe(group, asked, at, either)));
    return { status: 'done', packages: packages.sort((a, b) => a.name.localeCompare(b.name)) };
  }

  /** What the tests of a package check, as a text. */
  async export({ format, uri }: ExportAuditParams): Promise<string> {
    const groups = await this.#read(this.#stop.signal, () => {});
    const { version } = this.#around;
    const found = groups.find(({ directory }) => toUri(directory) === uri);
    const { files, falsePositives } = found ? await this.#witnessed(found) : { files: [], falsePositives: undefined };
    const directory = found?.directory ?? toPath(uri) ?? '';
    const gaps = await findGaps(
      { directory, book: this.#around.workspace.books.existing(directory), audited: files },
      { signal: this.#stop.signal, report: () => {} },
    );
    return renderAudit(format, { directory, version, files, ...(falsePositives && { falsePositives }), ...(gaps.ok && { gaps: [gaps.value] }) });
  }

  /** Cancels all audits, also those that come later. */
  stop(): void {
    this.#stop.abort();
  }

  async #read(signal: AbortSignal, report: (done: number, planned: number) => void): Promise<Group[]> {
    const { workspace } = this.#around;
    const folders = workspace.folders;
    const found = new Set((await Promise.all(folders.map(findTestFiles))).flat());
    for (const { message, action } of await configFailures([...found])) this.#around.log(`${message} ${action}`);
    const job = { signal, report: ({ done }: { done: number }) => report(done, found.size) };
    const audited = await auditFiles([...found], job, await workspace.unsaved());
    const packageFolders = new PackageFolders();
    const groups = new Map<string, Group>();
    for (const one of audited) {
      if (one.defect !== undefined) this.#around.log(`${one.file} could not be audited, which is a defect of Assay: ${one.defect}`);
      const folder = workspace.folderOf(one.file);
      if (folder === undefined || !one.audit || one.audit.tests.length + one.audit.findings.length === 0) continue;
      const directory = await packageFolders.of(one.file, folder);
      const group = groups.get(directory) ?? { directory, files: [] };
      group.files.push(one);
      groups.set(directory, group);
    }
    return [...groups.values()];
  }

  async #describe(group: Group, asked: boolean, at: number, signal: AbortSignal): Promise<AuditedPackage> {
    const { directory } = group;
    const { books } = this.#around.workspace;
    const { files, falsePositives } = await this.#witnessed(group);
    const summary = summarize(files.flatMap(({ audit }) => audit ?? []));
    const book = asked ? books.of(directory) : books.existing(directory);
    if (asked || !this.#gaps.has(directory)) await this.#findGaps(directory, files, signal);
    const name = (await readJson(path.join(directory, 'package.json')))?.['name'];
    return {
      name: typeof name === 'string' ? name : path.basename(directory),
      uri: toUri(directory),
      summary,
      files: files.map((file) => describeFile(file, directory)),
      trend: book ? new AuditTrend(book.store).record(pointOf(summary, at, falsePositives?.length ?? null)) : [],
      falsePositives: falsePositives?.map((one) => describeFalsePositive(one, directory)) ?? null,
      gaps: this.#gaps.get(directory) ?? null,
    };
  }

  /** The files with what was seen when their tests ran; no false positives are known where none of them did. */
  async #witnessed({ files }: Group): Promise<{ files: AuditedFile[]; falsePositives: FalsePositive[] | undefined }> {
    const { workspace, witnesses } = this.#around;
    const auditor = files.some(({ file }) => witnesses.knows(file)) ? await Auditor.create((file) => workspace.openText(toUri(file))) : undefined;
    if (!auditor) return { files, falsePositives: undefined };
    const all: WitnessedFile[] = [];
    const seen = files.map((one) => {
      const text = witnesses.knows(one.file) ? (workspace.openText(toUri(one.file)) ?? readTextNow(one.file)) : undefined;
      const audit = text === undefined ? undefined : auditor.audit(one.file, text);
      const found = text === undefined || !audit ? undefined : witnesses.of(one.file, text, audit);
      if (!found || !one.audit) return one;
      all.push(found);
      return { ...one, audit: withSeen(one.audit, found) };
    });
    return { files: seen, falsePositives: falsePositives(all) };
  }

  async #findGaps(directory: string, audited: readonly AuditedFile[], signal: AbortSignal): Promise<void> {
    const book = this.#around.workspace.books.existing(directory);
    const found = await findGaps({ directory, book, audited }, { signal, report: () => {} });
    if (signal.aborted) return;
    if (found.ok) this.#gaps.set(directory, describeGaps(found.value));
    else this.#around.log(`${found.failure.message} ${found.failure.action}`);
  }
}

function describeFile({ file, audit }: AuditedFile, directory: string): AuditedTestFile {
  return {
    uri: toUri(file),
    path: relativePosix(directory, file),
    tests: (audit?.tests ?? []).map(({ findings, ...test }) => ({ ...test, rules: [...new Set(findings.filter(isTold).map(({ rule }) => rule))] })),
    findings: audit?.findings ?? [],
  };
}

function describeFalsePositive({ file, test, place, ...rest }: FalsePositive, directory: string): ShownFalsePositive {
  return { ...rest, uri: toUri(file), path: relativePosix(directory, file), range: place, title: test.title };
}

function describeGaps({ directory, gaps, unmatched }: GapMatrix): CriticalGap[] {
  const missing = unmatched.map(
    ({ path: name, message }): CriticalGap => ({
      ...UNKNOWN,
      pseudoTested: [],
      name,
      origin: 'declared',
      sentence: `It is declared and not there: ${message}.`,
    }),
  );
  const known = gaps.map(
    ({ name, origin, risk, sentence, functions, tests, killRate, pseudoTested, at }): CriticalGap => ({
      name,
      origin,
      risk,
      sentence,
      functions: functions.judged === 0 ? null : { reached: functions.reached, all: functions.judged },
      strength: tests.mean,
      killRate,
      pseudoTested,
      uri: at ? toUri(path.join(directory, at.file)) : null,
      range: at?.range ?? null,
    }),
  );
  return [...missing, ...known];
}

/** A path of which nothing is known. */
const UNKNOWN = { risk: 'unknown', functions: null, strength: null, killRate: null, uri: null, range: null } as const;

function throttled(report: (done: number, planned: number) => void): (done: number, planned: number) => void {
  let last = 0;
  return (done, planned) => {
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    report(done, planned);
  };
}
