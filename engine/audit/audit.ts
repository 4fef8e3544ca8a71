import type { Bare, LanguageName } from '../syntax/index.ts';
import { finding, findingsOf, identicalTests } from './findings.ts';
import { readGo } from './go/index.ts';
import { type KnownTests, type ModuleReader, readScript, Script } from './javascript/index.ts';
import type { FileAudit, Finding, TestCase } from './model.ts';
import { type Named, NOBODY } from './named.ts';
import { readPython } from './python/index.ts';
import { readRust } from './rust/index.ts';
import { strengthOf } from './strength.ts';

/** A test file to look at. */
export interface AuditedFile {
  /** Its absolute path. */
  file: string;
  language: LanguageName;
  root: Bare;
  /** Functions that the project says assert. */
  named?: Named;
  /** Reads modules that hold helpers. */
  read: ModuleReader;
  /** What was read of its tests before, where it is looked at again and again. */
  known?: KnownTests;
  /** Stands for the helpers that were read: with another one tests are read anew. */
  generation?: number;
}

/** What the tests of a file check. */
export function auditFile({ file, language, root, read, named = NOBODY, known, generation = 0 }: AuditedFile): FileAudit {
  const { tests, findings } = readTests(file, root, language, named, read, known && { known, generation });
  const twins = identicalTests(tests);
  const audits = tests.map((test) => {
    const found = findingsOf(test);
    const twin = twins.get(test);
    if (twin) found.push(finding('identical-test', test.head, `This is the same as “${twin.title.at(-1)}”: one of them shows nothing new.`));
    return { ...test, strength: test.state === 'skipped' ? 0 : strengthOf(test), findings: unique(found) };
  });
  return { tests: audits, findings: [...findings, ...audits.flatMap((test) => test.findings)].sort((a, b) => a.start - b.start) };
}

function readTests(
  file: string,
  root: Bare,
  language: LanguageName,
  named: Named,
  read: ModuleReader,
  before: { known: KnownTests; generation: number } | undefined,
): { tests: TestCase[]; findings: Finding[] } {
  switch (language) {
    case 'python':
      return { tests: readPython(root, named), findings: [] };
    case 'go':
      return { tests: readGo(root, named), findings: [] };
    case 'rust':
      return { tests: readRust(root, named), findings: [] };
    default:
      return readScript(new Script(root, file), read, named, before);
  }
}

/** Of several findings of one rule at one place the first. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, start }) => {
    const key = `${rule} ${start}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
