import { createRequire } from 'node:module';

type Sqlite = typeof import('node:sqlite');

let loaded: Sqlite | undefined;

/** SQLite as Node embeds it. Node warns once that the module is experimental; a person can do nothing about that, so it stays unsaid. */
export function sqlite(): Sqlite {
  if (loaded) return loaded;
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    loaded = createRequire(import.meta.url)('node:sqlite') as Sqlite;
  } finally {
    process.emitWarning = emitWarning;
  }
  return loaded;
}
