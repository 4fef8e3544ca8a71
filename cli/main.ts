import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { EXIT } from './exit.ts';
import { refusedNode } from './runtime.ts';
import { version } from './version.ts';

const HELP = `assay: proofs, not scores

  assay mutate [files|directories…]   break the code on purpose and see whether the tests notice
  assay strengthen FILE               find tests that notice what no test notices
  assay audit [files|directories…]    tell how much each test checks, without running it
  assay detect [directory]            tell how it is built and tested, without running it
  assay verify [DIRECTORY]            prove that a project compiles, that its tests pass, and how much they notice

  assay <verb> --help                 the options of a verb
  assay --version
`;

const refused = refusedNode(process.versions.node);
if (refused === undefined) await obey(process.argv.slice(2));
else {
  process.stderr.write(`assay: ${refused}\n`);
  process.exitCode = EXIT.cannotRun;
}

async function obey([verb, ...rest]: string[]): Promise<void> {
  switch (verb) {
    case 'mutate':
      keepCompiled();
      await run(async () => (await import('./mutate.ts')).mutateCommand(rest));
      break;
    case 'strengthen':
      await run(async () => (await import('./strengthen.ts')).strengthenCommand(rest));
      break;
    case 'audit':
      await run(async () => (await import('./audit.ts')).auditCommand(rest));
      break;
    case 'detect':
      await run(async () => (await import('./detect.ts')).detectCommand(rest));
      break;
    case 'verify':
      await run(async () => (await import('./verify.ts')).verifyCommand(rest));
      break;
    case '--version':
    case '-v':
      process.stdout.write(`${version()}\n`);
      break;
    case '--help':
    case '-h':
    case undefined:
      process.stdout.write(HELP);
      break;
    default:
      process.stderr.write(`assay: there is no verb "${verb}".\n\n${HELP}`);
      process.exitCode = EXIT.cannotRun;
  }
}

/**
 * Has Node keep what it compiles of us where it keeps what it compiles of the framework, if a run was here before. Only where code of the project runs in any
 * case: what lies there may be the project's.
 */
function keepCompiled(): void {
  const folder = path.resolve('.assay', 'compile-cache');
  if (existsSync(folder)) module.enableCompileCache(folder);
}

async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.stderr.write(`assay: ${(error as Error).message}\n`);
    process.exitCode = EXIT.cannotRun;
  }
}
