import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const ofStryker = createRequire(createRequire(import.meta.url).resolve('@stryker-mutator/core'));
const { default: Ajv } = ofStryker('ajv') as {
  default: new (options: object) => { validate(schema: object, data: unknown): boolean; errors: unknown };
};

/** Fails where what a verb's `--json` wrote is not what its schema in docs/ says: `audit`, `detect`, `proofs`. */
export function assertSchema(name: 'audit' | 'detect' | 'proofs', output: unknown): void {
  const schema = JSON.parse(readFileSync(new URL(`../../docs/${name}.schema.json`, import.meta.url), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false });
  assert.ok(ajv.validate(schema, output), JSON.stringify(ajv.errors));
}
