import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** An option with a value. */
export const TEXT = { type: 'string' } as const;
/** An option without one. */
export const FLAG = { type: 'boolean' } as const;

/** What all verbs have. */
const HELP = { help: { type: 'boolean', short: 'h' } } as const;

/** Splits what is behind a verb into the values of its options, `--help` among them, and the rest. The error is a sentence for the person who typed it. */
export function readArguments<T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...options, ...HELP } });
  } catch (error) {
    return { error: (error as Error).message };
  }
}
