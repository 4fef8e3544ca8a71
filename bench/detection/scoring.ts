import type { Ground } from '../../engine/detection/weighing/grounds.ts';

/** A command of a repository's CI, where it stands, and the commands that are equal to it by the rules of the file. */
interface TrueCommand {
  ci: string;
  where: string;
  equal: string[];
}

/** What detection.ts compares with: see the rules in truth.json. */
export interface TruthFile {
  rules: string[];
  repositories: {
    repository: string;
    commit: string;
    set:
      | 'tune'
      | 'first held out'
      | 'second held out'
      | 'third held out'
      | 'fourth held out'
      | 'fifth held out'
      | 'a to m'
      | 'a to m, once more'
      | 'a to m, a third time';
    ecosystem: string;
    manager: string[];
    test: TrueCommand;
    build: TrueCommand;
  }[];
}

/** Whether an answer was right, and how confident it was; an answer that there is none has no confidence. */
export interface Outcome {
  set: string;
  ecosystem: string;
  question: string;
  right: boolean;
  confidence: number | undefined;
  /** What the answer rests on. */
  ground?: Ground | undefined;
}

/** A command without what a package manager lets be left out: `npm run test` is `npm test`. */
export function canonical(command: string): string {
  return (
    command
      .replace(/^(npm|pnpm|yarn) (?:run|run-script) (?!.* --?w)/, '$1 ')
      .replace(/^(pnpm|yarn) exec /, '$1 ')
      .replace(/^uvx (?=(nox|tox)\b)/, '')
      // A word with spaces is one word with its quotes or without.
      .replaceAll('"', '')
      .replace(/^(python3?) -m (pytest|tox)\b/, '$2')
      // For the Python at hand.
      .replace(/\btox -e py(-[a-z][^ ]*)?$/, 'tox')
      .replace(/(\bnox -s \S+) --force-python python$/, '$1')
      .trim()
  );
}

/** The mean difference between confidence and share of right answers over ten bins of equal width, weighted by their answers (Guo et al., 2017). */
export function expectedCalibrationError(outcomes: readonly Outcome[]): number {
  const told = outcomes.filter((one): one is Outcome & { confidence: number } => one.confidence !== undefined);
  const bins = Array.from({ length: 10 }, (_, i) => told.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === i));
  return bins.reduce((sum, bin) => {
    if (bin.length === 0) return sum;
    const right = bin.filter((one) => one.right).length / bin.length;
    const confidence = bin.reduce((all, one) => all + one.confidence, 0) / bin.length;
    return sum + (bin.length / told.length) * Math.abs(right - confidence);
  }, 0);
}
