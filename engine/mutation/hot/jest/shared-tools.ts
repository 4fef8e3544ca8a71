import { createRequire } from 'node:module';
import type { Runtime } from './jest-types.ts';

/**
 * What circus, `expect` and Jest's snapshots use to look at files, versions and syntax, and to draw numbers. It knows no tests and no values of theirs, so
 * that all environments may share it, as Jest itself has them share chalk and, since 29.3, Babel; loading it takes a third to two thirds of the time that
 * an environment takes.
 */
const TOOLS = /^(@babel\/[\w-]+|semver|micromatch|graceful-fs|synckit|pure-rand)$/;

/** Has an environment use the tools of this process in place of some of its own. */
export function shareTools(runtime: Runtime): void {
  const load = runtime.requireInternalModule.bind(runtime);
  runtime.requireInternalModule = (from, to) => (to !== undefined && TOOLS.test(to) ? createRequire(from)(to) : load(from, to));
}
