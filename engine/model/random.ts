/** Numbers from 0 to 1 (exclusive), the same for the same seed: mulberry32, whose whole state is one number of 32 bits. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The first `count` of the items in random order, each equally likely to be there; the same for the same seed and items. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  const left = [...items];
  const random = randomNumbers(seed);
  const chosen = Math.min(count, left.length);
  for (let i = 0; i < chosen; i++) {
    const from = i + Math.floor(random() * (left.length - i));
    [left[i], left[from]] = [left[from] as T, left[i] as T];
  }
  return left.slice(0, chosen);
}

/** All items in random order, the same for the same seed. */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  return sample(items, items.length, seed);
}
