/** Module URLs that say which generation of modules they belong to, so that a file can be loaded anew. */

/** The URL of a file in a generation. */
export function generationUrl(url: string, generation: string): string {
  const real = realUrl(url);
  return `${real}${real.includes('?') ? '&' : '?'}assay=${generation}`;
}

/** A path at which an ES module of a generation can be required. The folder is the same, so that what it imports is found. */
export function requiredPath(file: string, generation: string): string {
  return file.replace(/(\.\w+)?$/, `.assay-${generation}$1`);
}

/** Whether a path or URL is a {@link requiredPath}. */
export function isRequiredPath(path: string): boolean {
  return /\.assay-\d+(\.\w+)?$/.test(path);
}

/** The URL without the generation. */
export function realUrl(url: string): string {
  return url.includes('assay') ? url.replace(/\.assay-\d+(?=(\.\w+)?(\?|$))/, '').replace(/[?&]assay=\d+$/, '') : url;
}

/** The generation that a URL belongs to. */
export function generationOf(url: string | undefined): string | undefined {
  return /(?:[?&]assay=|\.assay-)(\d+)/.exec(url ?? '')?.[1];
}
