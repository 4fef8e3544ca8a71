import type { FileResult, MutationTestResult, TestFile } from 'mutation-testing-report-schema';
import type { Range } from '../model/index.ts';
import { countResults, type ResolvedMutant, type Verification } from '../mutation/index.ts';
import { languageOf } from '../syntax/index.ts';
import { relativePosix } from '../workspace/index.ts';
import { freshMutants, type ReportInput } from './model.ts';

/** How many of the last lines of a command that contradicts a verdict are told. */
const SHOWN_LINES = 20;

/**
 * Results as a mutation-testing-report (schema version 2): locations one-based, end exclusive; tests by file, those without a file under an empty name.
 */
export function toSchema(input: ReportInput): MutationTestResult {
  const tests = [...input.tests.values()];
  const used = new Set(input.files.flatMap((file) => freshMutants(file).flatMap((mutant) => [...mutant.coveredBy, ...mutant.killedBy])));
  const testFiles: Record<string, TestFile> = {};
  for (const test of tests.filter(({ id }) => used.has(id))) {
    testFiles[test.file] ??= { tests: [] };
    testFiles[test.file]?.tests.push({
      id: String(test.id),
      name: test.name,
      ...(test.position && { location: { start: { line: test.position.line + 1, column: test.position.column + 1 } } }),
    });
  }
  return {
    schemaVersion: '2.0',
    thresholds: { high: 80, low: 60 },
    projectRoot: input.directory,
    files: Object.fromEntries(
      input.files.map((file): [string, FileResult] => [
        file.path,
        {
          language: languageOf(file.path) ?? 'javascript',
          source: file.text,
          mutants: freshMutants(file).map((mutant) => ({
            id: mutant.id,
            mutatorName: mutant.mutator,
            replacement: mutant.replacement,
            location: oneBased(mutant.range),
            status: mutant.status,
            static: mutant.static,
            ...withReason(mutant),
            ...(mutant.testsRun !== undefined && { testsCompleted: mutant.testsRun }),
            coveredBy: mutant.coveredBy.map(String),
            killedBy: mutant.killedBy.map(String),
          })),
        },
      ]),
    ),
    testFiles,
    ...((input.verification || input.extreme) && { config: configOf(input) }),
    framework: {
      name: 'Assay',
      version: input.version,
      ...(input.run && { dependencies: { [input.run.framework.split(' ')[0] ?? '']: input.run.framework.split(' ')[1] ?? '' } }),
    },
  };
}

/** What a reader of the results has to know beyond them; the schema leaves `config` to the tool. */
function configOf({ verification, extreme, directory }: ReportInput) {
  return { ...(extreme && { extreme }), ...(verification && { verification: verified(verification, directory) }) };
}

/** Of a suppressed mutant the status stays what it was: why it is not worth a look is its reason. */
function withReason({ suppressed, reason }: Pick<ResolvedMutant, 'suppressed' | 'reason'>): { statusReason?: string } {
  if (suppressed) return { statusReason: `Suppressed (${suppressed.kind}): ${suppressed.reason}` };
  return reason === undefined ? {} : { statusReason: reason };
}

/** Verdicts that were borne out are counted only. */
function verified({ seed, population, checks, commands }: Verification, directory: string) {
  return {
    seed,
    verdicts: population,
    checked: checks.length,
    ...countResults(checks),
    commands,
    notRight: checks
      .filter(({ result }) => result !== 'right')
      .map(({ verdict, result, why, runs }) => ({
        result,
        ...(why !== undefined && { why }),
        file: relativePosix(directory, verdict.file),
        location: oneBased(verdict.range),
        mutatorName: verdict.mutator,
        replacement: verdict.replacement,
        status: verdict.status,
        runs: runs.map((run) => ({ ...run, tail: run.tail.slice(-SHOWN_LINES) })),
      })),
  };
}

function oneBased({ start, end }: Range) {
  return { start: { line: start.line + 1, column: start.column + 1 }, end: { line: end.line + 1, column: end.column + 1 } };
}
