import type { Candidate, Project, ProjectCommand } from '../detection/index.ts';
import type { Failure, JobContext } from '../model/index.ts';
import { Store } from '../store/index.ts';
import { type DeclaredProofs, NO_CONFIG, readProjectConfig } from '../workspace/index.ts';
import { proveCompiles } from './compile-rung.ts';
import { installDependencies, withoutDependencies } from './dependencies.ts';
import { EvidenceShelf, type Keeping } from './evidence.ts';
import { findUninstalled, madeEnvironment, type Uninstalled } from './install/index.ts';
import { type LoadRequest, proveHoldsLoad } from './load-rung.ts';
import type { Proof, RanTest, Rung } from './model.ts';
import { RUNGS } from './model.ts';
import { proveMutationScore } from './mutation-rung.ts';
import { namedCommands } from './named-commands.ts';
import { type NamedCommands, planRung, type RungPlan } from './plan.ts';
import { type NodeChoice, programFolders } from './program-folders.ts';
import { type ProofEvent, type ProofOptions, Proving } from './proving.ts';
import { proveTestsPass } from './test-rung.ts';

/** What is to be proved. */
export interface VerifyRequest {
  project: Project;
  /** The rungs to climb, from the lowest. */
  rungs: readonly Rung[];
  /** Commands that take the place of what the project's configuration names and of what is detected. */
  commands: NamedCommands;
  /** The tests to run where not all are. What they come to is no proof of the rung. */
  some?: readonly RanTest[];
  /** Whether the command that is named runs only some of them by itself. */
  isPartial?: boolean;
  /** Whether what the tests cover is measured. */
  coverage?: boolean;
  options: Omit<ProofOptions, 'programFolders'>;
  /** How the load rung is climbed. */
  load: LoadRequest;
  keeping: Keeping;
  node: NodeChoice;
  /** Whether dependencies that are not there are installed first. */
  install: boolean;
}

/** What became of a rung: a proof, with the dependencies that it was without where that kept it from being more, or why there is nothing to prove. */
export type RungOutcome = { rung: Rung; proof: Proof; without?: Uninstalled } | { rung: Rung; failure: Failure };

/** Another command that is about as likely as the one that was run. */
export interface Alternative {
  purpose: 'build' | 'typecheck' | 'test' | 'start';
  taken: Candidate<ProjectCommand>;
  others: readonly Candidate<ProjectCommand>[];
}

export interface VerifyOutcome {
  project: Project;
  rungs: readonly RungOutcome[];
  alternatives: readonly Alternative[];
  /** What a person should know about the store. */
  notices: readonly Failure[];
}

/** The rungs from the lowest up to one. */
export function rungsUpTo(level: Rung): Rung[] {
  return RUNGS.slice(0, RUNGS.indexOf(level) + 1);
}

/** Climbs the ladder of one project until a rung fails. What cannot be proved is a value; nothing is left running. */
export async function verify(request: VerifyRequest, context: JobContext<ProofEvent>): Promise<VerifyOutcome> {
  const { project } = request;
  const store = Store.open(project.directory);
  const shelf = new EvidenceShelf(project.directory, store);
  const rungs: RungOutcome[] = [];
  const alternatives: Alternative[] = [];
  const config = await readProjectConfig(project.directory);
  const declared = config.ok ? config.value.verify : NO_CONFIG.verify;
  const commands = { ...namedCommands(declared, project.directory), ...request.commands };
  const environment = [...request.options.environment, ...declared.environment];
  const load = loadOf(request.load, declared.load);
  const folders = await programFolders(project, request.node);
  const made = request.install && folders.length === 0 ? madeEnvironment(project) : [];
  const options: ProofOptions = { ...request.options, environment, programFolders: [...folders, ...made] };
  const uninstalled = await findUninstalled(project, folders, context.signal);
  let wanting = uninstalled !== undefined;
  const climb = async (rung: Rung): Promise<RungOutcome> => {
    const plan = planRung(rung, project, store, commands, load);
    if ('failure' in plan) {
      context.report({ kind: 'nothing', rung, failure: plan.failure });
      return { rung, failure: plan.failure };
    }
    alternatives.push(...plan.alternatives);
    const proving = await Proving.begin(project, rung, options, shelf, context);
    try {
      // An app that runs already has what it needs.
      if (uninstalled && wanting && (rung !== 'load' || plan.commands.length > 0)) {
        const finding = request.install ? await installDependencies(proving, uninstalled, options, context) : withoutDependencies(uninstalled);
        if (finding) return { rung, proof: await proving.end(finding, []), without: uninstalled };
        wanting = false;
      }
      return { rung, proof: await prove(rung, proving, plan) };
    } catch (error) {
      const notes = [`Assay itself could not go on: ${(error as Error).message}.`];
      return { rung, proof: await proving.end({ verdict: 'inconclusive', summary: 'It could not be proved', notes }, []) };
    }
  };
  const prove = (rung: Rung, proving: Proving, { commands, instead = [] }: Exclude<RungPlan, { failure: Failure }>): Promise<Proof> => {
    const [command] = commands;
    switch (rung) {
      case 'compile':
        return proveCompiles(proving, project, commands, options);
      case 'test':
        return proveTestsPass(proving, project, [command as ProjectCommand, ...instead], options, request);
      case 'mutation':
        return proveMutationScore(proving, project, context, request.node, options.offline);
      case 'load': {
        const asked = { ...load, request: { ...load.request, headers: proving.expand(load.request.headers) } };
        return proveHoldsLoad(proving, project, command, asked, options, context.signal);
      }
    }
  };
  try {
    for (const rung of request.rungs) {
      const outcome = await climb(rung);
      rungs.push(outcome);
      if (context.signal.aborted || ('proof' in outcome && (outcome.proof.verdict === 'fails' || outcome.without))) break;
    }
    await shelf.trim(request.keeping, Date.now());
    return {
      project,
      rungs,
      alternatives,
      notices: [...(config.ok ? [] : [config.failure]), ...store.notices],
    };
  } finally {
    store.close();
  }
}

/** The request that a project declares; where it goes is rather what a person says. */
function loadOf(asked: LoadRequest, { endpoint: declared, ...request }: NonNullable<DeclaredProofs['load']> = {}): LoadRequest {
  // As people write it: `localhost:3000/orders`.
  const endpoint = (asked.endpoint ?? declared)?.replace(/^(?=[\w.-]+:\d+(?:\/|$))/, 'http://');
  return { ...asked, ...(endpoint !== undefined && { endpoint }), request: { ...asked.request, ...request } };
}
