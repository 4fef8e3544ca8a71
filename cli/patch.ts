/** How many lines stand around what is added. */
const CONTEXT = 3;

/**
 * A unified diff that adds texts to a file, for `git apply` and `patch`.
 *
 * @param name the file's path, relative to where the patch is applied
 * @param insertions texts and where they go (offsets in `before`, in their order)
 */
export function patchOf(name: string, before: string, insertions: readonly { offset: number; text: string }[]): string {
  const lines = before.split('\n');
  // A text is added behind the end of a line: as whole lines after it.
  const added = new Map<number, string[]>();
  for (const { offset, text } of insertions) {
    const line = before.slice(0, offset).split('\n').length - 1;
    const rest = (lines[line] ?? '').slice(offset - (before.lastIndexOf('\n', offset - 1) + 1));
    const inserted = text.split('\n').slice(1);
    if (rest.trim() !== '') inserted.push(rest);
    added.set(line, [...(added.get(line) ?? []), ...inserted]);
  }
  let patch = `--- a/${name}\n+++ b/${name}\n`;
  let shift = 0;
  for (const group of groups([...added.keys()].sort((a, b) => a - b))) {
    const first = Math.max(0, (group[0] as number) - CONTEXT + 1);
    const last = Math.min(lines.length - 1, (group.at(-1) as number) + CONTEXT);
    const end = lines[last] === '' && last === lines.length - 1 ? last - 1 : last;
    const body: string[] = [];
    let more = 0;
    for (let i = first; i <= end; i++) {
      body.push(` ${lines[i]}`);
      for (const line of added.get(i) ?? []) {
        body.push(`+${line}`);
        more++;
      }
    }
    const count = end - first + 1;
    patch += `@@ -${first + 1},${count} +${first + 1 + shift},${count + more} @@\n${body.join('\n')}\n`;
    shift += more;
  }
  return patch;
}

/** Lines whose contexts touch belong together. */
function groups(lines: readonly number[]): number[][] {
  const result: number[][] = [];
  for (const line of lines) {
    const group = result.at(-1);
    if (group && line - (group.at(-1) as number) <= 2 * CONTEXT) group.push(line);
    else result.push([line]);
  }
  return result;
}
