import path from 'node:path';
import type { Project } from '../engine/detection/index.ts';
import type { TestLocator } from '../engine/mutation/index.ts';
import {
  configuredCommands,
  declineInstall,
  declinesInstall,
  EvidenceShelf,
  type NamedCommands,
  type Proof,
  planRung,
  type RanTest,
  RUNGS,
  type Rung,
  readCoverage,
  rememberChoice,
  shellLine,
} from '../engine/verification/index.ts';
import { relativePosix } from '../engine/workspace/index.ts';
import { choicesOf } from './command-choices.ts';
import { toUri } from './convert.ts';
import { describeCovered } from './coverage-views.ts';
import { Places } from './places.ts';
import { type KnownProject, Projects } from './projects.ts';
import { describeProof, describeTests, summarize, summarizePoint } from './proof-views.ts';
import type {
  ChooseParams,
  CoverageDetail,
  CoveredParams,
  Ladder,
  LadderStep,
  ProofDetail,
  ProofParams,
  ProvenTests,
  ShownCoverage,
  TestName,
} from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** How many proofs are kept in mind: the newest of each rung are asked for again and again. */
const KEPT = 120;

/** A proof of a project. */
export interface ProjectProof extends KnownProject {
  proof: Proof;
  /** Absolute path of its log. */
  log: string;
}

/** What is known of the rungs of projects: detection says what would be run, the stores what came of it. */
export class Ladders {
  readonly projects: Projects;
  readonly #workspace: Workspace;
  readonly #locator: TestLocator;
  readonly #proofs = new Map<string, Promise<Proof | undefined>>();

  constructor(workspace: Workspace, locator: TestLocator) {
    this.#workspace = workspace;
    this.#locator = locator;
    this.projects = new Projects(workspace);
  }

