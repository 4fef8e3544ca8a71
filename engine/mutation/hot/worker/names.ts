/** Names of the variables that a worker finds its host by, and the texts that stand in for files. */
export const ENV = { socket: 'ASSAY_HOT_SOCKET', folder: 'ASSAY_HOT_FOLDER', parent: 'ASSAY_HOT_PARENT', texts: 'ASSAY_HOT_TEXTS' } as const;
