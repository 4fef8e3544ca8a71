/** Module URLs that say which generation of modules they belong to, so that a file can be loaded anew. */

/** The URL of a file in a generation. */
export function generationUrl(url: string, generation: string): string {
  const real = realUrl(url);
  return `${real}${real.includes('?') ? '&' : '?'}assay=${generation}`;
}

/**
 * The URL of an ES module in a generation where CommonJS requires it: Node knows those by their path alone.
 * The folder is the same, so that what it imports is found.
 */
export function requiredUrl(url: string, generation: string): string {
  return realUrl(url).replace(/(\.\w+)?(\?.*)?$/, `.assay-${generation}$1$2`);
}

/** The URL without the generation. */
export function realUrl(url: string): string {
  return url.includes('assay') ? url.replace(/\.assay-\d+(?=(\.\w+)?(\?|$))/, '').replace(/[?&]assay=\d+$/, '') : url;
}

/** The generation that a URL belongs to. */
export function generationOf(url: string | undefined): string | undefined {
  return /(?:[?&]assay=|\.assay-)(\d+)/.exec(url ?? '')?.[1];
}
