import type { Position } from './position.ts';

/** Tells the positions of offsets in a text, in UTF-16 units, and the other way round. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The position of an offset. */
  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: offset - (this.#starts[low] as number) };
  }

  /** The offset of a position; of one in a line that is not there, that of the last line. */
  offsetAt({ line, column }: Position): number {
    return (this.#starts[line] ?? this.#starts.at(-1) ?? 0) + column;
  }
}
