import { readFileSync } from 'node:fs';
import { shippedFile } from '../engine/installation/index.ts';

/** Assay's own version. */
export function version(): string {
  return (JSON.parse(readFileSync(shippedFile('package.json'), 'utf8')) as { version: string }).version;
}
