import { createHash } from 'node:crypto';
import type { Scenario } from '../scenario.ts';

/** What a scenario runs: how often the code of each mutant, by id, of which of them the own expression may come to something else there, and of which it does for certain. */
export interface Tracks {
  hits: Readonly<Record<string, number>>;
  infected: ReadonlySet<string>;
  altered: ReadonlySet<string>;
}

/** A scenario to make others from, and the key of the test in which one like it was observed. */
export interface Parent {
  scenario: Scenario;
  test: string;
}

/** How many are kept for one mutant: later ones take the place of the first. */
const MOST_FOR_ONE = 60;

/**
 * Scenarios that went where no other did before: that ran some mutant's code, made it come to something else, or passed there more often, for the first time. Others like them lead further
 * (as in AFL, M. Zalewski, whose classes of counts these are); what is infected is a step nearer to what shows (the RIP model, R. A. DeMillo and A. J. Offutt, 1991).
 */
export class Corpus {
  readonly #known = new Set<string>();
  readonly #running = new Map<string, Parent[]>();
  readonly #infected = new Map<string, Parent[]>();

  /**
   * Keeps a scenario where it went somewhere new. Answers whether it did.
   *
   * @param isFine whether it does not end in an error: then another way as a whole is new, too
   */
  add(parent: Parent, { hits, infected }: Omit<Tracks, 'altered'>, isFine: boolean): boolean {
    const before = this.#known.size;
    const marks = Object.entries(hits).map(([id, count]) => `${id} ${classOf(count)} ${infected.has(id)}`);
    for (const mark of marks) this.#known.add(mark);
    if (isFine) this.#known.add(createHash('sha1').update(marks.join()).digest('base64'));
    if (this.#known.size === before) return false;
    for (const id of Object.keys(hits)) keep(this.#running, id, parent);
    for (const id of infected) keep(this.#infected, id, parent);
    return true;
  }

  /** Those that run a mutant's code; the ones in which its expression comes to something else, where there are such. */
  leadingTo(id: string): readonly Parent[] {
    return this.#infected.get(id) ?? this.#running.get(id) ?? [];
  }
}

function keep(all: Map<string, Parent[]>, id: string, parent: Parent): void {
  const kept = all.get(id) ?? [];
  kept.push(parent);
  if (kept.length > MOST_FOR_ONE) kept.shift();
  all.set(id, kept);
}

/** 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, and more. */
function classOf(count: number): number {
  if (count <= 3) return count;
  return [8, 16, 32, 128].filter((least) => count >= least).length + 4;
}
