import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { detectIn, draftsIn } from '../engine/detection/detect.ts';
import type { Answer, Project } from '../engine/detection/index.ts';
import { readTree } from '../engine/detection/text/read-tree.ts';
import type { Tree } from '../engine/detection/text/tree.ts';
import { GROUNDS, type Ground } from '../engine/detection/weighing/grounds.ts';
import type { Draft } from '../engine/detection/weighing/proposal.ts';
import { leadingGround } from '../engine/detection/weighing/weigh.ts';
import { canonical, expectedCalibrationError, type Outcome, type TruthFile } from './detection/scoring.ts';
import { machine } from './support/machine.ts';
import { table } from './support/numbers.ts';

/**
 * How often detection answers as a repository's own continuous integration does, with what it reads of that hidden, and how well its confidences hold.
 * CHECKOUTS has a checkout of each repository of detection/truth.json as OWNER+NAME.
 *
 *     node bench/detection.ts [--set tune | "third held out"] [--shown] CHECKOUTS…
 *
 * `--shown` leaves continuous integration where it can be read.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { set: { type: 'string' }, shown: { type: 'boolean' } } });
const QUESTIONS = ['manager', 'test', 'build'] as const;
const truth = JSON.parse(readFileSync(new URL('detection/truth.json', import.meta.url), 'utf8')) as TruthFile;

const outcomes: Outcome[] = [];
const misses: string[][] = [];
const missing: string[] = [];
const uncited: string[] = [];
for (const one of truth.repositories) {
  if (values.set !== undefined && one.set !== values.set) continue;
  const directory = positionals.map((folder) => path.join(folder, one.repository.replace('/', '+'))).find(existsSync);
  if (directory === undefined) {
    missing.push(one.repository);
    continue;
  }
  const whole = await readTree(directory);
  const tree = values.shown ? whole : withoutCi(whole);
  const detection = detectIn(tree);
  const project = detection.projects.find(({ ecosystem, directory: at }) => ecosystem === one.ecosystem && at === directory);
  if (!project || !citesAll(project)) uncited.push(one.repository);
  const draft = draftsIn(tree).find(({ ecosystem, directory: at }) => ecosystem === one.ecosystem && at === '');
  for (const question of QUESTIONS) {
    const answer = textOf(project, question);
    const wanted = (question === 'manager' ? one.manager : one[question].equal).map(canonical);
    const right = answer === undefined ? wanted.length === 0 : wanted.includes(canonical(answer.text));
    outcomes.push({ ...one, question, right, confidence: answer?.confidence, ground: answer && draft && groundOf(draft, question, answer.text) });
    if (!right)
      misses.push([one.repository, one.set, question, answer ? `${answer.text} (${answer.confidence})` : 'none', wanted.join(', ') || 'none']);
  }
}

process.stdout.write(`${machine()}\n\n`);
const sets = [...new Set(outcomes.map(({ set }) => set))].flatMap((set) => [
  { name: set, of: outcomes.filter((one) => one.set === set) },
  ...['node', 'python', 'go', 'rust'].map((ecosystem) => ({
    name: `${set}, ${ecosystem}`,
    of: outcomes.filter((one) => one.set === set && one.ecosystem === ecosystem),
  })),
]);
const groups = [{ name: 'all', of: outcomes }, ...sets];
process.stdout.write(
  table(
    ['repositories', 'number', 'manager', 'test command', 'build command', 'expected calibration error'],
    groups.map(({ name, of }) => [
      name,
      String(of.length / QUESTIONS.length),
      ...QUESTIONS.map((question) => share(of.filter((one) => one.question === question))),
      expectedCalibrationError(of).toFixed(3),
    ]),
  ),
);
process.stdout.write(`\n${table(['repository', 'set', 'question', 'answer', 'what CI runs, or an equal of it'], misses)}`);
process.stdout.write(`\n${table(['an answer rests on', 'answers', 'right', 'believed to be'], groundRows())}`);
if (missing.length > 0) process.stdout.write(`\nno checkout: ${missing.join(', ')}\n`);
process.stdout.write(`\nanswers without file and line: ${uncited.length === 0 ? 'none' : uncited.join(', ')}\n`);

function textOf(project: Project | undefined, question: (typeof QUESTIONS)[number]): { text: string; confidence: number } | undefined {
  if (question === 'manager') {
    const first = project?.manager[0];
    return first && { text: first.value.name, confidence: first.confidence };
  }
  const first = project?.commands[question][0];
  return first && { text: first.value.argv.join(' '), confidence: first.confidence };
}

function groundOf(draft: Draft, question: (typeof QUESTIONS)[number], text: string): Ground | undefined {
  if (question === 'manager') return leadingGround(draft.manager, ({ name }) => name === text);
  return leadingGround(draft.commands[question], ({ argv }) => argv.join(' ') === text);
}

/** How often answers on each ground are right, beside how often they are believed to be. */
function groundRows(): string[][] {
  const grounds = [...new Set(outcomes.flatMap(({ ground }) => ground ?? []))].sort();
  return grounds.map((ground) => {
    const of = outcomes.filter((one) => one.ground === ground);
    const right = of.filter((one) => one.right).length;
    return [ground, String(of.length), String(right), GROUNDS[ground].toFixed(2)];
  });
}

function citesAll({ manager, framework, coverage, commands }: Project): boolean {
  const answers: Answer<unknown>[] = [manager, framework, coverage, ...Object.values(commands)];
  return answers.flat().every(({ evidence }) => evidence.length > 0 && evidence.every(({ file, line }) => file !== undefined && (line ?? 0) > 0));
}

/** The workspace without the files that configure continuous integration. */
function withoutCi(tree: Tree): Tree {
  const hidden =
    /^(\.github|\.circleci|\.gitlab|\.buildkite|\.azure-pipelines)(\/|$)|^(\.travis|\.gitlab-ci|azure-pipelines|\.?appveyor|bitbucket-pipelines|\.cirrus)\.ya?ml$/;
  return tree.without((file) => hidden.test(file));
}

function share(of: readonly Outcome[]): string {
  const right = of.filter((one) => one.right).length;
  return of.length === 0 ? '–' : `${right} of ${of.length} (${((100 * right) / of.length).toFixed(1)} %)`;
}
