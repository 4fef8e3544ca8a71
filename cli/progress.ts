import { type MutateEvent, ProgressTracker } from '../engine/mutation/index.ts';
import { bar, draw, FRAME_MS } from './count-line.ts';

/** Draws a run's progress on a terminal as one line that is drawn again; elsewhere it writes a line at each step and each tenth. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #tracker = new ProgressTracker();
  #last = '';
  #lastFrame = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Takes what happened and shows it. */
  show({ event }: MutateEvent): void {
    if (event.kind === 'executor') {
      this.clear();
      this.#stream.write(`${event.name} judges, which starts the tests anew for each mutant: ${event.because}\n`);
    }
    if (!this.#tracker.take(event)) return;
    const { phase, text, judged, planned } = this.#tracker.progress;
    if (!this.#stream.isTTY) {
      const step = phase === 'mutants' && planned > 0 ? `${phase} ${Math.floor((judged / planned) * 10)}` : phase;
      if (step !== this.#last) this.#stream.write(`${text}\n`);
      this.#last = step;
      return;
    }
    const now = Date.now();
    if (phase === this.#last && now - this.#lastFrame < FRAME_MS && judged < planned) return;
    this.#last = phase;
    this.#lastFrame = now;
    draw(this.#stream, phase === 'mutants' ? `${bar(judged, planned)} ${text}` : text);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
    this.#last = '';
  }
}
