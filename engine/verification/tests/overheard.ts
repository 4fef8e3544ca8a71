import { LONGEST_TEXT } from '../longest-text.ts';
import { CargoListener } from './cargo/listener.ts';
import { NextestListener } from './cargo/nextest-listener.ts';
import { GoJsonListener } from './go/json-listener.ts';
import { GoTextListener } from './go/text-listener.ts';
import type { Listener, Tell } from './listener.ts';
import { OtherSummaries } from './node/other-summaries.ts';
import { NodeSummaries } from './node/summaries.ts';
import { PytestSummary } from './python/pytest-summary.ts';
import { UnittestListener } from './python/unittest-listener.ts';

/** Hears a command that starts tools of its own (`make test`): whichever of them speaks. */
export class Overheard implements Listener {
  readonly #machine: GoJsonListener;
  readonly #said: readonly Listener[];

  /**
   * @param tell for what tools tell in a machine form
   * @param say for what is understood of what they say to people
   * @param cwd absolute path of the folder that the command runs in
   */
  constructor(tell: Tell, say: Tell, cwd: string) {
    this.#machine = new GoJsonListener(tell, cwd, false);
    const kinds = [GoTextListener, CargoListener, NextestListener, UnittestListener, PytestSummary, NodeSummaries, OtherSummaries];
    this.#said = kinds.map((Kind) => new Kind(say, cwd));
  }

  hear(stream: 'stdout' | 'stderr', line: string): string | undefined {
    if (stream === 'stdout' && this.#machine.understands(line)) return this.#machine.hear(stream, line);
    const text = line.slice(0, LONGEST_TEXT);
    for (const listener of this.#said) listener.hear(stream, text);
    return line;
  }

  end(): void {
    for (const listener of [this.#machine, ...this.#said]) listener.end();
  }
}
