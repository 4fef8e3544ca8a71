import type { Bare, LanguageName } from '../syntax/index.ts';
import { finding, findingsOf, identicalTests } from './findings.ts';
import { readGo } from './go/index.ts';
import { type KnownTests, type ModuleReader, readScript, Script } from './javascript/index.ts';
import type { FileAudit, Finding, TestCase } from './model.ts';
import { type Named, NOBODY } from './named.ts';
import { type PythonModules, readPython } from './python/index.ts';
import { isTold } from './rules.ts';
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
  /** The same of Python. */
  python?: PythonModules;
  /** Finds a function in the other test files of a Go package. */
  goSibling?: (name: string, from: string) => Bare | undefined;
  /** Finds what a name is set to in the other files of a Go package. */
  goValue?: (name: string, from: string) => Bare | undefined;
  /** Finds a function in the modules of helpers that a Rust file uses. */
  rustHelper?: (name: string, from: string) => Bare | undefined;
  /** What was read of its tests before, where it is looked at again and again. */
  known?: KnownTests;
  /** Stands for the helpers that were read: with another one tests are read anew. */
  generation?: number;
}

/** What the tests of a file check. */
export function auditFile(audited: AuditedFile): FileAudit {
  const { language } = audited;
  const { tests, findings } = readTests(audited);
  const twins = identicalTests(tests);
  const audits = tests.map((test) => {
    const found = findingsOf(test);
    const twin = twins.get(test);
    if (twin) {
      const same = finding('identical-test', test.head, `This is the same as “${twin.title.at(-1)}”: one of them shows nothing new.`);
      // Examples of Go belong to the name that they document.
      found.push(language === 'go' && /^Example/.test(test.title[0] ?? '') ? { ...same, severity: 'hint' } : same);
    }
    return { ...test, strength: test.state === 'skipped' ? 0 : strengthOf(test), findings: unique(found) };
  });
  return { tests: audits, findings: [...findings, ...audits.flatMap((test) => test.findings)].sort((a, b) => a.start - b.start) };
}

function readTests({ file, language, root, read, python, goSibling, goValue, rustHelper, named = NOBODY, known, generation = 0 }: AuditedFile): {
  tests: TestCase[];
  findings: Finding[];
} {
  switch (language) {
    case 'python':
      return { tests: readPython(root, file, named, python ?? (() => undefined)), findings: [] };
    case 'go':
      return {
        tests: readGo(
          root,
          named,
          (name) => goSibling?.(name, file),
          (name) => goValue?.(name, file),
        ),
        findings: [],
      };
    case 'rust':
      return { tests: readRust(root, file, named, (name) => rustHelper?.(name, file)), findings: [] };
    default:
      return readScript(new Script(root, file), read, named, known && { known, generation });
  }
}

/** Of several findings of one rule at one place one: the first that is told, else the first. */
function unique(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const one of findings) {
    const key = `${one.rule} ${one.start}`;
    const before = kept.get(key);
    if (!before || (isTold(one) && !isTold(before))) kept.set(key, one);
  }
  return [...kept.values()];
}
