import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Auditor, auditFiles } from '../engine/audit/index.ts';
import { findTestFiles } from '../engine/workspace/index.ts';
import { BREAKAGES, LONG, longLines, sameNumbers } from './support/broken.ts';

/**
 * Whether any text brings the test audit down: what bench/README.md says of it.
 *   files CHECKOUTS [NAME…]    all test files of the repositories that lie in a folder, or of some of them, one repository after the other
 *   broken CHECKOUTS [COUNT]   so many of their test files (300), broken in each way of bench/support/broken.ts, and lines of 2 MB
 *   long [LANGUAGE…]           lines of 2 MB alone, in some of js, ts, py, go and rs
 * Ends with 1 where a file was lost without a reason, and is killed where one takes longer than two minutes of processor time.
 */
const STUCK_SECONDS = 120;

const LANGUAGES = ['js', 'ts', 'py', 'go', 'rs'];

const [mode, checkouts = '.', ...args] = process.argv.slice(2);
const defects: string[] = [];
const slow: { what: string; seconds: number }[] = [];
const watch = watchdog();

/** Looks at texts, and remembers what came of it. */
class Looker {
  readonly auditor: Auditor;
  #texts = 0;
  #tests = 0;

  private constructor(auditor: Auditor) {
    this.auditor = auditor;
  }

  static async create(): Promise<Looker> {
    return new Looker(await Auditor.create());
  }

  /** Looks at a text; where another one is given, as an editor sees it: that text becomes the broken one, and is what it was again. */
  async look(what: string, file: string, text: string, before?: string): Promise<void> {
    watch(`${file}, ${what}`);
    const start = processorSeconds();
    try {
      await this.auditor.prepare(file);
      const audit = this.auditor.audit(file, text);
      if (before !== undefined) for (const one of [before, text, before]) this.auditor.auditAgain(file, one);
      this.auditor.forget(file);
      this.#tests += audit?.tests.length ?? 0;
      if (!audit && text.length <= LONG) defects.push(`${file}, ${what}: no reason`);
    } catch (error) {
      defects.push(`${file}, ${what}: ${String(error)}`);
    }
    this.#texts++;
    slow.push({ what: `${file}, ${what}, ${text.length} units`, seconds: processorSeconds() - start });
  }

  told(): string {
    return `${this.#texts} broken texts with ${this.#tests} tests; ${defects.length} lost`;
  }
}

if (mode === 'files') await files(args.length > 0 ? args : readdirSync(checkouts));
else if (mode === 'broken') await broken(Number(args[0] ?? 300));
else if (mode === 'long') await long(await Looker.create(), process.argv.length > 3 ? process.argv.slice(3) : LANGUAGES);
else throw new Error('files, broken or long?');
slow.sort((a, b) => b.seconds - a.seconds);
for (const { what, seconds } of slow.slice(0, 8)) process.stdout.write(`  ${seconds.toFixed(1)} s of processor time: ${what}\n`);
for (const defect of defects) process.stdout.write(`  LOST ${defect}\n`);
process.exit(defects.length > 0 ? 1 : 0);

async function files(names: readonly string[]): Promise<void> {
  const counts = { repositories: 0, files: 0, tests: 0, refused: 0 };
  for (const name of names) {
    const folder = path.join(path.resolve(checkouts), name);
    const found = await findTestFiles(folder);
    const start = processorSeconds();
    const audited = await auditFiles(found, { signal: new AbortController().signal, report: ({ done }) => watch(`${name}, behind file ${done}`) });
    slow.push({ what: `${name}, ${found.length} files`, seconds: processorSeconds() - start });
    counts.repositories++;
    counts.files += found.length;
    counts.tests += audited.reduce((sum, { audit }) => sum + (audit?.tests.length ?? 0), 0);
    for (const { file, audit, defect } of audited) {
      if (defect) defects.push(`${file}: ${defect}`);
      else if (!audit && !isRefused(file)) defects.push(`${file}: no reason`);
      else if (!audit) counts.refused++;
    }
    if (audited.length < found.length) defects.push(`${name}: ${found.length - audited.length} files`);
  }
  process.stdout.write(
    `${counts.files} files of ${counts.repositories} repositories, ${counts.tests} tests; ${counts.refused} files are too large or cannot be read; ${defects.length} lost\n`,
  );
}

function isRefused(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').length > LONG || /\.d\.[cm]?ts$/.test(file);
  } catch {
    return true;
  }
}

async function broken(count: number): Promise<void> {
  const all = (await Promise.all(readdirSync(checkouts).map((name) => findTestFiles(path.join(path.resolve(checkouts), name))))).flat().sort();
  const next = sameNumbers(1);
  const looker = await Looker.create();
  for (let i = 0; i < count; i++) {
    const file = all[Math.floor(next() * all.length)] as string;
    const bytes = readFileSync(file);
    if (bytes.length > LONG) continue;
    for (const [how, breakIt] of Object.entries(BREAKAGES))
      await looker.look(how, file, breakIt(bytes, next).toString('utf8'), bytes.toString('utf8'));
    if (i % 10 !== 9) continue;
    looker.auditor.lookAgain();
    process.stderr.write(`${i + 1} files: ${looker.told()}\n`);
  }
  await long(looker, LANGUAGES);
}

async function long(looker: Looker, languages: readonly string[]): Promise<void> {
  for (const ending of languages) {
    const name = ending === 'go' ? 'a_test.go' : ending === 'rs' ? 'tests/a.rs' : ending === 'py' ? 'test_a.py' : `a.test.${ending}`;
    for (const [how, text] of Object.entries(longLines(ending))) {
      await looker.look(how, path.resolve(name), text);
      const { what, seconds } = slow.at(-1) as (typeof slow)[number];
      process.stderr.write(`${seconds.toFixed(1)} s: ${what}\n`);
    }
  }
  process.stdout.write(`${looker.told()}\n`);
}

/** The processor time of this process so far. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Tells a thread what is looked at, which ends everything if it does not hear of another thing for too long. */
function watchdog(): (what: string) => void {
  const code = `
    const { parentPort } = require('node:worker_threads');
    const seconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
    let what = 'nothing', at = seconds();
    parentPort.on('message', (next) => { what = next; at = seconds(); });
    setInterval(() => {
      if (seconds() - at < ${STUCK_SECONDS}) return;
      require('node:fs').writeSync(1, 'STUCK at ' + what + '\\n');
      process.kill(process.pid, 'SIGKILL');
    }, 1000);`;
  const worker = new Worker(code, { eval: true });
  worker.unref();
  return (what) => worker.postMessage(what);
}
