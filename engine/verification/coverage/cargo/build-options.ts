/** Options of cargo and nextest that decide what is built, and take a value. */
const WITH_VALUE =
  /^(-p|--package|--exclude|--bin|--example|--test|--bench|-F|--features|--profile|--cargo-profile|--target|--target-dir|--manifest-path|--config|-Z)$/;
const ALONE =
  /^(--workspace|--all|--lib|--bins|--examples|--tests|--benches|--all-targets|--all-features|--no-default-features|-r|--release|--locked|--offline|--frozen|-[pFZ].+)$/;

/**
 * The options of `cargo test` or `cargo nextest run` that decide what is built, as `cargo test` takes them.
 *
 * @param words what stands behind the subcommand
 * @param isNextest nextest calls its own profile what cargo calls so, and cargo's `--cargo-profile`
 */
export function buildOptions(words: readonly string[], isNextest: boolean): string[] {
  const own = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);
  const kept: string[] = [];
  for (let at = 0; at < own.length; at++) {
    const [word = '', name = ''] = [own[at], own[at]?.split('=', 1)[0]];
    const isValued = WITH_VALUE.test(name);
    const isOther = isNextest && name === '--profile';
    const spelled = isNextest ? word.replace(/^--cargo-profile(?==|$)/, '--profile') : word;
    if (isValued && word.includes('=')) kept.push(...(isOther ? [] : [spelled]));
    else if (isValued) {
      at += 1;
      if (!isOther) kept.push(spelled, own[at] ?? '');
    } else if (ALONE.test(word)) kept.push(word);
  }
  return kept;
}
