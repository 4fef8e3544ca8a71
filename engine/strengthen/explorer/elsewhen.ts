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

/** What systems are called by Node, and by browsers. */
const [OTHER, OTHER_NAVIGATOR] = process.platform === 'win32' ? ['linux', 'Linux x86_64'] : ['win32', 'Win32'];

/** Does something as if it were on another system. */
export async function elsewhere<T>(realm: Realm, work: () => Promise<T>): Promise<T> {
  const told = new Map<object, string>();
  for (const { process, navigator } of [globalThis, realm]) {
    if (process) told.set(process, OTHER);
    if (navigator) told.set(navigator, OTHER_NAVIGATOR);
  }
  const before = [...told.keys()].map((one) => [one, Object.getOwnPropertyDescriptor(one, 'platform')] as const);
  for (const [one, value] of told) Object.defineProperty(one, 'platform', { value, configurable: true, enumerable: true });
  try {
    return await work();
  } finally {
    for (const [one, own] of before) {
      Reflect.deleteProperty(one, 'platform');
      if (own) Object.defineProperty(one, 'platform', own);
    }
  }
}
