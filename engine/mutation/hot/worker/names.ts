/** Names of the variables that a worker finds its host by, the texts that stand in for files, and whether there is time until its first job. */
export const ENV = {
  socket: 'ASSAY_HOT_SOCKET',
  folder: 'ASSAY_HOT_FOLDER',
  parent: 'ASSAY_HOT_PARENT',
  texts: 'ASSAY_HOT_TEXTS',
  waits: 'ASSAY_HOT_WAITS',
} as const;

/** Where what files were transformed to in a run is kept, beside the file with its texts. */
export function transformedFolder(textsFile: string): string {
  return `${textsFile}.transformed`;
}
