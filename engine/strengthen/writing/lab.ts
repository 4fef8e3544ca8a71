/** Where the text of a test file that runs in an experiment finds what it tells things to, which is there while the experiment runs. */
export const LAB = `Reflect.get(globalThis,'__assay_switches__').lab`;
