import { type LineTool, toolsOfLine } from '../../detection/index.ts';

/** Test tools whose programs are seen to start, wherever they are started. */
const SEEN = /^(vitest|jest|_?mocha|ava|uvu|tape|jasmine|karma|playwright|cypress|borp|bnt|react-scripts)$/;
/** `> name@1.0.0 lint`, pnpm with the folder behind it. */
const HEADING = /^> (?:@?[\w./-]+@\S+|\S+@) [\w:./-]+(?: \S.*)?$/;

/** Hears which scripts npm or pnpm say that they start, and so how far a chain of them came before any test began. */
export class ScriptSteps {
  readonly #lines: string[] = [];
  #isNamed = false;

  /** @param line without control sequences */
  hear(line: string): void {
    const [, script] = /^> (.+)$/.exec(line) ?? [];
    if (script === undefined) {
      this.#isNamed = false;
      return;
    }
    if (this.#isNamed) this.#lines.push(script);
    this.#isNamed = !this.#isNamed && HEADING.test(line);
  }

  /**
   * The script that was started last, where nothing but what stands before the tests (a linter, a compiler) can have ended so far; undefined where that is not sure.
   *
   * @param started the frameworks that were seen to start
   */
  beforeTests(started: ReadonlySet<string>): string | undefined {
    const last = this.#lines.at(-1);
    if (last === undefined || started.size > 0) return undefined;
    const steps = this.#lines.map((line) => toolsOfLine(line));
    // A command that is not known may be the tests.
    if (steps.some((tools) => tools === undefined || tools.some((tool) => !isHarmless(tool)))) return undefined;
    const first = steps.at(-1)?.[0];
    return first !== undefined && first !== 'script' && first.deed !== 'test' ? last : undefined;
  }
}

/** Whether a step is none of the tests, or of those that would have been seen to start. */
function isHarmless(tool: LineTool): boolean {
  return tool === 'script' || tool.deed !== 'test' || SEEN.test(tool.program) || (tool.program === 'node' && tool.argv.includes('--test'));
}
