import type { Realm } from '../literals.ts';

/** How far away the other time is, milliseconds: another year, month, day of the week, and hour. */
const AWAY_MS = 1000 * 3600 * (24 * 403 + 5);

/** Does something as if it were another time, and with other random numbers: what depends on them comes to something else. */
export async function elsewhen<T>(realm: Realm, work: () => Promise<T>): Promise<T> {
  const { Date: Real, Math: math } = realm;
  const { random } = math;
  realm.Date = new Proxy(Real, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [target.now() + AWAY_MS] : args, newTarget) as Date,
    get: (target, name, receiver) => (name === 'now' ? () => target.now() + AWAY_MS : Reflect.get(target, name, receiver)),
  });
  math.random = () => (random() + 0.5) % 1;
  try {
    return await work();
  } finally {
    realm.Date = Real;
    math.random = random;
  }
}
