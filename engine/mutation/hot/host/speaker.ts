import type { HostMessage } from '../../host-messages.ts';
import type { Verdict } from '../../model.ts';
import { replacementInText } from '../../replacement.ts';
import { TextSlices } from '../../text-slices.ts';
import type { Said } from './assignment.ts';
import type { Instrumented, InstrumentedMutant } from './instrument.ts';

/** Tells the parent what happens, in the words of the port. */
export class Speaker {
  readonly #tell: (message: HostMessage) => void;
  #mutants: readonly InstrumentedMutant[] = [];
  #byId = new Map<string, InstrumentedMutant>();
  #slices = new TextSlices(new Map());

  constructor(tell: (message: HostMessage) => void) {
    this.#tell = tell;
  }

  phase(phase: 'instrumenting' | 'dry-run'): void {
    this.#tell({ kind: 'phase', phase });
  }

  note(text: string): void {
    this.#tell({ kind: 'note', text });
  }

  skipped(file: string): void {
    this.#tell({ kind: 'skipped', file });
  }

  /** A file that cannot be parsed, and is left out. */
  broken(file: string, error: Error): void {
    const what = error.message.replace(/^\S+: /, '').split('\n')[0] ?? '';
    this.#tell({
      kind: 'skipped',
      file,
      failure: {
        code: 'syntax-error',
        message: `${file.split(/[\\/]/).at(-1)} cannot be parsed: ${what}`,
        action: 'Mend the syntax error, then run again.',
        detail: error.message,
      },
    });
  }

  /** What an experiment in a test file found. */
  found(testFile: string, finding: unknown): void {
    this.#tell({ kind: 'found', testFile, finding });
  }

  /** An experiment came to a bad end. */
  lost(testFile: string, mutant: string, why: string): void {
    this.#tell({ kind: 'lost', testFile, mutant, why });
  }

  /** From now on it is these mutants that are spoken of. */
  begin({ mutants }: Instrumented, overlays: ReadonlyMap<string, string>): void {
    this.#mutants = mutants;
    this.#byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
    this.#slices = new TextSlices(overlays);
  }

  /** Passes on what the coordinator says. */
  say(said: Said): void {
    switch (said.kind) {
      case 'note':
        this.#tell(said);
        return;
      case 'tests': {
        const tests = said.tests.map(({ name, file, durationMs, position }) => ({ name, file, durationMs, ...(position && { position }) }));
        this.#tell({ kind: 'tests', tests });
        return;
      }
      case 'planned':
        this.#tell({ kind: 'planned', mutants: this.#mutants.length });
        this.#tell({ kind: 'phase', phase: 'mutants' });
        for (const mutant of this.#mutants) if (mutant.status === 'Ignored') this.#ignored(mutant);
        return;
      case 'verdict': {
        const { id, ...rest } = said.verdict;
        this.#tell({ kind: 'verdict', verdict: { ...this.describe(this.#byId.get(id) as InstrumentedMutant), ...rest } });
      }
    }
  }

  #ignored(mutant: InstrumentedMutant): void {
    const { statusReason: reason } = mutant;
    const rest = { static: false, status: 'Ignored' as const, coveredBy: [], killedBy: [], ...(reason && { reason }) };
    this.#tell({ kind: 'verdict', verdict: { ...this.describe(mutant), ...rest } });
  }

  /** A mutant of those that are spoken of, as results remember it. */
  describe(mutant: InstrumentedMutant): Pick<Verdict, 'id' | 'file' | 'range' | 'mutator' | 'original' | 'replacement'> {
    const { id, fileName: file, location: range, mutatorName: mutator, replacement } = mutant;
    const original = this.#slices.slice(file, range);
    return {
      id,
      file,
      range,
      mutator,
      original,
      replacement: replacementInText({ mutator, original, replacement }, ...this.#slices.around(file, range)),
    };
  }
}
