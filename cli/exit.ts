/** Exit statuses of every verb. */
export const EXIT = { done: 0, belowThreshold: 1, wrongVerdicts: 1, cannotRun: 2, cancelled: 130 } as const;
