import type { ProjectCommand } from '../../detection/index.ts';
import type { Problem } from '../model.ts';

export function instrumentCompile(command: ProjectCommand): ProjectCommand {
  return command;
}

export class CompileOutput {
  constructor(_cwd: string) {}
  push(_stream: 'stdout' | 'stderr', line: string): string | undefined {
    return line;
  }
  problems(): Problem[] {
    return [];
  }
}