  /** All projects of the open folders with their rungs. */
  async all(): Promise<Ladder[]> {
    return Promise.all((await this.projects.all()).map((known) => this.#ladder(known)));
  }

  /** A proof with what it found, placed in the texts of now; null where its evidence is gone. */
  async proof(params: ProofParams): Promise<ProofDetail | null> {
    const found = await this.#proof(params);
    return found ? describeProof(found.proof, found.log, new Places(this.#workspace, this.#locator, found.proof)) : null;
  }

  /** The newest proofs of a rung of all projects. */
  async newest(rung: Rung): Promise<ProjectProof[]> {
    const found = await Promise.all(
      (await this.projects.all()).map(async (known): Promise<ProjectProof | undefined> => {
        const shelf = this.#shelf(known.project);
        const [point] = shelf?.points(known.project.ecosystem, rung, 1) ?? [];
        const proof = shelf && point && (await this.#read(shelf, known.project, point.id));
        return proof && { ...known, proof, log: shelf.logOf(point.id) };
      }),
    );
    return found.filter((one) => one !== undefined);
  }

  /** What all newest proofs are called: another answer means that there are others. */
  async revision(): Promise<string> {
    const all = await this.projects.all();
    const ids = all.map(({ id, project }) => {
      const shelf = this.#shelf(project);
      return [id, ...RUNGS.map((rung) => shelf?.points(project.ecosystem, rung, 1)[0]?.id ?? '')].join(' ');
    });
    return ids.join('\n');
  }

  /** The tests of a proof, else of the newest proofs of all projects, where they stand now. */
  async tests(params?: ProofParams): Promise<ProvenTests[]> {
    const one = params && (await this.#proof(params));
    const all = params ? (one ? [one] : []) : await this.newest('test');
    return Promise.all(all.map(({ id, proof }) => describeTests(id, proof, new Places(this.#workspace, this.#locator, proof))));
  }

  /** How much of each file the tests of a proof ran. */
  async coverage(params: ProofParams): Promise<ShownCoverage[]> {
    const found = await this.#proof(params);
    return (found?.proof.coverage?.files ?? []).map(({ file, counts }) => ({ uri: toUri(file), counts }));
  }

  /** What of a file the tests of a proof ran; null where its evidence is gone. */
  async coveredFile({ uri, ...params }: CoveredParams): Promise<CoverageDetail | null> {
    const known = await this.#find(params.project);
    const files = known ? await readCoverage(known.project.directory, params.proof) : [];
    const file = files.find((one) => toUri(one.file) === uri);
    return file ? describeCovered(file) : null;
  }

  /** The tests that are called so in the newest proof of a project. */
  async named(project: string, names: readonly TestName[]): Promise<RanTest[]> {
    const wanted = new Set(names.map(({ uri, title }) => JSON.stringify([uri, title])));
    const newest = (await this.newest('test')).find(({ id }) => id === project);
    return (newest?.proof.tests?.tests ?? []).filter(({ file, title }) =>
      wanted.has(JSON.stringify([file === undefined ? null : toUri(file), title])),
    );
  }

  /** Remembers which command a person chose for a purpose. */
  async choose({ project: id, purpose, line }: ChooseParams): Promise<void> {
    const known = await this.#find(id);
    const candidate = known?.project.commands[purpose].find(({ value }) => shellLine(value, known.project.directory) === line);
    if (known && candidate) rememberChoice(this.#workspace.books.of(known.project.directory).store, known.project, purpose, candidate.value);
  }

  /** Remembers that a person does not want to be asked whether dependencies are installed. */
  async declineInstall({ project: id }: { project: string }): Promise<void> {
    const known = await this.#find(id);
    if (known) declineInstall(this.#workspace.books.of(known.project.directory).store, known.project);
  }

  /** Whether a person said so. */
  declinesInstall(project: Project): boolean {
    return declinesInstall(this.#workspace.books.existing(project.directory)?.store, project);
  }

  async #proof({ project, proof: proofId }: ProofParams): Promise<ProjectProof | undefined> {
    const known = await this.#find(project);
    const shelf = known && this.#shelf(known.project);
    const proof = shelf && (await this.#read(shelf, known.project, proofId));
    return proof && { ...known, proof, log: shelf.logOf(proofId) };
  }

  async #find(id: string): Promise<KnownProject | undefined> {
    return (await this.projects.all()).find((one) => one.id === id);
  }

  async #ladder(known: KnownProject): Promise<Ladder> {
    const { project, id } = known;
    const { directory, name, ecosystem, language, manager, framework } = project;
    const folder = this.#workspace.folderOf(directory) ?? directory;
    const inFolder = relativePosix(folder, directory) || '.';
    const named = await configuredCommands(directory);
    const several = this.#workspace.folders.length > 1;
    return {
      ...{ id, name, ecosystem, language, uri: toUri(directory) },
      path: several ? path.posix.join(path.basename(folder), inFolder) : inFolder,
      tools: [...manager.slice(0, 1), ...framework].map(({ value }) => [value.name, value.version].filter(Boolean).join(' ')),
      steps: await Promise.all(RUNGS.map((rung) => this.#step(rung, project, named))),
    };
  }

  async #step(rung: Rung, project: Project, named: NamedCommands): Promise<LadderStep> {
    const shelf = this.#shelf(project);
    const plan = planRung(rung, project, this.#workspace.books.existing(project.directory)?.store, named);
    const trend = shelf?.points(project.ecosystem, rung) ?? [];
    const last = trend.at(-1);
    const proof = shelf && last && (await this.#read(shelf, project, last.id));
    return {
      rung,
      commands: 'failure' in plan ? [] : plan.commands.map((command) => shellLine(command, project.directory)),
      choices: choicesOf(rung, project, named),
      // Which project it is stands above it.
      cannot: 'failure' in plan ? { ...plan.failure, message: plan.failure.message.replace(project.directory, project.name) } : null,
      newest: proof ? summarize(proof) : last ? summarizePoint(last) : null,
      trend,
    };
  }

  #shelf({ directory }: Project): EvidenceShelf | undefined {
    const book = this.#workspace.books.existing(directory);
    return book && new EvidenceShelf(directory, book.store);
  }

  #read(shelf: EvidenceShelf, { directory }: Project, id: string): Promise<Proof | undefined> {
    const key = `${directory}\n${id}`;
    const known = this.#proofs.get(key) ?? shelf.read(id);
    // Put at the end, so that what was not asked for longest comes first.
    this.#proofs.delete(key);
    this.#proofs.set(key, known);
    const [oldest] = this.#proofs.keys();
    if (this.#proofs.size > KEPT && oldest !== undefined) this.#proofs.delete(oldest);
    return known;
  }
}
