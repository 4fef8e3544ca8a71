import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/**
 * A unified diff between two texts of a file, for `git apply` and `patch`.
 *
 * @param name the file's path, relative to where the patch is applied
 * @param isNew whether the patch makes the file
 */
export function patchOf(name: string, before: string, after: string, isNew = false): string {
  return createTwoFilesPatch(isNew ? '/dev/null' : `a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
