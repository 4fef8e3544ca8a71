import path from 'node:path';
import { detect, type Project } from '../engine/detection/index.ts';
import { hasStore } from '../engine/store/index.ts';
import { configuredCommands, EvidenceShelf, RUNGS } from '../engine/verification/index.ts';
import { isInside } from '../engine/workspace/index.ts';
import { toPath, toUri } from './convert.ts';
import type { Workspace } from './workspace.ts';

/** A project with the name that client and server call it by. */
export interface KnownProject {
  id: string;
  project: Project;
}

/** The projects of the open folders, as their manifests say; detected once, and again when these may have changed. */
export class Projects {
  readonly #workspace: Workspace;
  readonly #detected = new Map<string, Promise<Project[]>>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Says that manifests may say something else now. */
  lookAgain(): void {
    this.#detected.clear();
  }

  /** The projects of the open folders, and the packages of their workspaces that were verified by themselves. */
  async all(): Promise<KnownProject[]> {
    const roots = (await Promise.all(this.#workspace.folders.map((folder) => this.#detect(folder)))).flat();
    const members = roots.flatMap((root) => root.members.filter(({ directory }) => directory !== root.directory && hasStore(directory)));
    const verified = (await Promise.all(members.map(({ directory }) => this.#at(directory)))).flat().filter((one) => this.#wasVerified(one));
    const known = new Map([...roots, ...verified].map((project) => [idOf(project), project] as const));
    return [...known].map(([id, project]) => ({ id, project })).sort((a, b) => a.project.directory.localeCompare(b.project.directory));
  }

  /** The project that a file or folder (a URI) belongs to, the innermost of all: a package of a workspace where it says by itself how it is tested. */
  async within(uri: string): Promise<KnownProject | undefined> {
    const place = toPath(uri);
    if (place === undefined) return undefined;
    const innermost = <T extends { directory: string }>(all: readonly T[]) =>
      all.filter(({ directory }) => isInside(directory, place)).sort((a, b) => b.directory.length - a.directory.length)[0];
    const root = innermost((await this.all()).map(({ project }) => project));
    if (!root) return undefined;
    const member = innermost(root.members);
    const own = member && member.directory.length > root.directory.length ? (await this.#at(member.directory))[0] : undefined;
    const isTested = own && (own.commands.test.length > 0 || (await configuredCommands(own.directory)).test !== undefined);
    const project = isTested ? own : root;
    return { id: idOf(project), project };
  }

  async #at(directory: string): Promise<Project[]> {
    return (await this.#detect(directory)).filter((project) => project.directory === directory);
  }

  #detect(directory: string): Promise<Project[]> {
    const known = this.#detected.get(directory);
    if (known) return known;
    const found = detect(directory).then(({ projects }) => [...projects]);
    this.#detected.set(directory, found);
    // What went wrong once is tried again.
    found.catch(() => {
      if (this.#detected.get(directory) === found) this.#detected.delete(directory);
    });
    return found;
  }

  #wasVerified({ directory, ecosystem }: Project): boolean {
    const book = this.#workspace.books.existing(directory);
    const shelf = book && new EvidenceShelf(directory, book.store);
    return shelf !== undefined && RUNGS.some((rung) => shelf.points(ecosystem, rung, 1).length > 0);
  }
}

/** Two projects of different ecosystems may share a directory. */
function idOf({ ecosystem, directory }: Project): string {
  return `${ecosystem}:${toUri(path.resolve(directory))}`;
}
