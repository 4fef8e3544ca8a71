/** The oldest Node whose modules we use (`registerHooks`), as the manifest's `engines` has it. */
export const OLDEST_NODE = '22.15.0';

/** What to tell a person whose Node is too old for us; nothing where it is not. */
export function refusedNode(version: string): string | undefined {
  const [major, minor] = numbersOf(version);
  const [oldestMajor, oldestMinor] = numbersOf(OLDEST_NODE);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
    ? `it needs Node ${OLDEST_NODE} or newer, and this is ${version}.\n  Run it with a newer one: node /path/to/assay …`
    : undefined;
}

function numbersOf(version: string): [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}
