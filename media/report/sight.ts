/**
 * Watches for parts of the page that were left out and come near the view.
 *
 * @param found called with the keys of the chunks to draw
 * @returns what to call after each rendering
 */
export function watchChunks(found: (keys: number[]) => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      const keys = entries.filter((entry) => entry.isIntersecting).map((entry) => Number((entry.target as HTMLElement).dataset.chunk));
      if (keys.length > 0) found(keys);
    },
    { rootMargin: MARGIN },
  );
  return () => {
    observer.disconnect();
    for (const chunk of document.querySelectorAll('.undrawn')) observer.observe(chunk);
  };
}

/** Some presses of `j` ahead. */
const MARGIN = '2000px 0px';
