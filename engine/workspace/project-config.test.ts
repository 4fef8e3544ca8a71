import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NO_CONFIG, parseProjectConfig } from './project-config.ts';

/** Texts of a configuration, with what is said of them; `good` ones are taken. */
const CASES: Record<string, [text: string, problem: string]> = {
  'an empty object': ['{}', 'good'],
  'the schema named': ['{ "$schema": "x" }', 'good'],
  'every key': [
    `{ "mutation": { "arid": [{ "why": "a", "call": ["b"], "argument": 0, "text": true }, { "why": "a", "value": ["c"] }],
       "notUseful": [{ "mutator": "a", "original": "b", "replacement": "", "file": "d" }] } }`,
    'good',
  ],
  'how it is proved': ['{ "verify": { "compile": "make", "test": "make check", "start": "make run", "environment": ["DATABASE_URL"] } }', 'good'],
  'several commands that compile': ['{ "verify": { "compile": ["make a", "make b"], "environment": [] } }', 'good'],
  'a proof by no command': ['{ "verify": { "test": "" } }', '"verify" has a wrong "test"'],
  'a proof of something else': ['{ "verify": { "lint": "a" } }', '"verify" has an unknown "lint"'],
  'what is asked under load': [
    '{ "verify": { "environment": [], "load": { "endpoint": "/orders", "method": "POST", "headers": { "authorization": "Bearer $TOKEN" }, "body": "{}" } } }',
    'good',
  ],
  'a request of another shape': ['{ "verify": { "load": { "path": "/" } } }', '"verify.load" has an unknown "path"'],
  'a method that is none': ['{ "verify": { "load": { "method": "post it" } } }', '"verify.load" has a wrong "method"'],
  'headers that are no texts': ['{ "verify": { "load": { "headers": { "a": 1 } } } }', '"verify.load" has a wrong "headers"'],
  'proofs that are no object': ['{ "verify": [] }', '"verify" is not an object'],
  'names of functions that assert': ['{ "audit": { "assertions": ["expectSaga", "page.should*"] } }', 'good'],
  'no name of a function': ['{ "audit": { "assertions": [] } }', '"audit.assertions" is not a list of names'],
  'critical paths': [
    `{ "audit": { "criticalPaths": [{ "name": "checkout", "files": ["src/pay/**"], "functions": ["Cart.add", "pay*"],
       "routes": ["POST /orders", "/orders/*", "*"], "why": "it takes money" }] } }`,
    'good',
  ],
  'a critical path without a name': ['{ "audit": { "criticalPaths": [{ "files": ["a"] }] } }', '"audit.criticalPaths[0]" has no "name"'],
  'a critical path that names nothing': [
    '{ "audit": { "criticalPaths": [{ "name": "a", "files": ["b"] }, { "name": "c" }] } }',
    '"audit.criticalPaths[1]" has no "files", "functions" or "routes"',
  ],
  'a critical path with another key': [
    '{ "audit": { "criticalPaths": [{ "name": "a", "file": ["b"] }] } }',
    '"audit.criticalPaths[0]" has an unknown "file"',
  ],
  'a route without a path': [
    '{ "audit": { "criticalPaths": [{ "name": "a", "routes": ["POST"] }] } }',
    '"audit.criticalPaths[0]" has a wrong "routes"',
  ],
  'critical paths that are no list': ['{ "audit": { "criticalPaths": {} } }', '"audit.criticalPaths" is not a list'],
  defects: ['{ "audit": { "defects": [{ "name": "a", "file": "src/a.ts", "find": "b", "replace": "" }] } }', 'good'],
  'a defect that replaces nothing': [
    '{ "audit": { "defects": [{ "name": "a", "file": "b", "find": "", "replace": "c" }] } }',
    '"audit.defects[0]" has a wrong "find"',
  ],
  'a defect without what takes its place': [
    '{ "audit": { "defects": [{ "name": "a", "file": "b", "find": "c" }] } }',
    '"audit.defects[0]" has no "replace"',
  ],
  rules: [
    `{ "audit": { "rules": [{ "id": "no-sleep", "message": "a", "query": "(b) @finding", "languages": ["typescript"], "severity": "error", "in": "files",
       "page": "https://example.com/a" }], "severities": { "no-sleep": "off", "skipped-test": "error" } } }`,
    'good',
  ],
  'a rule without a query': ['{ "audit": { "rules": [{ "id": "a", "message": "b", "languages": ["go"] }] } }', '"audit.rules[0]" has no "query"'],
  'a rule without a language': [
    '{ "audit": { "rules": [{ "id": "a", "message": "b", "query": "c", "languages": [] }] } }',
    '"audit.rules[0]" has a wrong "languages"',
  ],
  'a rule of another language': [
    '{ "audit": { "rules": [{ "id": "a", "message": "b", "query": "c", "languages": ["cobol"] }] } }',
    '"audit.rules[0]" has a wrong "languages"',
  ],
  'a rule whose id is no word': [
    '{ "audit": { "rules": [{ "id": "No Sleep", "message": "b", "query": "c", "languages": ["go"] }] } }',
    '"audit.rules[0]" has a wrong "id"',
  ],
  'a rule whose page is no address': [
    '{ "audit": { "rules": [{ "id": "a", "message": "b", "query": "c", "languages": ["go"], "page": "d.md" }] } }',
    '"audit.rules[0]" has a wrong "page"',
  ],
  'a severity that there is not': [
    '{ "audit": { "severities": { "skipped-test": "hint" } } }',
    '"audit.severities" has a wrong "skipped-test": it is "error", "warning", "information" or "off"',
  ],
  'severities that are a list': ['{ "audit": { "severities": [] } }', '"audit.severities" is not an object'],
  'another key of the audit': ['{ "audit": { "helpers": [] } }', '"audit" has an unknown "helpers"'],
  'a list': ['[]', 'it is not an object'],
  'an unknown key': ['{ "mutations": {} }', 'it has an unknown "mutations"'],
  'an unknown list': ['{ "mutation": { "ard": [] } }', '"mutation" has an unknown "ard"'],
  'no list': ['{ "mutation": { "arid": {} } }', '"mutation.arid" is not a list'],
  'a rule without a reason': ['{ "mutation": { "arid": [{ "call": ["a"] }] } }', '"mutation.arid[0]" has no "why"'],
  'a rule without patterns': ['{ "mutation": { "arid": [{ "why": "a", "call": [] }] } }', '"mutation.arid[0]" has a wrong "call"'],
  'a call and a value': ['{ "mutation": { "arid": [{ "why": "a", "call": ["b"], "value": ["c"] }] } }', '"mutation.arid[0]" has an unknown "call"'],
  'an argument below the first': [
    '{ "mutation": { "arid": [{ "why": "a", "call": ["b"], "argument": -1 }] } }',
    '"mutation.arid[0]" has a wrong "argument"',
  ],
  'a pattern without code': ['{ "mutation": { "notUseful": [{ "mutator": "a" }] } }', '"mutation.notUseful[0]" has no "original"'],
};

