/** Options that change how something is told, measured or sped up, and not what is done. */
const ASIDE =
  /^(-v+|-q|-x|--verbose|--quiet|--color(s)?|--no-color|-race|-failfast|-json|-cover|-benchmem|--coverage(\..*)?|--cov(-.*)?|--locked|--frozen|--offline|--release|--no-fail-fast|--ci|--runInBand|-i|--silent|--exit|--forbid-only|--run|run|--bail|--passWithNoTests|--no-watch|--watchAll|--watch|--all-targets|\+[\w.-]+)$/;
/** The same with a value, behind `=` or as a word of its own. */
const VALUED =
  /^(-count|-bench|-coverprofile|-covermode|-coverpkg|-timeout|-parallel|-p|-shuffle|-vet|-mod|-ldflags|--target|-j|--jobs|--exclude|--color|--message-format|--profile|--junitxml|--junit-xml|-n|--numprocesses|-W|--durations|--maxfail|--tb|--timeout|--reruns|--reporter|-R|--maxWorkers|--retry|--shard|--outputFile|--cov|--cov-report|--cov-config|--toxenv|--format|--junitfile)$/;
/** Words without a value of their own where `VALUED` could mean either. */
const WITH_EQUALS = /^(-[\w-]+|--[\w-]+)=/;

/** A tool's command line without what only changes how it is told: two that come to the same do the same. */
export function essence(argv: readonly string[]): string {
  const [program = '', ...rest] = argv;
  const kept: string[] = [];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] as string;
    if (word === '--') {
      // What stands behind it is for the test program of Cargo, and more options elsewhere.
      if (program === 'cargo') break;
      continue;
    }
    const name = WITH_EQUALS.exec(word)?.[1] ?? word;
    // Cargo's -p names a package.
    const chooses = program === 'cargo' && name === '-p';
    if (ASIDE.test(name) || (VALUED.test(name) && !chooses)) {
      if (!word.includes('=') && VALUED.test(name) && !/^--(cov|color|coverage)$/.test(name)) i++;
      continue;
    }
    if (word.startsWith('-') && rest[i + 1] === '') {
      i++;
      continue;
    }
    kept.push(program === 'cargo' && word === '--all' ? '--workspace' : word.replace(/^["']|["']$/g, ''));
  }
  // Nothing stands behind an option whose variable is empty.
  if (/^(--features|-F|-tags)$/.test(kept.at(-1) ?? '')) kept.pop();
  return [program, ...kept].join(' ');
}
