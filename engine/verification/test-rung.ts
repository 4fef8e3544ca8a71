import { stripVTControlCharacters } from 'node:util';
import type { NamedTool, Project, ProjectCommand } from '../detection/index.ts';
import { count } from './count.ts';
import { type Coverage, type Measuring, measureCoverage, sumCounts } from './coverage/index.ts';
import { brokenOff, type RunExit } from './endings.ts';
import { keepCoverage } from './evidence.ts';
import type { CoverageSummary, Proof, RanTest, TestReport, TestTally } from './model.ts';
import type { Finding, ProofOptions, Proving } from './proving.ts';
import { shellLine } from './shell-line.ts';
import { countTests, only, recordTests, ScriptSteps, saysNoTests, watchesHooks } from './tests/index.ts';
import { expandWritten } from './written-variables.ts';

/** How a run of tests ended. */
type TestExit = RunExit & {
  /** Whether its tool said that there are no tests. */
  none: boolean;
  /** The script that ended it, where that was surely before any test began. */
  before?: string;
  /** The frameworks of Node that were seen to start. */
  started: readonly string[];
};

/** How often the counts are told while tests run, milliseconds. */
const COUNTS_MS = 200;

const REBUILT = 'Assay itself was built anew or updated while the tests ran: what they did may not be known to the end. Verify again.';

/**
 * Proves that a project's tests pass. Those that fail are run once more by themselves: what passes then is flaky.
 *
 * @param planned the command, and what takes its place, in turn, where a program is missing
 * @param asked the tests to run where not all are (all are run where the command cannot be told which), and whether what they cover is measured
 */
export async function proveTestsPass(
  proving: Proving,
  project: Project,
  [planned, ...instead]: readonly [ProjectCommand, ...ProjectCommand[]],
  options: ProofOptions,
  { some, isPartial, coverage }: { some?: readonly RanTest[]; isPartial?: boolean; coverage?: boolean } = {},
): Promise<Proof> {
  let whole = proving.fitted(planned);
  const narrowed = some && only(some, whole);
  const begin = async (command: ProjectCommand) => {
    const { folder, environment: around } = proving;
    const given = { root: project.directory, folder, around, ask: proving.ask };
    const measuring = coverage ? await measureCoverage(expanded(proving, command), given) : undefined;
    return { measuring, ...(await record(proving, command, measuring?.command)) };
  };
  let first = await begin(narrowed ?? whole);
  const notes: string[] = [];
  for (const other of narrowed ? [] : instead) {
    if (first.exit.missing === undefined || first.report.tests.length > 0) break;
    notes.push(`${first.exit.missing} was not found: \`${shellLine(other)}\` was run in its place.`);
    whole = proving.fitted(other);
    first = await begin(whole);
  }
  // Before a second run: a tool that measures by itself begins anew then.
  const covered = await coverageOf(first, proving.evidence);
  const failed = first.report.tests.filter(({ state }) => state === 'failed');
  const flaky = first.exit.stopped ? { tests: [], notes: [] } : await findFlaky(proving, failed, whole);
  const counts = tally(first.report, flaky.tests);
  const finding = judge(first.exit, { counts, command: whole, report: first.report }, options);
  return proving.end(
    {
      ...finding,
      notes: [...(finding.notes ?? []), ...notes, ...flaky.notes, ...covered.notes],
      tests: { ...first.report, counts, flaky: flaky.tests },
      ...(covered.files.length > 0 && { coverage: summaryOf(covered) }),
      ...((narrowed || isPartial) && { partial: true }),
    },
    toolsOf(project, first.report),
  );
}

/** How the tests came out; those that are flaky count as such only. */
export function tally(report: TestReport, flaky: readonly RanTest[]): TestTally {
  const { failed, ...counts } = countTests(report);
  return { ...counts, failed: failed - flaky.length, flaky: flaky.length, broken: report.broken.length };
}

/** What a run of the tests comes to. Pure. */
export function judge(
  exit: Pick<RunExit, 'code' | 'stopped' | 'missing' | 'refused'> & Partial<TestExit>,
  { counts, command, report }: { counts: TestTally; command: ProjectCommand; report: TestReport },
  options: ProofOptions,
): Finding {
  const line = shellLine(command);
  const summary = describeCounts(counts);
  const ran = counts.passed + counts.failed + counts.flaky;
  const broken = brokenOff(exit, options);
  if (broken) {
    // What was seen to fail has failed, however the run ended.
    const refuted = counts.failed > 0 && exit.stopped !== 'cancelled';
    return {
      verdict: refuted ? 'fails' : broken.verdict,
      summary: ran > 0 ? `${summary}, and the run did not come to its end` : 'The tests did not come to their end',
      notes: [broken.why],
    };
  }
  if (counts.failed + counts.broken > 0) return { verdict: 'fails', summary };
  // That they failed at first is why the command did not end well.
  if (counts.flaky > 0) return { verdict: 'inconclusive', summary };
  if (exit.none && ran === 0) return { verdict: 'inconclusive', summary: 'There are no tests' };
  if (exit.code !== 0 && exit.before !== undefined && report.source === 'none') {
    return {
      verdict: 'inconclusive',
      summary: `\`${line}\` ended with status ${exit.code} before any test began`,
      notes: [`The script that it started last is \`${exit.before}\`; what stands before the tests there did not end well.`],
    };
  }
  if (exit.code !== 0) {
    const how = exit.code === null ? 'was ended by a signal' : `ended with status ${exit.code}`;
    return { verdict: 'fails', summary: ran > 0 ? `${summary}, but \`${line}\` ${how}` : `\`${line}\` ${how}, and told of no test` };
  }
  if (ran > 0) return { verdict: 'holds', summary };
  if (report.source === 'none') {
    return {
      verdict: 'inconclusive',
      summary: `\`${line}\` ended well, but which tests ran is not known`,
      notes: [unheard(exit.started ?? [])],
    };
  }
  return { verdict: 'inconclusive', summary: counts.skipped + counts.todo > 0 ? `No test ran: ${summary}` : 'There are no tests' };
}

