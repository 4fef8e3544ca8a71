/** Marks parts of a text for a terminal. */
export interface Painter {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
}

/** A painter for a stream: plain text where it is no terminal, or where `NO_COLOR` says so (https://no-color.org). */
export function painterFor(stream: NodeJS.WriteStream): Painter {
  const colours = stream.isTTY === true && !process.env['NO_COLOR'];
  const code = (n: number) => (text: string) => (colours ? `\x1b[${n}m${text}\x1b[0m` : text);
  return { bold: code(1), dim: code(2), red: code(31), green: code(32) };
}
