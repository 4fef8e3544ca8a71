/** Which rows of a long list are drawn, and how high each is, pixels. */
export interface Rows {
  /** The first of them. */
  from: number;
  /** The one after the last. */
  to: number;
  height: number;
}

/** What the page knows of a long list: where it begins below the top of the view, pixels, and how much is in view. */
export interface Sight {
  top: number;
  view: number;
  rowHeight: number;
  count: number;
}

/** Rows are drawn in groups of so many, so that not each pixel of scrolling draws anew. */
const GROUP = 20;

/** The rows in sight, with a group before and one after them, so that a key finds the next one. */
export function rowsInSight({ top, view, rowHeight, count }: Sight): Rows {
  const first = Math.min(count, Math.max(0, Math.floor(-top / rowHeight)));
  const last = Math.min(count, Math.max(0, Math.ceil((view - top) / rowHeight)));
  return {
    from: Math.max(0, (Math.floor(first / GROUP) - 1) * GROUP),
    to: Math.min(count, (Math.ceil(last / GROUP) + 1) * GROUP),
    height: rowHeight,
  };
}
