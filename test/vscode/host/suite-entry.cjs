// Runs inside the extension host: Mocha over the given files, its progress line by line into one file, its result into another.
'use strict';

const { appendFileSync, renameSync, writeFileSync } = require('node:fs');

/**
 * @param {{ mocha: string, files: string[], progressFile: string, resultFile: string, mochaOptions: object }} config
 */
exports.runMocha = async (config) => {
  const tell = (event) => appendFileSync(config.progressFile, `${JSON.stringify(event)}\n`);
  const result = { passes: 0, failures: 0, pending: 0, durationMs: 0, error: null, extensionHostPid: process.pid, versions: process.versions };
  try {
    const Mocha = require(config.mocha);
    const describeError = (error) => {
      let text = error?.stack ?? String(error);
      // node:assert's own message shows the difference already.
      if (error?.code !== 'ERR_ASSERTION' && Mocha.reporters.Base.showDiff(error)) {
        const string = (value) => (typeof value === 'string' ? value : Mocha.utils.stringify(value));
        text += Mocha.reporters.Base.generateDiff(string(error.actual), string(error.expected));
      }
      for (let cause = error?.cause, depth = 0; cause && depth < 5; cause = cause.cause, depth++) text += `\nCaused by: ${cause.stack ?? cause}`;
      return text;
    };
    const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 20_000, reporter: function Silent() {}, ...config.mochaOptions });
    for (const file of config.files) mocha.addFile(file);
    await mocha.loadFilesAsync();
    await new Promise((done) => {
      const start = performance.now();
      const runner = mocha.run(() => {
        result.durationMs = Math.round(performance.now() - start);
        done();
      });
      const event = (kind, more) => (test) => tell({ kind, title: test.titlePath(), ms: test.duration ?? null, ...more });
      runner.on('test', event('start'));
      runner.on('pass', (test) => {
        result.passes += 1;
        event('pass')(test);
      });
      runner.on('pending', (test) => {
        result.pending += 1;
        event('pending')(test);
      });
      // Hooks fail here too, so this counts more than Mocha's own number of failed tests.
      runner.on('fail', (test, error) => {
        result.failures += 1;
        event('fail', { error: describeError(error) })(test);
      });
    });
  } catch (error) {
    result.error = error?.stack ?? String(error);
  }
  writeFileSync(`${config.resultFile}.part`, JSON.stringify(result));
  renameSync(`${config.resultFile}.part`, config.resultFile);
  if (result.error !== null || result.failures > 0) throw new Error(`${result.failures} failed${result.error === null ? '' : `: ${result.error}`}`);
};
