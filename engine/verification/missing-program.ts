/** What shells say of it, which end with 127 then: `sh: 1: pnpm: not found`, `bash: line 1: pnpm: command not found`. */
const SHELL = /(?:^|[\s:])([\w@./-]+): (?:command )?not found\b/;

/** What Windows' says of it, which ends with 1 or 9009; where Windows speaks another language, only 9009 tells. */
const WINDOWS = /^'(.+)' is not recognized as an internal or external command,$/;

/** What those say of it that start other programs, and end as if these had failed. */
const STARTERS: readonly RegExp[] = [
  /^\S*python[\d.]*(?:\.exe)?: No module named ([\w.]+)$/,
  /^error: Failed to spawn: `?([^\s`]+)`?$/,
  /^Command not found: (\S+)$/,
  /^\[PdmUsageError\]: Command '(\S+)' is not found in your PATH\.$/,
  /^nox > Program (\S+) not found\.$/,
  /^\S+: Exception running subprocess \[Errno 2\] No such file or directory: '(\S+)'$/,
  /^make(?:\[\d+\])?: (\S+): No such file or directory$/,
];

/** Hears from what a command says which program is not there. */
export class MissingProgram {
  #byShell: string | undefined;
  #byStarter: string | undefined;

  /** @param line without control sequences */
  hear(line: string): void {
    this.#byShell = SHELL.exec(line)?.[1] ?? this.#byShell;
    this.#byStarter = WINDOWS.exec(line)?.[1] ?? this.#byStarter;
    for (const says of STARTERS) this.#byStarter = says.exec(line)?.[1] ?? this.#byStarter;
  }

  /**
   * The program or module that was not there; undefined where nothing says that one was missing.
   *
   * @param program what the command itself starts
   */
  found(code: number | null, program: string): string | undefined {
    if (code === 127 || code === 9009) return this.#byShell ?? this.#byStarter ?? program;
    return code === 0 || code === null ? undefined : this.#byStarter;
  }
}
