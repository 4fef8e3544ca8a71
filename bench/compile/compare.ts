import path from 'node:path';
import { CompileOutput } from '../../engine/verification/compile/index.ts';
import type { Problem } from '../../engine/verification/index.ts';
import type { Expected, Sample } from './sample.ts';

/** A recorded output read, beside what the tool's machine form said. */
export interface Comparison {
  /** What both say, whatever the place and the words. */
  found: number;
  /** Expected, and not found. */
  missed: Expected[];
  /** Found, and not expected. */
  invented: Expected[];
  /** Found with another place, code or message. */
  misread: { expected: Expected; read: Expected }[];
}

const PROJECT = path.resolve('/project');

/** Reads a sample as if its project stood in a directory of its own. */
export function readSample(sample: Sample): Problem[] {
  const files = new Set(Object.keys(sample.project).map((file) => path.join(PROJECT, file)));
  const output = new CompileOutput(PROJECT, { exists: (file) => files.has(file), members: membersOf(sample) });
  for (const [stream, ...lines] of sample.output) for (const line of lines) output.push(stream, line.replaceAll('{project}', PROJECT));
  return output.problems();
}

/** Compares what is read in a sample with what is expected: first what is wholly the same, then what is the same but for one thing. */
export function compareSample(sample: Sample): Comparison {
  const read = readSample(sample).map((problem) => asExpected(problem, sample));
  // What a tool says of several targets alike is one problem.
  const expected = [...new Map(sample.expected.map((one) => [JSON.stringify(told(one, sample)), told(one, sample)])).values()];
  const misread: Comparison['misread'] = [];
  let found = 0;
  for (const same of [isSame, isNear]) {
    for (const one of [...expected]) {
      const at = read.findIndex((other) => same(one, other));
      if (at < 0) continue;
      const [other] = read.splice(at, 1);
      expected.splice(expected.indexOf(one), 1);
      found++;
      if (other && same === isNear) misread.push({ expected: one, read: other });
    }
  }
  return { found, missed: expected, invented: read, misread };
}

function membersOf(sample: Sample): { name: string; directory: string }[] {
  return Object.entries(sample.project)
    .filter(([file]) => /\/(package\.json|go\.mod|Cargo\.toml)$/.test(file))
    .map(([file, text]) => ({ name: /"?name"?[:= ]+"([^"]+)"/.exec(text)?.[1] ?? '', directory: path.join(PROJECT, path.dirname(file)) }));
}

function asExpected({ severity, code, message, file, range }: Problem, sample: Sample): Expected {
  const column = range && range.end.column !== Number.MAX_SAFE_INTEGER ? range.start.column : undefined;
  return told(
    {
      severity,
      message,
      ...(code !== undefined && { code }),
      ...(file !== undefined && { file: path.relative(PROJECT, file) }),
      ...(range && { line: range.start.line }),
      ...(column !== undefined && { column }),
    },
    sample,
  );
}

/** Leaves out what the sample says its output does not tell. */
function told({ code, column, ...rest }: Expected, sample: Sample): Expected {
  return {
    ...rest,
    message: rest.message.replaceAll('{project}', PROJECT),
    ...(code !== undefined && sample.codes !== false && { code }),
    ...(column !== undefined && sample.columns !== false && { column }),
  };
}

const PARTS = ['severity', 'code', 'message', 'file', 'line', 'column'] as const;

function isSame(one: Expected, other: Expected): boolean {
  return PARTS.every((part) => one[part] === other[part]);
}

/** The same kind of problem with the same message or the same place. */
function isNear(one: Expected, other: Expected): boolean {
  const place = one.file === other.file && one.line === other.line;
  return one.severity === other.severity && (one.message === other.message || place);
}
