/** What package managers and toolchains say, and Karma of a browser, that do not start at all, because the project asks for another one, for a version that they can neither fetch nor verify, or for an installation of their own. */
const REFUSALS = [
  /\bERR_PNPM_NO_MATCHING_VERSION\b.*\bpnpm@/,
  /\bERR_PNPM_(META_)?FETCH_\w+\b.*\/pnpm\b/,
  /\bERR_PNPM_BAD_PM_VERSION\b/,
  /\bERR_PNPM_UNSUPPORTED_ENGINE\b.*\bbad pnpm\b/,
  /\bRefusing to run (pnpm|yarn|npm|bun)@/,
  /\bThis project is configured to use (v?[\d.]+ of )?(pnpm|yarn|npm|bun)\b/,
  /\bdefines "packageManager": "(pnpm|yarn|npm|bun)@/,
  /\bnpm (error|ERR!) code EBADDEVENGINES\b/,
  /\bThis package doesn't seem to be present in your lockfile\b/,
  /\bUsage Error: The project in .* doesn't seem to have been installed\b/,
  /^error: toolchain '.+' is not installed$/,
  /^go: (download(ing)? go\d.*: toolchain not available|.*requires go >= \S+ \(running go .*\))$/,
  /^Command '\['[^']*python[^']*', '-I\w*', .*\]' timed out after [\d.]+ seconds$/,
  /:ERROR \[launcher\]: No binary for \S+ browser on your platform/,
  /\bgithub\.com\/nodejs\/corepack#troubleshooting\b|\bCannot find matching keyid\b/,
];

/** So many lines at the start of what a command says may tell of a manager that refused; what comes later is said by what it started. */
const REFUSAL_LINES = 40;
/** Hatch gets each Python of a matrix when it comes to it, and shows the error that kept it from that in a box. */
const HATCH_INSTALLS = /^Installing Python distribution: (\S+)$/;
const HATCH_FAILED = /^╭─+ Traceback /;

/** No longer line is read: patterns with two gaps take minutes for one of a megabyte. */
const LONGEST = 2000;

/** Hears lines (without colours) of a command for what keeps a package manager or toolchain from starting. */
export class Refusals {
  #lines = 0;
  #before = '';
  #found: string | undefined;

  /** In its own words; undefined where nothing was heard. */
  get found(): string | undefined {
    return this.#found;
  }

  hear(line: string): void {
    if (this.#lines++ < REFUSAL_LINES) this.#found ??= refusalIn(line);
    const [, python] = HATCH_INSTALLS.exec(this.#before) ?? [];
    if (python !== undefined && HATCH_FAILED.test(line)) this.#found ??= `Hatch could not get Python ${python}`;
    this.#before = line.slice(0, LONGEST);
  }
}

/** What keeps a package manager or toolchain from starting, in its own words, where a line (without colours) says so. */
export function refusalIn(line: string): string | undefined {
  if (line.length > LONGEST || !REFUSALS.some((pattern) => pattern.test(line))) return undefined;
  return line
    .replace(/^[\d :.]*:ERROR \[launcher\]: /, '')
    .replace(/^\s*(npm )?(ERROR|error|Error|Internal Error|Usage Error|ERR!)[:\s]+/, '')
    .trim()
    .replace(/[.:]?$/, '');
}
