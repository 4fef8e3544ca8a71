import { describe } from '../mutation/index.ts';
import { freshMutants, type ReportInput } from './model.ts';
import { sarifLog, sarifPlace } from './sarif-log.ts';

/** Survivors (as warnings) and mutants that no test reaches (as notes) in SARIF 2.1.0, one rule a mutator; suppressed ones say so in SARIF's own way. */
export function toSarif(input: ReportInput): object {
  const results = input.files.flatMap((file) =>
    freshMutants(file)
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map((mutant) => ({ ...mutant, range: mutant.removes?.at ?? mutant.range }))
      .map((mutant) => ({
        ruleId: mutant.mutator,
        level: mutant.status === 'Survived' ? 'warning' : 'note',
        message: { text: describe(mutant) },
        locations: [
          {
            physicalLocation: sarifPlace(file.path, mutant.range),
            ...(mutant.piece && { logicalLocations: [{ fullyQualifiedName: mutant.piece, kind: 'function' }] }),
          },
        ],
        partialFingerprints: { 'assayMutant/v1': mutant.id },
        ...(mutant.suppressed && { suppressions: [{ kind: 'external', status: 'accepted', justification: mutant.suppressed.reason }] }),
        properties: { status: mutant.status, replacement: mutant.replacement, coveringTests: mutant.coveredBy.length },
      })),
  );
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].sort().map((id) => ({
    id,
    shortDescription: { text: `Mutants of the kind ${id} that no test notices` },
  }));
  return sarifLog(input, rules, results);
}