/** Why a run that ended well told of no test. */
function unheard(started: readonly string[]): string {
  if (started.length > 0)
    return `What ${started.join(' and ')} ran was not heard: Assay has no reporter for it that tells, and its last lines have no numbers that Assay knows.`;
  return 'Its test framework is none that Assay hears, or the command hides it from its environment.';
}

/** `147 of 152 tests pass, 2 are flaky, 3 skipped`. */
export function describeCounts({ passed, failed, skipped, todo, flaky, broken }: TestTally): string {
  const ran = passed + failed + flaky;
  const parts: string[] = [];
  if (ran > 0)
    parts.push(
      passed === ran
        ? `${ran === 1 ? 'The only test passes' : `All ${ran.toLocaleString('en-US')} tests pass`}`
        : `${passed.toLocaleString('en-US')} of ${count(ran, 'test')} pass`,
    );
  if (flaky > 0) parts.push(flaky === 1 ? '1 is flaky' : `${flaky} are flaky`);
  if (broken > 0) parts.push(`${count(broken, 'file')} could not be run`);
  if (skipped > 0) parts.push(`${skipped.toLocaleString('en-US')} skipped`);
  if (todo > 0) parts.push(`${todo.toLocaleString('en-US')} to be written`);
  return parts.join(', ') || 'no test ran';
}

/** @param measured what is run in the place of the command so that it is measured */
async function record(
  proving: Proving,
  command: ProjectCommand,
  measured = expanded(proving, command),
): Promise<{ exit: TestExit; report: TestReport }> {
  const isSame = watchesHooks();
  const recorder = recordTests(measured, proving.folder, proving.environment);
  const ticking = setInterval(() => proving.counts({ ...recorder.counts(), flaky: 0, broken: 0 }), COUNTS_MS);
  try {
    let none = false;
    const steps = new ScriptSteps();
    const exit = await proving.run(command, recorder.command, (stream, line) => {
      const plain = stripVTControlCharacters(line);
      none ||= saysNoTests(plain);
      steps.hear(plain);
      return recorder.hear(stream, line);
    });
    const report = await recorder.finish(exit);
    if (!isSame()) proving.note(REBUILT);
    const started = recorder.started();
    const before = steps.beforeTests(started);
    return { exit: { ...exit, none, started: [...started], ...(before !== undefined && { before }) }, report };
  } finally {
    clearInterval(ticking);
  }
}

/** The command with its variables as they are going to be: ours are put before what they hold, and are not to be expanded with it. */
function expanded(proving: Proving, command: ProjectCommand): ProjectCommand {
  return { ...command, env: expandWritten(command.env, command.env, proving.environment) };
}

function summaryOf({ files, tools }: Coverage): CoverageSummary {
  return { counts: sumCounts(files), files: files.map(({ file, counts }) => ({ file, counts })), tools };
}

/** What the tests covered, kept with the evidence. Where a report was cut off or the disk is full, how the tests came out is none the worse. */
async function coverageOf({ measuring, report }: { measuring: Measuring | undefined; report: TestReport }, evidence: string): Promise<Coverage> {
  try {
    const covered = await measuring?.finish(new Set(report.tests.flatMap(({ file }) => file ?? [])));
    if (covered) await keepCoverage(evidence, covered.files);
    return covered ?? { files: [], tools: [], notes: [] };
  } catch (error) {
    return { files: [], tools: [], notes: [`What the tests cover is not known: ${(error as Error).message}.`] };
  }
}

async function findFlaky(proving: Proving, failed: readonly RanTest[], command: ProjectCommand): Promise<{ tests: RanTest[]; notes: string[] }> {
  if (failed.length === 0) return { tests: [], notes: [] };
  const again = only(failed, command);
  if (!again)
    return { tests: [], notes: ['Whether the failures are flaky was not looked at: how to run single tests with this command is not known.'] };
  const { report, exit } = await record(proving, again);
  if (exit.stopped) return { tests: [], notes: ['Whether the failures are flaky is not known: the second run did not come to its end.'] };
  const passed = new Set(report.tests.filter(({ state }) => state === 'passed').map(keyOf));
  return { tests: failed.filter((test) => passed.has(keyOf(test))), notes: [] };
}

function keyOf({ framework, file, title, id }: RanTest): string {
  return JSON.stringify([framework, file, id ?? title]);
}

/** The frameworks that were heard, with the versions that detection found. */
function toolsOf(project: Project, report: TestReport): NamedTool[] {
  const heard = [...new Set([...report.tests, ...report.broken].map(({ framework }) => framework))];
  return heard.map((name) => project.framework.find(({ value }) => value.name === name)?.value ?? { name });
}
