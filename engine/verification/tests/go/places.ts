import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readTextNow } from '../../../workspace/index.ts';
import { folderOfPackage, type GoModule, goModulesAround } from '../../go-modules.ts';
import type { ToldFailure, ToldPlace } from '../events.ts';

interface Written {
  file: string;
  lines: string[];
}

/** Finds in the sources what go tells by names of packages and tests. Reads each package's test files once. */
export class GoPlaces {
  readonly #cwd: string;
  #modules: GoModule[] | undefined;
  readonly #texts = new Map<string, Written[]>();

  /** @param cwd absolute path of the folder that go runs in */
  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** The file of a test. */
  file(name: string, test: string): { file?: string } {
    const found = this.#find(name, test);
    return found ? { file: found.file } : {};
  }

  /** Where a test stands: a subtest where its name is written, if it is, else its test. */
  place(name: string, test: string): { place?: ToldPlace } {
    const found = this.#find(name, test);
    return found ? { place: [found.line] } : {};
  }

  /**
   * Why a test failed, from what it said.
   *
   * @param ofParts whether tests inside of it failed
   */
  failure(name: string, said: readonly string[], ofParts: boolean): ToldFailure {
    const text = said.filter((line) => !/^(=== |\s*--- )/.test(line)).join('');
    const panic = /^panic: (.*?)(?: \[recovered.*)?$/m.exec(text);
    const at = panic ? this.#panicPlace(text) : this.#saidPlace(name, text);
    const compared = /^\s*expected\s*: (.*)\n\s*actual\s*: (.*)$/m.exec(text);
    const message = panic ? `panic: ${panic[1]}` : text.replace(/^ {4,}(?:[\w./\\-]+\.go:\d+: )?/gm, '').trim();
    return {
      message: message || (ofParts ? 'Tests in it failed.' : 'The test failed without a word.'),
      ...(compared && { expected: compared[1] ?? '', actual: compared[2] ?? '' }),
      ...(text && { stack: text }),
      ...(at && { at }),
    };
  }

  /** What is wrong with a package that ran no test: what the compiler said, and where first. */
  broken(name: string, said: readonly string[]): { file?: string; place?: ToldPlace; message: string } {
    const lines = said.join('').split('\n');
    const message = lines.filter((line) => line && !/^(# |FAIL\t|FAIL$)/.test(line)).join('\n');
    const [, file, line, column] = /^(\S+?\.go):(\d+):(?:(\d+):)? /m.exec(message.replace(/^vet: /gm, '')) ?? [];
    if (file === undefined) return { ...this.#anyFile(name), message: message || `The package ${name} failed without a word.` };
    return { file: path.resolve(this.#cwd, file), place: column ? [Number(line), Number(column)] : [Number(line)], message };
  }

  #anyFile(name: string): { file?: string } {
    const [first] = this.#testsOf(name);
    return first ? { file: first.file } : {};
  }

  #saidPlace(name: string, text: string): ToldFailure['at'] | undefined {
    const traced = /Error Trace:\s+(\S+\.go):(\d+)/.exec(text);
    const [, file, line] = traced ?? /^ {4,}([\w./\\-]+\.go):(\d+): /m.exec(text) ?? [];
    if (file === undefined) return undefined;
    const directory = this.#directory(name);
    return directory === undefined && !path.isAbsolute(file) ? undefined : { file: path.resolve(directory ?? '', file), place: [Number(line)] };
  }

  /** The topmost frame in a file below the folder that go runs in. */
  #panicPlace(text: string): ToldFailure['at'] | undefined {
    for (const [, file = '', line] of text.slice(text.indexOf('goroutine ')).matchAll(/^\t(.+\.go):(\d+)/gm)) {
      if (file.startsWith(this.#root() + path.sep) && !file.includes('/vendor/')) return { file, place: [Number(line)] };
    }
    return undefined;
  }

  #find(name: string, test: string): { file: string; line: number } | undefined {
    const [outer = '', ...inner] = test.split('/');
    for (const { file, lines } of this.#testsOf(name)) {
      const at = lines.findIndex((line) => line.startsWith(`func ${outer}(`));
      if (at < 0) continue;
      const end = lines.findIndex((line, i) => i > at && line.startsWith('}'));
      const literal = inner.length > 0 ? `"${(inner.at(-1) ?? '').replace(/#\d+$/, '')}"` : undefined;
      const spaced = literal?.replaceAll('_', ' ');
      const sub =
        literal === undefined ? -1 : lines.findIndex((line, i) => i > at && i <= end && (line.includes(literal) || line.includes(spaced ?? '')));
      return { file, line: (sub < 0 ? at : sub) + 1 };
    }
    return undefined;
  }

  #testsOf(name: string): Written[] {
    const known = this.#texts.get(name);
    if (known) return known;
    const directory = this.#directory(name);
    const files = directory === undefined ? [] : list(directory).filter((file) => file.endsWith('_test.go'));
    const read = files.map((file) => path.join(directory ?? '', file)).map((file) => ({ file, lines: (readTextNow(file) ?? '').split(/\r?\n/) }));
    this.#texts.set(name, read);
    return read;
  }

  /** The folder of a package, by the modules that go sees from its folder. */
  #directory(name: string): string | undefined {
    const plain = name.replace(/ \[.*\]$/, '').replace(/_test$/, '');
    if (plain === 'command-line-arguments') return this.#cwd;
    this.#modules ??= goModulesAround(this.#cwd);
    return folderOfPackage(plain, this.#modules);
  }

  #root(): string {
    this.#modules ??= goModulesAround(this.#cwd);
    return this.#modules.at(-1)?.directory ?? this.#cwd;
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
