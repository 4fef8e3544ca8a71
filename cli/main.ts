import { EXIT } from './exit.ts';
import { version } from './version.ts';

const HELP = `assay: proofs, not scores

  assay mutate [files|directories…]   break the code on purpose and see whether the tests notice

  assay <verb> --help                 the options of a verb
  assay --version
`;

const [verb, ...rest] = process.argv.slice(2);

switch (verb) {
  case 'mutate': {
    const { mutateCommand } = await import('./mutate.ts');
    try {
      process.exitCode = await mutateCommand(rest);
    } catch (error) {
      process.stderr.write(`assay: ${(error as Error).message}\n`);
      process.exitCode = EXIT.cannotRun;
    }
    break;
  }
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
