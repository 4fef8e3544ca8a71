// Runs a Mocha suite inside the extension host of a headless VS Code, with the whole `vscode` API.
//   node run-suite.ts --extension DIR --workspace DIR [--vsix FILE] [--timeout SECONDS] [--env KEY=VALUE]… [--screenshot FILE] TEST-FILE…

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser.ts';
import { type Host, type HostOptions, startHost } from './host.ts';

export interface SuiteOptions extends HostOptions {
  readonly files: readonly string[];
  readonly timeoutMs?: number;
  readonly mochaOptions?: Readonly<Record<string, unknown>>;
  /** Where the picture of the window goes when the suite does not pass. */
  readonly screenshotFile?: string;
  readonly log?: (line: string) => void;
}

export interface SuiteResult {
  readonly ok: boolean;
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
  readonly durationMs: number;
  /** Why there is no proper result: a test file that does not load, a dead extension host, no answer in time. */
  readonly error: string | null;
  readonly versions?: Readonly<Record<string, string>>;
  readonly extensionHostPid?: number;
}

interface Progress {
  readonly kind: 'start' | 'pass' | 'pending' | 'fail';
  readonly title: readonly string[];
  readonly ms: number | null;
  readonly error?: string;
}

export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const host = await startHost({ ...options, insideTests: true });
  try {
    return await runSuiteOn(host, options);
  } finally {
    await host.stop();
  }
}

/** The same on a host that is there already, started with `insideTests`. */
export async function runSuiteOn(host: Host, options: SuiteOptions): Promise<SuiteResult> {
  const log = options.log ?? console.log;
  const dir = mkdtempSync(join(host.tempDir, 'suite-'));
  const progressFile = join(dir, 'progress.ndjson');
  const resultFile = join(dir, 'result.json');
  const testsPath = join(dir, 'index.cjs');
  const config = {
    mocha: createRequire(import.meta.url).resolve('mocha'),
    files: options.files.map((file) => resolve(file)),
    progressFile,
    resultFile,
    mochaOptions: options.mochaOptions ?? {},
  };
  const entry = join(dirname(fileURLToPath(import.meta.url)), 'suite-entry.cjs');
  writeFileSync(progressFile, '');
  writeFileSync(testsPath, `exports.run = () => require(${JSON.stringify(entry)}).runMocha(${JSON.stringify(config)});\n`);
  let extensionDir = options.extensionDir;
  if (extensionDir === undefined) {
    // VS Code runs tests in a window with an extension under development only; an empty one will do beside a VSIX.
    extensionDir = join(dir, 'empty-extension');
    mkdirSync(extensionDir);
    writeFileSync(
      join(extensionDir, 'package.json'),
      JSON.stringify({ name: 'empty', publisher: 'vscode-host', version: '0.0.0', engines: { vscode: '*' } }),
    );
  }

  const session = await openBrowser(host.installation.chromium);
  const { page, messages } = session;
  const report = reporter(progressFile, log);
  try {
    let exitCode: number | undefined;
    let exitedAt = Infinity;
    let broken: string | undefined;
    // The workbench calls this one when the extension host has ended after its tests.
    await page.exposeFunction('codeAutomationExit', (code: number) => {
      exitCode = code;
      exitedAt = performance.now();
    });
    page.on('crash', () => {
      broken = 'The page of the workbench crashed.';
    });
    await page.goto(host.pageUrl({ extensionDir, testsPath }), { waitUntil: 'domcontentloaded' });
    const until = performance.now() + (options.timeoutMs ?? 120_000);
    let seenHost: number | undefined;
    while (!existsSync(resultFile) && broken === undefined) {
      report.advance();
      const now = performance.now();
      const pids = host.extensionHostPids();
      if (now - exitedAt > 500) broken = `The extension host ended (${exitCode}) without a result.`;
      else if (seenHost !== undefined && !pids.includes(seenHost)) {
        await delay(300);
        if (!existsSync(resultFile)) broken = `The extension host (process ${seenHost}) died during the tests.`;
      } else if (now > until) broken = `No result after ${(options.timeoutMs ?? 120_000) / 1000} s.`;
      seenHost ??= pids[0];
      await delay(100);
    }
    report.advance();
    const result: Omit<SuiteResult, 'ok'> = existsSync(resultFile)
      ? (JSON.parse(readFileSync(resultFile, 'utf8')) as Omit<SuiteResult, 'ok'>)
      : { ...report.counts(), durationMs: 0, error: broken ?? 'No result.' };
    // No test at all is a mistake of the launcher, not a success.
    const ok = result.error === null && result.failures === 0 && result.passes > 0;
    report.summary(result);
    if (!ok) {
      if (result.error === null && result.passes === 0 && result.failures === 0) log('No test ran.');
      if (result.error !== null) {
        log(`\n${result.error}`);
        if (report.running() !== undefined) log(`It was in: ${report.running()}`);
        log(['\nLast messages of the page:', ...messages.slice(-20)].join('\n  '));
        log(`\nExtension host logs (end):\n${host.extensionHostLog().slice(-4000)}`);
        log(`\nServer (end):\n${host.output().slice(-2000)}`);
      }
      const picture = resolve(options.screenshotFile ?? 'vscode-suite-failure.png');
      mkdirSync(dirname(picture), { recursive: true });
      const taken = await page.screenshot({ path: picture, timeout: 10_000 }).then(
        () => true,
        () => false,
      );
      if (taken) log(`\nThe window: ${picture}`);
    }
    return { ...result, ok };
  } finally {
    await session.close().catch(() => undefined);
    rmSync(dir, { recursive: true, force: true });
  }
}

