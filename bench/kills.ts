import path from 'node:path';
import { Auditor } from '../engine/audit/index.ts';
import { HotExecutor } from '../engine/mutation/index.ts';
import { findNode } from '../engine/process/index.ts';
import { BareCopier, languageOf, SyntaxTree } from '../engine/syntax/index.ts';
import { groupTests, reachableSources, type TestGroup, watchedText } from '../engine/witness/index.ts';
import { readTextNow } from '../engine/workspace/index.ts';
import type { KillFinding, KillQuestions, TestKills } from './meaning/experiment.ts';
import { weakened } from './meaning/weakened.ts';
import { copyOf, repositoryName } from './support/subject.ts';

/**
 * Which share of the mutants that each test runs it notices alone, for all tests of repositories that have their dependencies installed:
 * `node bench/kills.ts [--files 60] [--weaken] DIRECTORY …`, with `--weaken` after their assertions were made weaker (`meaning/weakened.ts`). Prints one line of JSON a test, for
 * `bench/meaning.ts`.
 */

/** What is known of a test: where it is written, and what it notices. */
export interface KillsOfTest extends Omit<TestKills, 'kind'> {
  repository: string;
  /** The name of its folder. */
  folder: string;
  /** Relative to the folder. */
  file: string;
  /** Where its text begins and ends, UTF-16 units. */
  start: number;
  end: number;
  title: string;
  /** Whether its assertions were made weaker. */
  isWeakened: boolean;
}

/** How long mutants are tried on the tests of a file in one process, milliseconds, and how often one is begun again. */
const BUDGET_MS = 40_000;
const MOST_RESTARTS = 12;

const args = process.argv.slice(2);
const at = args.indexOf('--files');
const most = at === -1 ? 60 : Number(args.splice(at, 2)[1]);
const isWeakened = args.includes('--weaken');
if (import.meta.main) for (const directory of args.filter((one) => !one.startsWith('--'))) await judge(path.resolve(directory));

async function judge(from: string): Promise<void> {
  const began = Date.now();
  const directory = copyOf(from);
  const auditor = await Auditor.create();
  const laboratory = new HotExecutor();
  const failures: { message: string }[] = [];
  const counts = { tests: 0, cold: 0, lost: 0 };
  for (const group of await groupTests([directory], [directory], failures as never)) await judgePackage(group);
  await laboratory.end();
  for (const { message } of failures) process.stderr.write(`${from}: ${message}\n`);
  process.stderr.write(
    `${from}: ${counts.tests} tests, ${counts.cold} that cannot be called alone, ${counts.lost} files lost, ${Math.round((Date.now() - began) / 1000)} s\n`,
  );

  async function judgePackage(group: TestGroup): Promise<void> {
    const node = await findNode({ own: { path: process.execPath, version: process.versions.node }, directory: group.package.directory });
    if (!node.ok) throw new Error(node.failure.message);
    const step = Math.max(1, group.files.length / most);
    const files = [...group.files].sort().filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
    const texts = new Map<string, string>();
    const trials = new Map<string, { questions: KillQuestions; at: string | undefined; restarts: number }>();
    for (const file of files) {
      const text = textOf(file);
      const language = languageOf(file);
      const audit = text === undefined ? undefined : auditor.audit(file, text);
      if (text === undefined || !language || !audit || audit.tests.length === 0) continue;
      const tree = await SyntaxTree.parse(language, text);
      const unit = trials.size;
      texts.set(file, watchedText(new BareCopier().copy(tree.tree, text), text, audit, unit).text);
      tree.dispose();
      trials.set(file, { questions: { unit, skipped: [], done: [], budgetMs: BUDGET_MS }, at: undefined, restarts: 0 });
    }
    const { all } = await reachableSources(group.package.directory, files, new Map());
    let going = [...trials.keys()];
    while (going.length > 0) {
      const next = new Set<string>();
      const outcome = await laboratory.experiment(
        { package: group.package, targets: all.map((file) => ({ file, named: true })), overlays: texts, node: node.value, dryRunMinutes: 10 },
        {
          script: path.join(import.meta.dirname, 'meaning', 'experiment.ts'),
          each: going.map((testFile) => ({ testFile, input: trials.get(testFile)?.questions })),
          stallMs: 30_000,
          totalMs: 240_000,
          isFollowed: false,
        },
        {
          signal: new AbortController().signal,
          report: (event) => {
            if (event.kind === 'log') return;
            const trial = trials.get(event.testFile);
            if (!trial) return;
            if (event.kind === 'found') hear(event.testFile, event.finding as KillFinding, trial.questions);
            else if (event.mutant !== '' && trial.restarts++ < MOST_RESTARTS) {
              trial.questions.skipped.push(event.mutant);
              next.add(event.testFile);
            } else {
              counts.lost++;
              process.stderr.write(`${event.testFile}: ${event.why}\n`);
            }
          },
        },
      );
      if (outcome.status === 'failed') {
        process.stderr.write(`${from}: ${outcome.failure.message}\n`);
        return;
      }
      going = [...next];
    }
  }

  function textOf(file: string): string | undefined {
    const text = readTextNow(file);
    const audit = text !== undefined && isWeakened ? auditor.audit(file, text) : undefined;
    return text !== undefined && audit ? weakened(text, audit) : text;
  }

  function hear(file: string, finding: KillFinding, questions: KillQuestions): void {
    if (finding.kind === 'hung') questions.skipped.push(finding.mutant);
    else if (finding.kind === 'end') counts.cold += finding.cold;
    else {
      const { kind: _, ...kills } = finding;
      questions.done.push(kills.test);
      counts.tests++;
      const test = auditor.audit(file, textOf(file) ?? '')?.tests[kills.test];
      if (!test) return;
      const line: KillsOfTest = {
        repository: repositoryName(from),
        folder: path.basename(from),
        file: path.relative(directory, file),
        start: test.start,
        end: test.end,
        title: test.title.join(' > '),
        isWeakened,
        ...kills,
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  }
}
