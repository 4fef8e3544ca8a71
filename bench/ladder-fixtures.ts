/**
 * The workspaces of `fixtures/ladder/`, installed and proved for real: `node bench/ladder-fixtures.ts [--level test] [--max-users 64] [--time-limit 3] [NAME …]` prints the table of bench/README.md.
 * Each is installed in a copy by the command that detection finds; its package manager must be on the PATH. `npm run build` must have run.
 */
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { detect } from '../engine/detection/index.ts';
import { shellLine } from '../engine/verification/index.ts';
import { verify } from '../test/support/proofs.ts';
import { runProgram } from './support/command.ts';
import { machine } from './support/machine.ts';
import { table } from './support/numbers.ts';
import { ROOT, temporaryFolder } from './support/temporary.ts';

const WORKSPACES = path.join(ROOT, 'fixtures', 'ladder');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    level: { type: 'string', default: 'test' },
    'max-users': { type: 'string', default: '64' },
    'time-limit': { type: 'string', default: '3' },
  },
});
const folders = readdirSync(WORKSPACES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const names = positionals.length > 0 ? positionals : folders.map(({ name }) => name);
const rows: string[][] = [];
console.error(machine());

for (const name of names) {
  const directory = path.join(temporaryFolder(), name);
  cpSync(path.join(WORKSPACES, name), directory, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' });
  const install = (await detect(directory)).projects[0]?.commands.install[0]?.value;
  if (!install) throw new Error(`Nothing says how ${name} is installed.`);
  const [program = '', ...args] = install.argv;
  const { status, output } = await runProgram(program, args, install.cwd, install.env, /^$/);
  if (status !== 0) throw new Error(`${install.argv.join(' ')} ended with ${status} in ${name}:\n${output}`);
  const { out, rungs } = await verify(directory, '--level', values.level, '--max-users', values['max-users'], '--time-limit', values['time-limit']);
  console.error(`\n${out}`);
  const said = Object.values(rungs).map(({ verdict, summary, commands }) => {
    const sign = { holds: '✓', fails: '✗' }[verdict ?? ''] ?? '?';
    const ran = commands.map(({ command }) => `\`${command}\``).join(', ');
    return `${sign} ${summary}${ran && ` (${ran})`}`;
  });
  rows.push([name, `\`${shellLine(install)}\``, said.join('; ')]);
}
console.log(table(['workspace', 'installed by', 'proved'], rows));
