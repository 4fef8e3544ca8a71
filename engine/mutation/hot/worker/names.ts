/** Names of the variables that a worker finds its host by, the texts that stand in for files, whether there is time until its first job, and where compiled texts are kept. */
export const ENV = {
  socket: 'ASSAY_HOT_SOCKET',
  folder: 'ASSAY_HOT_FOLDER',
  parent: 'ASSAY_HOT_PARENT',
  texts: 'ASSAY_HOT_TEXTS',
  waits: 'ASSAY_HOT_WAITS',
  compiled: 'ASSAY_HOT_COMPILED',
} as const;

/** Where what files were transformed to in a run is kept, beside the file with its texts. */
export function transformedFolder(textsFile: string): string {
  return `${textsFile}.transformed`;
}
