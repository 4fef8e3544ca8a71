import { readFileSync } from 'node:fs';
import { prepareStryker } from './support/stryker.ts';
import { prepareSubject } from './support/subject.ts';

/**
 * Which share of the mutants that each test runs it kills alone: StrykerJS judges each file (`DIRECTORY:FILE`) without stopping at the first test that
 * fails. Prints one line of JSON a test, for `bench/audit.ts meaning`.
 */
interface Report {
  files: Record<string, { mutants: { status: string; static?: boolean; coveredBy?: string[]; killedBy?: string[] }[] }>;
  testFiles?: Record<string, { tests: { id: string; name: string }[] }>;
}

for (const argument of process.argv.slice(2)) {
  const subject = await prepareSubject(argument);
  await prepareStryker(subject, 2, { disableBail: true, ignoreStatic: true, timeoutMS: 20_000 }, (file) =>
    tell(subject.name, JSON.parse(readFileSync(file, 'utf8')) as Report),
  )();
}

function tell(subject: string, { files, testFiles = {} }: Report): void {
  const covered = new Map<string, number>();
  const killed = new Map<string, number>();
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  for (const mutant of mutants) {
    if (mutant.static || !/^(Killed|Survived)$/.test(mutant.status)) continue;
    for (const id of mutant.coveredBy ?? []) covered.set(id, (covered.get(id) ?? 0) + 1);
    for (const id of mutant.killedBy ?? []) killed.set(id, (killed.get(id) ?? 0) + 1);
  }
  for (const [file, { tests }] of Object.entries(testFiles)) {
    for (const { id, name } of tests) {
      if (covered.has(id))
        process.stdout.write(`${JSON.stringify({ subject, file, name, covered: covered.get(id), killed: killed.get(id) ?? 0 })}\n`);
    }
  }
}
