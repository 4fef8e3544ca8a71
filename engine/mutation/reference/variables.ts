/** Names of the variables that the plugin reads in the host and in its test processes. */
export const ENV = { runner: 'ASSAY_RUNNER', dryRunFile: 'ASSAY_DRY_RUN_FILE' } as const;
