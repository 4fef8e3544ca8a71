/** What a test file is known by where a project runs it: several projects may run the same file. */
export function unitName(file: string, { name }: { name?: string | undefined }): string {
  return name ? `${file} (${name})` : file;
}

/** The absolute path of the file that is known by a {@link unitName}. */
export function unitFile(unit: string, { name }: { name?: string | undefined }): string {
  return name ? unit.slice(0, -` (${name})`.length) : unit;
}
