/**
 * Does something again and again until it is told to stop, and never twice at a time: a turn that comes while the last one is at work is left out.
 *
 * @param ms from turn to turn
 * @returns stops it; what is at work then comes to its end
 */
export function repeatedly(work: () => Promise<void>, ms: number): () => void {
  let isAtWork = false;
  const timer = setInterval(async () => {
    if (isAtWork) return;
    isAtWork = true;
    await work();
    isAtWork = false;
  }, ms);
  return () => clearInterval(timer);
}
