import type { Evidence } from '../model/index.ts';

/** Whose manifests and tools a project lives by. */
export type Ecosystem = 'node' | 'python' | 'go' | 'rust';

/** A command as a person would type it, in words: no shell takes part. */
export interface ProjectCommand {
  /** The program and its arguments. */
  argv: readonly string[];
  /** Variables that are set for it (`CI=1`). */
  env: Readonly<Record<string, string>>;
  /** Absolute path of the directory that it runs in. */
  cwd: string;
}

/** One possible answer. */
export interface Candidate<T> {
  value: T;
  /** How likely it is to be right, 0 to 1: of the answers given with 0.9, nine in ten are. */
  confidence: number;
  /** What it follows from, each with file and one-based line; never empty. */
  evidence: readonly Evidence[];
}

/** Possible answers to one question, the likeliest first; empty where nothing speaks for any. */
export type Answer<T> = readonly Candidate<T>[];

/** A package manager or build tool, or a test framework, with the version that the project asks for or has installed. */
export interface NamedTool {
  name: string;
  version?: string;
}

/** The questions that are answered by a command. */
export type Purpose = 'install' | 'build' | 'typecheck' | 'test' | 'start';

/** A part of a project that has a manifest of its own: a workspace's package, a module, a crate. */
export interface Member {
  name: string;
  /** Absolute path. */
  directory: string;
}

/** What is known of a project: one root of one ecosystem. */
export interface Project {
  name: string;
  /** Absolute path. */
  directory: string;
  ecosystem: Ecosystem;
  language: 'javascript' | 'typescript' | 'python' | 'go' | 'rust';
  manager: Answer<NamedTool>;
  /** Packages of the workspace; empty where it is none. */
  members: readonly Member[];
  /** Test frameworks; several may be in use side by side (a monorepo may have two), so that each is judged by itself. */
  framework: Answer<NamedTool>;
  /** What measures coverage here. */
  coverage: Answer<NamedTool>;
  commands: Readonly<Record<Purpose, Answer<ProjectCommand>>>;
}

/** What is known of a workspace. */
export interface Detection {
  /** Absolute path. */
  directory: string;
  /** Those of the root first, then by their directories. */
  projects: readonly Project[];
  /** Files that say how it is built and could not be read or understood, and why. */
  unread: readonly Evidence[];
  /** Manifests in the directory itself of what is built and tested by tools that are not known here. */
  foreign: readonly Evidence[];
}
