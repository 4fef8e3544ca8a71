/** A piece of a script's text that ran a number of times, as V8 tells it; `endOffset` is behind its last character. */
export interface V8Range {
  startOffset: number;
  endOffset: number;
  count: number;
}

/** A function of a script; its first range is all of it, the others are blocks in it that ran otherwise. */
export interface V8Function {
  functionName: string;
  ranges: V8Range[];
}

/** How often each piece of a text ran, without gaps or overlaps, from what V8 told of its functions: the smallest range around a piece says so. */
export function segmentsOf(functions: readonly V8Function[]): V8Range[] {
  const ranges = functions.flatMap((one) => one.ranges).filter(({ startOffset, endOffset }) => startOffset < endOffset);
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const segments: V8Range[] = [];
  const open: V8Range[] = [];
  let at = 0;
  const advance = (to: number) => {
    const inner = open.at(-1);
    if (inner && to > at) segments.push({ startOffset: at, endOffset: to, count: inner.count });
    at = Math.max(at, to);
  };
  const close = (before: number) => {
    for (let inner = open.at(-1); inner && inner.endOffset <= before; inner = open.at(-1)) {
      advance(inner.endOffset);
      open.pop();
    }
  };
  for (const range of ranges) {
    close(range.startOffset);
    advance(range.startOffset);
    open.push(range);
  }
  close(Number.POSITIVE_INFINITY);
  return segments;
}

/** How often each piece of a text ran in several runs together. */
export function sumSegments(runs: readonly (readonly V8Range[])[]): V8Range[] {
  if (runs.length === 1) return [...(runs[0] ?? [])];
  const changes = new Map<number, number>();
  const add = (offset: number, by: number) => changes.set(offset, (changes.get(offset) ?? 0) + by);
  for (const { startOffset, endOffset, count } of runs.flat()) {
    add(startOffset, count);
    add(endOffset, -count);
  }
  const offsets = [...changes.keys()].sort((a, b) => a - b);
  let count = 0;
  return offsets.slice(0, -1).map((startOffset, index) => {
    count += changes.get(startOffset) ?? 0;
    return { startOffset, endOffset: offsets[index + 1] as number, count };
  });
}
