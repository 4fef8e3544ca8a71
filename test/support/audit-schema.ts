import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const ofStryker = createRequire(createRequire(import.meta.url).resolve('@stryker-mutator/core'));
const { default: Ajv } = ofStryker('ajv') as {
  default: new (options: object) => { validate(schema: object, data: unknown): boolean; errors: unknown };
};
const schema = JSON.parse(readFileSync(new URL('../../docs/audit.schema.json', import.meta.url), 'utf8'));

/** Fails where what `assay audit --json` wrote is not what docs/audit.schema.json says. */
export function assertAuditSchema(output: unknown): void {
  const ajv = new Ajv({ strict: false });
  assert.ok(ajv.validate(schema, output), JSON.stringify(ajv.errors));
}
