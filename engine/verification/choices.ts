import type { Answer, Candidate, Project, ProjectCommand } from '../detection/index.ts';
import type { Store } from '../store/index.ts';
import { shellLine } from './shell-line.ts';
import type { Alternative } from './verify.ts';

/** Below this a command is a guess that is not run unasked. */
const LEAST_CONFIDENCE = 0.35;
/** An answer that is right this often is taken without asking, whatever else there is. */
const SURE = 0.9;
/** Another that would be nearly as likely as the first if that were not there is a choice for a person. */
const NEARLY = 0.9;

type Question = Alternative['purpose'];
/** The answer of who does not want to be asked. */
const DECLINED = 'no';

/** Which of the detected commands are run: what a person chose once, else the likeliest. */
export const choose = {
  /**
   * The commands that prove that a project compiles: its build and, where that is another one, its type check. The command that runs its tests is neither, though it may
   * do this, too: what else it does would be taken for an error of the code.
   */
  compile(project: Project, store: Store | undefined): { commands: ProjectCommand[]; alternatives: Alternative[] } {
    const tests = pick(project, 'test', store).taken?.value;
    const but = tests && shellLine(tests);
    const [check, build] = [pick(project, 'typecheck', store, but), pick(project, 'build', store, but)];
    const taken = [check.taken, build.taken].filter((one) => one !== undefined).map(({ value }) => value);
    const commands = taken.filter((one, i) => taken.findIndex((other) => shellLine(other) === shellLine(one)) === i);
    return { commands, alternatives: [...check.alternatives, ...build.alternatives] };
  },

  /** The command that starts its app. */
  start(project: Project, store: Store | undefined): { command: ProjectCommand | undefined; alternatives: Alternative[] } {
    const { taken, alternatives } = pick(project, 'start', store);
    return { command: taken?.value, alternatives };
  },

  /** The command that runs a project's tests, and what else may run them where its program is missing: nothing in the place of what a person chose. */
  test(
    project: Project,
    store: Store | undefined,
  ): { command: ProjectCommand | undefined; instead: readonly ProjectCommand[]; alternatives: Alternative[] } {
    const { taken, chosen, alternatives } = pick(project, 'test', store);
    const instead = chosen ? [] : project.commands.test.map(({ value }) => value).filter((value) => value !== taken?.value);
    return { command: taken?.value, instead, alternatives };
  },
};

/** Remembers what a person chose for a question. */
export function rememberChoice(store: Store, project: Project, question: Question, command: ProjectCommand): void {
  store.run('INSERT OR REPLACE INTO choice VALUES (?, ?)', keyOf(project, question), shellLine(command, project.directory));
}

/** Remembers that a person does not want to be asked whether dependencies are installed. */
export function declineInstall(store: Store, project: Project): void {
  store.run('INSERT OR REPLACE INTO choice VALUES (?, ?)', keyOf(project, 'install'), DECLINED);
}

/** Whether a person said so. */
export function declinesInstall(store: Store | undefined, project: Project): boolean {
  return store?.get('SELECT answer FROM choice WHERE question = ?', keyOf(project, 'install'))?.['answer'] === DECLINED;
}

function pick(
  project: Project,
  question: Question,
  store: Store | undefined,
  but?: string,
): { taken: Candidate<ProjectCommand> | undefined; chosen?: boolean; alternatives: Alternative[] } {
  const all = without(project.commands[question], but);
  const answer = store?.get('SELECT answer FROM choice WHERE question = ?', keyOf(project, question))?.['answer'];
  const remembered = all.find(({ value }) => shellLine(value, project.directory) === answer);
  if (remembered) return { taken: remembered, chosen: true, alternatives: [] };
  const [taken] = all;
  if (!taken || taken.confidence < LEAST_CONFIDENCE) return { taken: undefined, alternatives: [] };
  const others = rivals(all);
  return { taken, alternatives: others.length > 0 ? [{ purpose: question, taken, others }] : [] };
}

/** The answers but one command; the others are as likely as they would be if that were not there. */
function without(all: Answer<ProjectCommand>, but: string | undefined): Answer<ProjectCommand> {
  const dropped = all.filter(({ value }) => shellLine(value) === but).reduce((sum, { confidence }) => sum + confidence, 0);
  if (dropped === 0) return all;
  return all.filter(({ value }) => shellLine(value) !== but).map((one) => ({ ...one, confidence: dropped < 1 ? one.confidence / (1 - dropped) : 0 }));
}

/** The answers that are about as good as the first. The confidence of each but the first is what those before it leave; what is compared is what it rests on. */
function rivals([first, ...others]: Answer<ProjectCommand>): Answer<ProjectCommand> {
  if (!first || first.confidence >= SURE) return [];
  let left = 1 - first.confidence;
  return others.filter(({ confidence }) => {
    const alone = confidence / left;
    left -= confidence;
    return alone >= first.confidence * NEARLY;
  });
}

/** Two projects of different ecosystems may share a directory, and with it a store. */
function keyOf({ ecosystem }: Project, question: Question | 'install'): string {
  return `${ecosystem} ${question}`;
}
