import { StringDecoder } from 'node:string_decoder';

/** How long a line may be where nobody says otherwise, characters: an endless one must not fill the memory. No tool's machine form was seen to have longer ones. */
export const LONGEST_LINE = 1 << 20;

/** Cuts a stream of bytes into lines without their ends. Of a line that is too long, the rest is left out, and the line says so. */
export class LineCutter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #longest: number;
  #line = '';
  #leftOut = 0;

  /** @param longest characters */
  constructor(longest: number = LONGEST_LINE) {
    this.#longest = longest;
  }

  /** The lines that are complete with these bytes. */
  cut(bytes: Uint8Array): string[] {
    return this.#cut(this.#decoder.write(bytes));
  }

  /** What is left when nothing more comes. */
  end(): string[] {
    const lines = this.#cut(this.#decoder.end());
    return this.#line === '' ? lines : [...lines, this.#take()];
  }

  #cut(text: string): string[] {
    const [first = '', ...others] = text.split('\n');
    this.#add(first);
    return others.map((part) => {
      const line = this.#take();
      this.#add(part);
      return line;
    });
  }

  #add(part: string): void {
    const room = Math.max(0, this.#longest - this.#line.length);
    this.#line += part.slice(0, room);
    this.#leftOut += Math.max(0, part.length - room);
  }

  #take(): string {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    const told = this.#leftOut > 0 ? `${line} … and ${this.#leftOut.toLocaleString('en-US')} characters more` : line;
    this.#line = '';
    this.#leftOut = 0;
    return told;
  }
}
