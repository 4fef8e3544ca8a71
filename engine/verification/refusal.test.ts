import assert from 'node:assert/strict';
import { refusalIn } from './refusal.ts';

describe('refusalIn', () => {
  // As pnpm 10.34, Yarn 1.22 and Corepack 0.35 said it.
  for (const [line, why] of [
    [
      ' ERR_PNPM_NO_MATCHING_VERSION  No matching version found for pnpm@99.9.9 while fetching it from https://registry.example/',
      'ERR_PNPM_NO_MATCHING_VERSION  No matching version found for pnpm@99.9.9 while fetching it from https://registry.example/',
    ],
    [
      ' ERROR  Refusing to run pnpm@9.15.0: its npm registry signature could not be verified (pnpm@9.15.0: pnpm@9.15.0 has no registry signature).',
      'Refusing to run pnpm@9.15.0: its npm registry signature could not be verified (pnpm@9.15.0: pnpm@9.15.0 has no registry signature)',
    ],
    [
      'error This project\'s package.json defines "packageManager": "yarn@4.1.0". However the current global version of Yarn is 1.22.22.',
      'This project\'s package.json defines "packageManager": "yarn@4.1.0". However the current global version of Yarn is 1.22.22',
    ],
    [' ERROR  This project is configured to use yarn', 'This project is configured to use yarn'],
    [
      ' ERR_PNPM_UNSUPPORTED_ENGINE  Unsupported environment (bad pnpm and/or Node.js version)',
      'ERR_PNPM_UNSUPPORTED_ENGINE  Unsupported environment (bad pnpm and/or Node.js version)',
    ],
    [
      'Error: Server answered with HTTP 404 when performing the request to https://registry.example/pnpm-99.9.9.tgz; for troubleshooting help, see https://github.com/nodejs/corepack#troubleshooting',
      'Server answered with HTTP 404 when performing the request to https://registry.example/pnpm-99.9.9.tgz; for troubleshooting help, see https://github.com/nodejs/corepack#troubleshooting',
    ],
  ] as const) {
    it(`hears: ${line.trim().slice(0, 60)}`, () => assert.equal(refusalIn(line), why));
  }

  for (const line of [
    ' ERR_PNPM_NO_MATCHING_VERSION  No matching version found for left-pad@9.9.9',
    'ERR_PNPM_RECURSIVE_RUN_FIRST_FAIL  shop@1.0.0 test: `vitest run`',
    'not ok 1 - reads packageManager',
  ]) {
    it(`takes for nothing of the kind: ${line.trim().slice(0, 60)}`, () => assert.equal(refusalIn(line), undefined));
  }
});
