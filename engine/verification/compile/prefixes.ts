import type { Places } from './places.ts';

/** A line without what a runner of many packages put before it. */
export interface Unprefixed {
  text: string;
  /** What stood before it; empty where nothing did. */
  prefix: string;
  /** The directory of the package that it names. */
  directory?: string;
}

/** Names in brackets that tools put before lines of their own, codes and times. */
const OF_TOOLS =
  /^(?:tsl|mypy|(?:vite|builtin|plugin|commonjs|rollup|rolldown|esbuild|webpack|nodemon|tsup|tsdown)\b.*|error|warn(?:ing)?|info|debug|[A-Z][A-Z\d_]*|\d\d?:.*)$/;

/**
 * Takes the names off the lines that pnpm, Turborepo, Lerna, Nx, Yarn, Bun, concurrently and npm-run-all put before what they run.
 * A name is believed where the workspace has such a package, or where the runner announced it; `error TS1: …` looks like one otherwise.
 */
export class Prefixes {
  readonly #announced = new Set<string>();
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  take(line: string): Unprefixed {
    return this.#announcement(line) ?? this.#bracketed(line) ?? this.#named(line) ?? { text: line, prefix: '' };
  }

  /** `packages/a build$ tsc` of pnpm, `a build $ tsc` of Bun, `a:build: cache miss, executing 01ab` of Turborepo. */
  #announcement(line: string): Unprefixed | undefined {
    const [, name = '', script = ''] = /^(\S+) (\S+?) ?\$ /.exec(line) ?? [];
    if (name && /[\w.]/.test(name)) this.#announced.add(`${name} ${script}`);
    const [, task = ''] = /^(\S+): cache (?:miss|hit|bypass)/.exec(line) ?? [];
    const isTask = /.[:#]./.test(task);
    if (isTask) this.#announced.add(task);
    return name || isTask ? { text: '', prefix: '' } : undefined;
  }

  /** `[0] …` and `[server] …` of concurrently and npm-run-all, `[@scope/a]: …` of Yarn. */
  #bracketed(line: string): Unprefixed | undefined {
    const [, prefix = '', name = '', text = ''] = /^(\[([\w@][^\]\s]*) *\]:? )(.*)$/.exec(line) ?? [];
    if (!prefix) return undefined;
    if (OF_TOOLS.test(name)) return undefined;
    const directory = this.#places.directoryOf(name);
    return { text, prefix: `[${name}]`, ...(directory && { directory }) };
  }

  /** `packages/a build: …`, `a:build: …` and `a: …`. */
  #named(line: string): Unprefixed | undefined {
    for (const pattern of [/^((\S+) \S+?): ?(.*)$/, /^((\S+?)[:#]\S+?): ?(.*)$/, /^((\S+?)): ?(.*)$/]) {
      const [, prefix = '', name = '', text = ''] = pattern.exec(line) ?? [];
      if (!prefix) continue;
      const directory = this.#places.directoryOf(name);
      if (this.#announced.has(prefix) || (directory !== undefined && !/^[./\\]*$/.test(name)))
        return { text, prefix, ...(directory && { directory }) };
    }
    return undefined;
  }
}
