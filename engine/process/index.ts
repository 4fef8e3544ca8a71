export { allowedEnvironment, isSecretName } from './allowed-environment.ts';
export { userEnvironment } from './environment.ts';
export { familyOf, type Relative, seesFamilies } from './family.ts';
export { findProgram } from './find-program.ts';
export { findNode, type NodeRuntime, type NodeSearch } from './node.ts';
export { type Command, type Exit, type Listeners, type Running, run, start } from './run.ts';
export { type Socket, socketsOf } from './sockets.ts';
export { type Allowance, type SupervisedExit, supervise } from './supervise.ts';
