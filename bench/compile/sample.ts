/** A problem that a sample's output tells of, as the tool's machine form says it. */
export interface Expected {
  severity: 'error' | 'warning';
  code?: string;
  message: string;
  /** Relative to the project; missing where the problem has no place. */
  file?: string;
  /** Zero-based. */
  line?: number;
  column?: number;
}

/** A recorded output of a tool on a small project: one file below `engine/verification/compile/samples/`. */
export interface Sample {
  tool: string;
  /** Which folder of the toolbox it was recorded with: see `bench/compile-recording.ts`. */
  box: string;
  /** The command, for a shell. */
  run: string;
  /** Where the expectation comes from; `hand` where the tool has no machine form for it. */
  oracle: { kind: string } & Record<string, unknown>;
  /** The output was written, not recorded: there is no machine for it here. */
  byHand?: true;
  /** `false`: the output tells no columns. */
  columns?: false;
  /** `false`: the output tells no codes. */
  codes?: false;
  /** The files of the project, by path. */
  project: Readonly<Record<string, string>>;
  /** What was written, in the order it came; `{project}` stands for the project's directory, `{tools}` for the toolbox. */
  output: readonly (readonly ['stdout' | 'stderr', ...string[]])[];
  expected: readonly Expected[];
}
