const BAR_CELLS = 24;
/** How often the line is drawn, milliseconds. */
export const FRAME_MS = 100;

/** Draws a count on a terminal as one line that is drawn again; elsewhere it writes a line at each tenth. */
export class CountLine {
  readonly #stream: NodeJS.WriteStream;
  #lastTenth = -1;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows a text that says that `done` of `all` are done. */
  show(text: string, done: number, all: number): void {
    if (this.#stream.isTTY) {
      draw(this.#stream, `${bar(done, all)} ${text}`);
      return;
    }
    const tenth = Math.floor((done / all) * 10);
    if (tenth !== this.#lastTenth) this.#stream.write(`${text}\n`);
    this.#lastTenth = tenth;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
  }
}

/** Shows on a terminal the last thing that happened, as one line that is drawn again; elsewhere nothing. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  #lastFrame = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows a text, unless another was drawn a moment ago. */
  show(text: string): void {
    const now = Date.now();
    if (!this.#stream.isTTY || now - this.#lastFrame < FRAME_MS) return;
    this.#lastFrame = now;
    draw(this.#stream, text);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
  }
}

/** A bar for a count. */
export function bar(done: number, all: number): string {
  const filled = all > 0 ? Math.round((done / all) * BAR_CELLS) : 0;
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`;
}

/** Draws a line again, where a terminal shows it. */
export function draw(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`\r\x1b[K${text.slice(0, Math.max(20, stream.columns - 1))}`);
}
