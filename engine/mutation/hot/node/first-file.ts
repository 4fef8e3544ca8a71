import { createInterface } from 'node:readline';

/** Waits for the host to name the first test file, by a line of this process's input; nothing where it ends without. */
export async function firstFile(): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin });
  const { value } = await lines[Symbol.asyncIterator]().next();
  lines.close();
  process.stdin.destroy();
  return value as string | undefined;
}
