import assert from 'node:assert/strict';
import { Refusals, refusalIn } from './refusal.ts';

describe('refusalIn', () => {
  // As pnpm 10.34, Yarn 1.22 and 4.18, Corepack 0.35, rustup 1.28 Go 1.26 Poetry 2 and Karma 6.4 said it.
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
    [
      'Internal Error: shop@workspace:.: This package doesn\'t seem to be present in your lockfile; run "yarn install" to update the lockfile',
      'shop@workspace:.: This package doesn\'t seem to be present in your lockfile; run "yarn install" to update the lockfile',
    ],
    ["error: toolchain '1.85.0-x86_64-unknown-linux-gnu' is not installed", "toolchain '1.85.0-x86_64-unknown-linux-gnu' is not installed"],
    [
      'go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)',
      'go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)',
    ],
    [
      "Command '['/usr/bin/python', '-Ic', 'import platform; print(platform.python_version())']' timed out after 5.0 seconds",
      "Command '['/usr/bin/python', '-Ic', 'import platform; print(platform.python_version())']' timed out after 5.0 seconds",
    ],
    [
      '30 11 2026 17:46:05.718:ERROR [launcher]: No binary for ChromeHeadless browser on your platform.',
      'No binary for ChromeHeadless browser on your platform',
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

  it('hears that Hatch could not get a Python of a matrix, whenever it comes to it', () => {
    const heard = (...lines: string[]) => {
      const refusals = new Refusals();
      for (const line of lines) refusals.hear(line);
      return refusals.found;
    };
    const others = Array.from({ length: 60 }, () => 'tests/test_a.py .');
    // As Hatch 1.18 said it without a network.
    const failed = '╭───────────────────── Traceback (most recent call last) ──────────────────────╮';
    assert.equal(heard(...others, 'Installing Python distribution: 3.9', failed), 'Hatch could not get Python 3.9');
    assert.equal(heard('Installing Python distribution: 3.9', 'Creating environment: test.py3.9', failed), undefined);
    assert.equal(heard(...others, ' ERROR  This project is configured to use yarn'), undefined);
  });

  it('is quick with lines that nearly say so, again and again', () => {
    const lines = ['Usage Error: The project in '.repeat(30_000), `go: ${'requires go >= 1 (running go '.repeat(30_000)}`];
    for (const line of lines) assert.equal(refusalIn(line), undefined);
  }).timeout(5000);

  for (const line of [
    ' ERR_PNPM_NO_MATCHING_VERSION  No matching version found for left-pad@9.9.9',
    'ERR_PNPM_RECURSIVE_RUN_FIRST_FAIL  shop@1.0.0 test: `vitest run`',
    'not ok 1 - reads packageManager',
    "  error: toolchain 'x' is not installed, says a test",
  ]) {
    it(`takes for nothing of the kind: ${line.trim().slice(0, 60)}`, () => assert.equal(refusalIn(line), undefined));
  }
});
