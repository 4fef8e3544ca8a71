import assert from 'node:assert/strict';
import type { Risk } from './model.ts';
import { byRisk, type RiskInput, riskOf } from './risk.ts';

const TESTED: RiskInput = { criticality: 1, judged: 10, untested: 0, pseudoTested: 0, strength: 80, killRate: 100 };

/** What differs from a declared path that is tested well, and its risk. */
const CASES: [differs: Partial<RiskInput>, risk: Risk][] = [
  [{}, 'low'],
  [{ judged: 0, untested: 1 }, 'unknown'],
  [{ untested: 1 }, 'critical'],
  [{ untested: 1, criticality: 0.3 }, 'high'],
  [{ untested: 1, criticality: 0.15 }, 'medium'],
  [{ untested: 1, criticality: 0.1 }, 'low'],
  [{ untested: 3 / 7 }, 'critical'],
  [{ pseudoTested: 1 / 5 }, 'medium'],
  [{ pseudoTested: 1 / 5, killRate: 80 }, 'high'],
  [{ killRate: 50 }, 'critical'],
  [{ killRate: 70 }, 'medium'],
  [{ killRate: 86 }, 'low'],
  [{ killRate: null }, 'low'],
  [{ strength: 51 }, 'low'],
  [{ strength: 20 }, 'high'],
  [{ strength: 0 }, 'critical'],
  [{ strength: null }, 'low'],
  [{ strength: 30, killRate: 75 }, 'high'],
];

describe('the risk of a path', () => {
  for (const [differs, risk] of CASES) it(`${JSON.stringify(differs)} is ${risk}`, () => assert.equal(riskOf({ ...TESTED, ...differs }), risk));

  it('is never raised by what is better, nor by what matters less', () => {
    const shares = [0, 0.1, 0.35, 0.7, 1];
    const hundreds = [0, 20, 50, 51, 80, 100];
    const grid = shares.flatMap((criticality) =>
      shares.flatMap((untested) =>
        shares.flatMap((pseudoTested) =>
          hundreds.flatMap((strength) =>
            hundreds.map((killRate): RiskInput => ({ criticality, judged: 3, untested, pseudoTested, strength, killRate })),
          ),
        ),
      ),
    );
    const worse: [keyof RiskInput, readonly number[]][] = [
      ['criticality', shares.toReversed()],
      ['untested', shares.toReversed()],
      ['pseudoTested', shares.toReversed()],
      ['strength', hundreds],
      ['killRate', hundreds],
    ];
    for (const input of grid) {
      for (const [key, ordered] of worse) {
        const better = ordered[ordered.indexOf(input[key] as number) + 1];
        if (better === undefined) continue;
        assert.ok(byRisk(riskOf({ ...input, [key]: better }), riskOf(input)) >= 0, `${JSON.stringify(input)}: ${key} ${better}`);
      }
    }
  });

  it('puts the riskiest first, and what is not known before what is not bad', () => {
    const all: Risk[] = ['low', 'unknown', 'medium', 'critical', 'high'];
    assert.deepEqual(all.sort(byRisk), ['critical', 'high', 'unknown', 'medium', 'low']);
  });
});
