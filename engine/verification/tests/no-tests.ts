/** What test tools say where there is nothing to run; most of them end as if something had failed then. */
const SAYS: readonly RegExp[] = [
  /^no packages to test$/,
  /^=+ no tests ran in [\d.]+s\b.*=+$/,
  /^no tests ran in [\d.]+s\b/,
  /^NO TESTS RAN\b/,
  /^No test files found, exiting with code 1$/,
  /^No tests found, exiting with code 1$/,
  /^Error: No test files found/,
  /^Could not find '.+'$/,
  /^error: no tests to run$/,
];

/** Whether a line, which is without control sequences, is a tool's own word that there are no tests. */
export function saysNoTests(line: string): boolean {
  return SAYS.some((says) => says.test(line.trim()));
}
