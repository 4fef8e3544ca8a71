import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';
import { shippedFile } from '../../installation/index.ts';
import type { Ask } from './asking.ts';
import { measuredByCargo } from './cargo/measuring.ts';
import { measuredByGo, readGo } from './go.ts';
import type { Coverage } from './model.ts';
import { COVERAGE_VARIABLE } from './node/folder.ts';
import { readMeasured } from './node-files.ts';
import { readPython } from './python/reports.ts';
import { ownCode } from './scope.ts';

/** Measures what a test command covers while it runs. */
export interface Measuring {
  /** What is to be run in the place of the command that was given. */
  command: ProjectCommand;
  /**
   * What was covered, when the command has ended.
   *
   * @param tests absolute paths of the files in which tests ran: they are no code under test
   */
  finish(tests: ReadonlySet<string>): Promise<Coverage>;
}

/**
 * Prepares to measure what the tests of a command cover, wherever below it they are started: V8 counts by itself in Node's processes, Jest, go and cargo are asked,
 * coverage.py is started by our plugin for pytest and by our piece in unittest's processes. Nothing is written to the workspace that the command does not write anyway, but to `.assay`.
 *
 * @param root absolute path of the project, whose code is told of
 * @param folder absolute path of a folder of the run; the caller removes it
 * @param around the environment that the command is going to get besides its own
 * @param ask runs what else has to be run: tools that read what was counted
 */
export async function measureCoverage(
  command: ProjectCommand,
  { root, folder, around, ask }: { root: string; folder: string; around: NodeJS.ProcessEnv; ask: Ask },
): Promise<Measuring> {
  const inside = path.join(folder, 'coverage');
  mkdirSync(inside, { recursive: true });
  const { command: byGo, profile, ran } = measuredByGo(withVariables(command, inside, around), inside);
  const { command: measured, read: readCargo } = await measuredByCargo(byGo, { root, folder: inside, around, ask });
  return {
    command: measured,
    async finish(tests) {
      const wanted = ownCode(root, tests);
      const [node, go, python, cargo] = await Promise.all([
        readMeasured(inside, wanted),
        readGo(profile, ran, inside),
        readPython(inside),
        readCargo(),
      ]);
      // Tests of Rust stand in the files that they test.
      const wantedOfRust = ownCode(root, new Set());
      const others = {
        go: go.filter(({ file }) => wanted(file)),
        'coverage.py': python.files.filter(({ file }) => wanted(file)),
        'llvm-cov': cargo.files.filter(({ file }) => wantedOfRust(file)),
      };
      const files = [...node.files, ...Object.values(others).flat()];
      const notes = [...unknownNote(node.unknown, root), ...python.notes, ...cargo.notes];
      return {
        files,
        tools: [...node.tools, ...Object.entries(others).flatMap(([tool, read]) => (read.length > 0 ? [tool] : []))],
        notes: files.length + notes.length > 0 ? notes : [NOTHING],
      };
    },
  };
}

const NOTHING =
  'Coverage: nothing was measured. It is with Vitest, Jest, Mocha, node:test and other programs of Node, with go and cargo, and with pytest and unittest where coverage.py is installed.';

/** What has Node count, our preload tell the texts that it ran, and Python look whether it runs unittest; what other tools look for is where they are asked. */
function withVariables(command: ProjectCommand, folder: string, around: NodeJS.ProcessEnv): ProjectCommand {
  const file = shippedFile('dist', 'verify', 'coverage.cjs').replaceAll('\\', '/');
  const option = `--require=${/[\s"]/.test(file) ? JSON.stringify(file) : file}`;
  const before = (name: string) => command.env[name] ?? around[name];
  return {
    ...command,
    env: {
      ...command.env,
      [COVERAGE_VARIABLE]: folder,
      NODE_V8_COVERAGE: folder,
      NODE_OPTIONS: [option, before('NODE_OPTIONS')].filter(Boolean).join(' '),
      PYTHONPATH: [shippedFile('dist', 'verify', 'python-start'), before('PYTHONPATH')].filter(Boolean).join(path.delimiter),
    },
  };
}

function unknownNote(files: readonly string[], root: string): string[] {
  const [first] = files;
  if (first === undefined) return [];
  const which = files.length === 1 ? path.relative(root, first) : `${path.relative(root, first)} and ${files.length - 1} more files`;
  return [`Coverage: what ran of ${which} is not known, because the code that ran is another than the file's and was not told.`];
}
