import path from 'node:path';
import { type AuditedFile, AuditTrend, auditFiles, pointOf, summarize } from '../engine/audit/index.ts';
import { renderAudit } from '../engine/report/index.ts';
import { findTestFiles, PackageFolders, readJson, relativePosix } from '../engine/workspace/index.ts';
import { toPath, toUri } from './convert.ts';
import type { AuditedPackage, AuditedTestFile, AuditProgressParams, ExportAuditParams, TestAuditParams, TestAuditResult } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** How often progress is sent, milliseconds. */
const PROGRESS_MS = 100;

/** What an audit needs from the server around it. */
export interface AuditSurroundings {
  workspace: Workspace;
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
    const packages = await Promise.all(groups.map((group) => this.#describe(group, asked, at)));
    return { status: 'done', packages: packages.sort((a, b) => a.name.localeCompare(b.name)) };
  }

  /** What the tests of a package check, as a text. */
  async export({ format, uri }: ExportAuditParams): Promise<string> {
    const groups = await this.#read(this.#stop.signal, () => {});
    const { version } = this.#around;
    const found = groups.find(({ directory }) => toUri(directory) === uri);
    return renderAudit(format, { directory: found?.directory ?? toPath(uri) ?? '', version, files: found?.files ?? [] });
  }

  /** Cancels all audits, also those that come later. */
  stop(): void {
    this.#stop.abort();
  }

  async #read(signal: AbortSignal, report: (done: number, planned: number) => void): Promise<Group[]> {
    const { workspace } = this.#around;
    const folders = workspace.folders;
    const found = new Set((await Promise.all(folders.map(findTestFiles))).flat());
    const job = { signal, report: ({ done }: { done: number }) => report(done, found.size) };
    const audited = await auditFiles([...found], job, await workspace.unsaved());
    const packageFolders = new PackageFolders();
    const groups = new Map<string, Group>();
    for (const one of audited) {
      if (one.defect !== undefined) this.#around.log(`${one.file} could not be audited, which is a defect of Assay: ${one.defect}`);
      const folder = workspace.folderOf(one.file);
      if (folder === undefined || !one.audit || one.audit.tests.length + one.audit.findings.length === 0) continue;
      const directory = await packageFolders.of(path.dirname(one.file), folder);
      const group = groups.get(directory) ?? { directory, files: [] };
      group.files.push(one);
      groups.set(directory, group);
    }
    return [...groups.values()];
  }

  async #describe({ directory, files }: Group, asked: boolean, at: number): Promise<AuditedPackage> {
    const { books } = this.#around.workspace;
    const summary = summarize(files.flatMap(({ audit }) => audit ?? []));
    const falsePositives = null;
    const book = asked ? books.of(directory) : books.existing(directory);
    const name = (await readJson(path.join(directory, 'package.json')))?.['name'];
    return {
      name: typeof name === 'string' ? name : path.basename(directory),
      uri: toUri(directory),
      summary,
      files: files.map((file) => describeFile(file, directory)),
      trend: book ? new AuditTrend(book.store).record(pointOf(summary, at, falsePositives)) : [],
      falsePositives,
      gaps: null,
    };
  }
}

function describeFile({ file, audit }: AuditedFile, directory: string): AuditedTestFile {
  return {
    uri: toUri(file),
    path: relativePosix(directory, file),
    tests: (audit?.tests ?? []).map(({ findings, ...test }) => ({ ...test, rules: [...new Set(findings.map(({ rule }) => rule))] })),
    findings: audit?.findings ?? [],
  };
}

function throttled(report: (done: number, planned: number) => void): (done: number, planned: number) => void {
  let last = 0;
  return (done, planned) => {
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    report(done, planned);
  };
}
