import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ProjectCommand } from '../../detection/index.ts';
import { shippedFile } from '../../process/index.ts';
import { measuredByGo, readGo } from './go.ts';
import type { Coverage } from './model.ts';
import { COVERAGE_VARIABLE } from './node/folder.ts';
import { readMeasured } from './node-files.ts';
import { readPython } from './python.ts';
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
 * Prepares to measure what the tests of a command cover, wherever below it they are started: V8 counts by itself in Node's processes, Jest and go are asked,
 * coverage.py is started by our plugin for pytest. Nothing is written to the workspace that the command does not write anyway.
 *
 * @param root absolute path of the project, whose code is told of
 * @param folder absolute path of a folder of the run; the caller removes it
 * @param around the environment that the command is going to get besides its own
 */
export function measureCoverage(command: ProjectCommand, root: string, folder: string, around: NodeJS.ProcessEnv): Measuring {
  const inside = path.join(folder, 'coverage');
  mkdirSync(inside, { recursive: true });
  const { command: measured, profile } = measuredByGo(withVariables(command, inside, around), inside);
  return {
    command: measured,
    async finish(tests) {
      const wanted = ownCode(root, tests);
      const [node, go, python] = await Promise.all([readMeasured(inside, wanted), readGo(profile, command.cwd, inside), readPython(inside)]);
      const files = [...node.files, ...[...go, ...python.files].filter(({ file }) => wanted(file))];
      const notes = [...unknownNote(node.unknown, root), ...python.notes];
      return {
        files,
        tools: [...node.tools, ...(go.length > 0 ? ['go'] : []), ...(python.files.length > 0 ? ['coverage.py'] : [])],
        notes: files.length + notes.length > 0 ? notes : [NOTHING],
      };
    },
  };
}

const NOTHING =
  'Coverage: nothing was measured. It is with Vitest, Jest, Mocha, node:test and other programs of Node, with go, and with pytest where coverage.py is installed.';

/** What has Node count, and our preload tell the texts that it ran; what other tools look for is where they are asked. */
function withVariables(command: ProjectCommand, folder: string, around: NodeJS.ProcessEnv): ProjectCommand {
  const file = shippedFile('dist', 'verify', 'coverage.cjs').replaceAll('\\', '/');
  const option = `--require=${/[\s"]/.test(file) ? JSON.stringify(file) : file}`;
  const before = command.env['NODE_OPTIONS'] ?? around['NODE_OPTIONS'];
  return {
    ...command,
    env: { ...command.env, [COVERAGE_VARIABLE]: folder, NODE_V8_COVERAGE: folder, NODE_OPTIONS: [option, before].filter(Boolean).join(' ') },
  };
}

function unknownNote(files: readonly string[], root: string): string[] {
  const [first] = files;
  if (first === undefined) return [];
  const which = files.length === 1 ? path.relative(root, first) : `${path.relative(root, first)} and ${files.length - 1} more files`;
  return [`Coverage: what ran of ${which} is not known, because the code that ran is another than the file's and was not told.`];
}
