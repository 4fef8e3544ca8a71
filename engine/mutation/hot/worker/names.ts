/** Names of the variables that a worker finds its host by. */
export const ENV = { socket: 'ASSAY_HOT_SOCKET', folder: 'ASSAY_HOT_FOLDER', parent: 'ASSAY_HOT_PARENT' } as const;
