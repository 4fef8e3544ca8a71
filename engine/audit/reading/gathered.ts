import type { Bare } from '../../syntax/index.ts';
import type { Certainty, Check, Span } from '../model.ts';
import { type Standing, under } from './certainty.ts';
import { checkOf, type Stated } from './stated.ts';

/** What is read of a function, by and by. */
export class Gathered {
  /** Its assertions, in the order in which they are read. */
  readonly checks: Check[] = [];
  /** Whether it runs anything at all. */
  acts = false;
  /** What makes assertions uncertain, by where it begins. */
  readonly #guards = new Map<number, Bare>();

  /** Takes the assertion that states something where it stands; `shown` is the place of findings about it. One that always fails is none. */
  add(stated: Stated, standing: Standing, shown: Span): void {
    this.acts = true;
    if (!stated.fails) this.checks.push(checkOf(stated, standing, shown));
  }

  /** What stands in something that may not run. */
  under<S extends Standing>(standing: S, certainty: Certainty, guard: Bare): S {
    this.#guards.set(guard.start, guard);
    return under(standing, certainty, guard);
  }

  /** What makes an assertion uncertain, where it stands in this function. */
  guardOf({ guard, certainty }: Check): Bare | undefined {
    return guard === undefined || certainty === 'always' ? undefined : this.#guards.get(guard);
  }

  /** Puts others in the place of the assertions from one index up to another. */
  replace(from: number, to: number, by: (check: Check) => Check): void {
    for (let i = from; i < to; i++) this.checks[i] = by(this.checks[i] as Check);
  }
}
