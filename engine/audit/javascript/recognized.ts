import type { Bare } from '../../syntax/index.ts';
import type { Fact } from '../facts.ts';
import type { Flaw } from '../model.ts';
import type { Chain } from './chain.ts';
import type { Script } from './script.ts';

/** What an expression turned out to be. */
export type Recognized =
  | {
      kind: 'check';
      fact: Fact;
      subject: Bare | string;
      details?: number;
      flaw?: Flaw;
      /** Its outcome is a promise, so that something has to wait for it. */
      promised?: boolean;
      /** What the place of a finding is; the whole chain where missing. */
      node?: Bare;
    }
  /** Makes sure that assertions run: `expect.assertions(2)`, `t.plan(2)`; `wanted` is how many, where that is written out. */
  | { kind: 'count'; wanted?: number }
  /** Always fails: what stands after it in a `try` is never reached unnoticed. */
  | { kind: 'fail' };

/** What makes sure of as many assertions as it is given. */
export function counting([wanted]: readonly Bare[]): Extract<Recognized, { kind: 'count' }> {
  return { kind: 'count', ...(wanted?.type === 'number' && { wanted: Number(wanted.text) }) };
}

/** Where an expression stands. */
export interface Place {
  script: Script;
  /** Names of what a test framework gives its tests to assert with (`t`), by which the test knows them. */
  contexts: ReadonlySet<string>;
}

/** Knows the assertions of a framework or library. */
export type Recognizer = (chain: Chain, place: Place) => Recognized | readonly Recognized[] | undefined;
