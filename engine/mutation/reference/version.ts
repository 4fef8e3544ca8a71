/** The version of `@stryker-mutator/core` that ships with Assay; a test holds it against the installed one. */
export const STRYKER_VERSION = '10.1.1';
