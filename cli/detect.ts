import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Answer,
  type Detection,
  detect,
  type NamedTool,
  type Project,
  type ProjectCommand,
  renderDetection,
} from '../engine/detection/index.ts';
import type { Evidence } from '../engine/model/index.ts';
import { kindOf, relativePosix } from '../engine/workspace/index.ts';
import { DETECT_HELP, parseDetectOptions } from './detect-options.ts';
import { EXIT } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { type Painter, painterFor } from './paint.ts';
import { version } from './version.ts';

/** `assay detect`: tells how the projects of a directory are built and tested. Answers the exit status. */
export async function detectCommand(args: string[]): Promise<number> {
  const parsed = parseDetectOptions(args);
  if ('error' in parsed) {
    process.stderr.write(`assay detect: ${parsed.error}\n\n${DETECT_HELP}`);
    return EXIT.cannotRun;
  }
  const { directory, json, help } = parsed.options;
  if (help) {
    process.stdout.write(DETECT_HELP);
    return EXIT.done;
  }
  const root = path.resolve(directory);
  if ((await kindOf(root)) !== 'directory') {
    process.stderr.write(`assay detect: there is no directory "${directory}".\n  Name one that exists.\n`);
    return EXIT.cannotRun;
  }
  const detection = await interruptible(async (signal) => {
    const found = await detect(root, signal);
    return signal.aborted ? undefined : found;
  });
  if (!detection) {
    process.stderr.write('Cancelled.\n');
    return EXIT.cancelled;
  }
  for (const { file, says } of detection.unread) process.stderr.write(`${relativePosix(process.cwd(), file ?? root)} was passed over: ${says}.\n`);
  for (const { says } of detection.foreign) process.stderr.write(`${says}: it tells of Node, Python, Go and Rust.\n`);
  if (json !== undefined) {
    const text = renderDetection(detection, version());
    if (json === '-') process.stdout.write(text);
    else await writeFile(json, text);
  }
  if (detection.projects.length === 0) {
    process.stderr.write('No project was found.\n  Name the directory that its manifest is in (package.json, pyproject.toml, go.mod, Cargo.toml).\n');
    return EXIT.cannotRun;
  }
  if (json !== '-') process.stdout.write(printed(detection, painterFor(process.stdout)));
  return EXIT.done;
}

const QUESTIONS = ['install', 'build', 'typecheck', 'test', 'start'] as const;

function printed({ directory, projects }: Detection, paint: Painter): string {
  return projects
    .map((project) => {
      const place = relativePosix(directory, project.directory) || '.';
      const members = project.members.length > 0 ? `, ${project.members.length} packages below it` : '';
      return `${paint.bold(project.name)} (${project.language}) in ${place}${members}\n${answers(project, directory, paint)}`;
    })
    .join('\n');
}

function answers(project: Project, directory: string, paint: Painter): string {
  const lines = [
    ...answerLines('manager', project.manager, toolText, directory, paint),
    ...answerLines('framework', project.framework, toolText, directory, paint),
    ...answerLines('coverage', project.coverage, toolText, directory, paint),
    ...QUESTIONS.flatMap((purpose) =>
      answerLines(purpose, project.commands[purpose], (command) => commandText(command, project.directory), directory, paint),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function answerLines<T>(question: string, answer: Answer<T>, text: (value: T) => string, directory: string, paint: Painter): string[] {
  if (answer.length === 0) return [`  ${question.padEnd(10)} ${paint.dim('unknown')}`];
  return answer.map(({ value, confidence, evidence }, i) => {
    const says = evidence[0] ? `${place(evidence[0], directory)}${evidence.length > 1 ? ` and ${evidence.length - 1} more` : ''}` : '';
    return `  ${(i === 0 ? question : '  or').padEnd(10)} ${text(value)}  ${`${Math.min(99, Math.round(confidence * 100))} %`}  ${paint.dim(says)}`;
  });
}

function toolText({ name, version: asked }: NamedTool): string {
  return asked === undefined ? name : `${name} ${asked}`;
}

function commandText({ argv, env, cwd }: ProjectCommand, directory: string): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value} `);
  const elsewhere = cwd === directory ? '' : ` (in ${relativePosix(directory, cwd)})`;
  return `${variables.join('')}${argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')}${elsewhere}`;
}

function place({ file, line }: Evidence, directory: string): string {
  return `${relativePosix(directory, file ?? '')}:${line}`;
}