/** The validator that StrykerJS brings. */
const ofStryker = createRequire(createRequire(import.meta.url).resolve('@stryker-mutator/core'));
const { default: Ajv } = ofStryker('ajv') as { default: new (options: object) => { validate(schema: object, data: unknown): boolean } };
const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('parseProjectConfig', () => {
  const schema = JSON.parse(read('assay.config.schema.json'));
  for (const [name, [text, problem]] of Object.entries(CASES)) {
    it(`${problem === 'good' ? 'takes' : 'refuses'}: ${name}, and so does the schema`, () => {
      const parsed = parseProjectConfig(text, 'assay.config.json');
      assert.equal(parsed.ok ? 'good' : parsed.failure.message.replace(/^assay\.config\.json cannot be used: (.*)\.$/, '$1'), problem);
      assert.equal(new Ajv({ strict: false }).validate(schema, JSON.parse(text)), problem === 'good');
    });
  }

  it('says where a text is no JSON', () => {
    const parsed = parseProjectConfig('{ "mutation": }', '/p/assay.config.json');
    assert.match(parsed.ok ? '' : parsed.failure.message, /^\/p\/assay\.config\.json cannot be used: .*JSON/);
  });

  it('is empty without a file', () =>
    assert.deepEqual(parseProjectConfig(undefined, 'x'), {
      ok: true,
      value: NO_CONFIG,
    }));

  it('takes the example of the documentation', () => {
    const example = /```json\n(.*?)```/s.exec(read('configuration.md'))?.[1];
    const parsed = parseProjectConfig(example, 'x');
    assert.ok(parsed.ok && parsed.value.mutation.arid.length === 3, JSON.stringify(parsed));
  });
});
