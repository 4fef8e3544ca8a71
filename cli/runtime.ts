/** The oldest Node whose modules we use (`registerHooks`), as the manifest's `engines` has it. */
export const OLDEST_NODE = '22.15.0';

/** What to tell a person whose Node is too old for us; nothing where it is not. */
export function refusedNode(version: string): string | undefined {
  return version.localeCompare(OLDEST_NODE, 'en', { numeric: true }) < 0
    ? `it needs Node ${OLDEST_NODE} or newer, and this is ${version}.\n  Run it with a newer one: node /path/to/assay …`
    : undefined;
}