function reporter(progressFile: string, log: (line: string) => void) {
  const counts = { passes: 0, failures: 0, pending: 0 };
  const failed: Progress[] = [];
  let read = 0;
  let groups: readonly string[] = [];
  let current: string | undefined;
  return {
    counts: () => counts,
    running: () => current,
    advance(): void {
      const whole = readFileSync(progressFile, 'utf8');
      const end = whole.lastIndexOf('\n') + 1;
      const fresh = whole.slice(read, end);
      read = end;
      for (const line of fresh.split('\n').filter(Boolean)) {
        const event = JSON.parse(line) as Progress;
        if (event.kind === 'start') {
          current = event.title.join(' › ');
          continue;
        }
        current = undefined;
        const path = event.title.slice(0, -1);
        path.forEach((group, depth) => {
          if (group !== groups[depth] || path.slice(0, depth).some((other, at) => other !== groups[at])) log(`${'  '.repeat(depth + 1)}${group}`);
        });
        groups = path;
        const indent = '  '.repeat(path.length + 1);
        const title = event.title.at(-1) ?? '';
        if (event.kind === 'pass') {
          counts.passes += 1;
          log(`${indent}✔ ${title}${(event.ms ?? 0) > 75 ? ` (${event.ms} ms)` : ''}`);
        }
        if (event.kind === 'pending') {
          counts.pending += 1;
          log(`${indent}- ${title}`);
        }
        if (event.kind === 'fail') {
          counts.failures += 1;
          failed.push(event);
          log(`${indent}${failed.length}) ${title}`);
        }
      }
    },
    summary(result: Omit<SuiteResult, 'ok'>): void {
      log(
        `\n  ${result.passes} passing (${(result.durationMs / 1000).toFixed(1)} s)${result.pending > 0 ? `, ${result.pending} pending` : ''}${result.failures > 0 ? `, ${result.failures} failing` : ''}`,
      );
      failed.forEach((event, at) => log(`\n  ${at + 1}) ${event.title.join(' › ')}\n${(event.error ?? '').replace(/^/gm, '     ')}`));
    },
  };
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      extension: { type: 'string' },
      vsix: { type: 'string' },
      workspace: { type: 'string' },
      timeout: { type: 'string', default: '120' },
      env: { type: 'string', multiple: true, default: [] },
      screenshot: { type: 'string' },
      restricted: { type: 'boolean', default: false },
      cache: { type: 'string' },
    },
  });
  if (values.workspace === undefined || positionals.length === 0) {
    console.error(
      'usage: node run-suite.ts (--extension DIR | --vsix FILE) --workspace DIR [--restricted] [--timeout SECONDS] [--env KEY=VALUE]… [--screenshot FILE] [--cache DIR] TEST-FILE…',
    );
    process.exit(2);
  }
  try {
    const result = await runSuite({
      ...(values.extension === undefined ? {} : { extensionDir: values.extension }),
      ...(values.vsix === undefined ? {} : { vsixFile: values.vsix }),
      ...(values.screenshot === undefined ? {} : { screenshotFile: values.screenshot }),
      ...(values.cache === undefined ? {} : { cacheDir: values.cache }),
      workspace: values.workspace,
      trustDisabled: !values.restricted,
      timeoutMs: Number(values.timeout) * 1000,
      env: Object.fromEntries(values.env.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
      files: positionals,
    });
    process.exitCode = result.ok ? 0 : 1;
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
