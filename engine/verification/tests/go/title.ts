/** The title of a test from Go's name of it: a subtest's name may hold slashes of its own, which go does not tell from those between tests. */
export function titleOf(test: string): string[] {
  return test.split('/');
}
