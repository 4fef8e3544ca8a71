export { isInside, kindOf, readJson, readText, relativePosix, upwards } from './files.ts';
export { type Framework, installedProgram } from './framework.ts';
export { type ChangedFile, changedSince } from './git.ts';
export { changedBetween, type WorkingState, workingState } from './git-state.ts';
export { type FileHistory, type History, readHistory } from './history.ts';
export { PackageFolders } from './manifests.ts';
export { goSiblings, pythonModule, readTextNow, relativeModule, rustModules, type StampedFile } from './modules.ts';
export { hasNodeTests } from './node-test-program.ts';
export { findPackage, nearestManifestFolder, type TestPackage } from './package.ts';
export {
  type AridRule,
  type DeclaredDefect,
  type DeclaredPath,
  type DeclaredProofs,
  type DeclaredRule,
  NO_CONFIG,
  type NotUseful,
  PROJECT_CONFIG,
  type ProjectConfig,
  parseProjectConfig,
  readProjectConfig,
} from './project-config.ts';
export { findSources, findTestFiles, findTests, isMutationCandidate, isSource, isTestFile } from './sources.ts';
export { createStage, makeRunFolder, removeAbandonedRunFolders, type Stage } from './stage.ts';
export { findResultFolders } from './stores.ts';
export type { FrameworkName } from './test-command.ts';
export { expandVariables, splitCommands } from './test-command.ts';
