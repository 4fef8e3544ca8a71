/** A number in the range; undefined where none was given, null where it is none. */
export function number(value: string | undefined, least: number, most: number, whole = false): number | null | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  return value.trim() !== '' && parsed >= least && parsed <= most && (!whole || Number.isInteger(parsed)) ? parsed : null;
}
