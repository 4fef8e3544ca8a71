/** The variable that tells a worker the time limit of tests that name none, milliseconds. */
export const TIMEOUT_ENV = 'ASSAY_HOT_TEST_TIMEOUT';
