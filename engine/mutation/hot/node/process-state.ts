/** What tests change of their process beside modules, as it was before the first of them. */
export class ProcessState {
  readonly #env = { ...process.env };
  readonly #directory = process.cwd();

  constructor() {
    // Every load of the tests may add listeners of its own.
    process.setMaxListeners(0);
  }

  /** Puts it back. */
  restore(): void {
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    for (const [name, value] of Object.entries(this.#env)) if (process.env[name] !== value) process.env[name] = value;
    if (process.cwd() !== this.#directory) process.chdir(this.#directory);
  }
}
