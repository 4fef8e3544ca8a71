/** A stretch of a text, offsets. */
export interface Stretch {
  start: number;
  end: number;
}

/** A name that a file has to import. */
export interface MissingName {
  name: string;
  /** What from, as it is written. */
  from: string;
  /** Whether it only serves as a type. */
  isType: boolean;
}

/** What the host of the project's own tools is asked, one JSON text a line. */
export type ToolRequest =
  /** Load what the project has for this file, and look at it as it is. */
  | { kind: 'open'; file: string; text: string }
  /** Write a stretch of a text as the project's formatter and linter would have it. */
  | { kind: 'tidy'; file: string; text: string; stretch: Stretch }
  /** Say what the project's linter and compiler have against stretches of a text. */
  | { kind: 'check'; file: string; text: string; stretches: Stretch[] };

/** What it answers, in the order of the requests. */
export type ToolAnswer =
  | { kind: 'opened'; tools: string[] }
  | { kind: 'tidied'; text: string }
  /** `stretch` is the place among those asked about. What is mended is how a tool that complains of a stretch would have it. */
  | {
      kind: 'checked';
      complaints: { stretch: number; tool: string; message: string }[];
      mended: { stretch: number; tool: string; text: string; names: MissingName[] }[];
    };
