import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A test that was labelled by reading: bench/audit/LABELS.md. */
export interface Label {
  repo: string;
  path: string;
  line: number;
  findings: string[];
  band: string;
  note?: string;
  sample?: 'random' | 'pattern';
  /** What it should have been by the words of the rules' pages, where it was wrong. */
  correction?: { findings: string[]; band?: string; reason: string };
}

/** What was found beside a label. */
export interface Looked {
  label: Label;
  found: ReadonlySet<string>;
  /** That of it which is told, and not only hinted at. */
  told: ReadonlySet<string>;
  band: string | undefined;
}

interface Counts {
  hits: number;
  more: number;
  missed: number;
}

/** The labels of a folder, by the names of their files. */
export function readLabels(folder: string): Map<string, Label[]> {
  const names = readdirSync(folder).filter((one) => one.endsWith('.jsonl'));
  return new Map(
    names.map((name) => [
      name,
      readFileSync(path.join(folder, name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Label),
    ]),
  );
}

/** The disagreements of a file of labels, as they are corrected, and its figures with labels as they were first. */
export function disagreements(name: string, looked: readonly Looked[]): string {
  const lines = looked.flatMap(({ label, found }) => {
    const { findings } = label.correction ?? label;
    const reason = label.correction ? `corrected: ${label.correction.reason}` : (label.note ?? 'no note');
    return [...new Set([...found, ...findings])]
      .filter((rule) => found.has(rule) !== findings.includes(rule))
      .map((rule) => `  ${found.has(rule) ? 'too much' : 'missed'} ${rule}: ${label.repo} ${label.path}:${label.line} (${reason})`);
  });
  const bands = looked.filter(({ label, band }) => band === (label.correction?.band ?? label.band)).length;
  return [`${name}: ${figures(looked)}; bands ${bands} of ${looked.length}`, ...lines, ''].join('\n');
}

/** The same as if what is only hinted at had not been found. */
export function toldAlone(looked: readonly Looked[]): Looked[] {
  return looked.map((one) => ({ ...one, found: one.told }));
}

/** Precision and recall of all that was looked at, with labels as they were first and with their corrections. */
export function figures(looked: readonly Looked[]): string {
  const first = sum(counted(looked, false));
  const corrected = sum(counted(looked, true));
  const corrections = looked.filter(({ label }) => label.correction).length;
  return `${looked.length} tests; precision and recall with the first labels ${ratios(first)}; with ${corrections} corrections ${ratios(corrected)}`;
}

/** A table of all rules, with corrections. */
export function byRule(looked: readonly Looked[]): string {
  const counts = [...counted(looked, true)].sort(([a], [b]) => a.localeCompare(b));
  const told = counted(toldAlone(looked), true);
  const rows = counts.map(
    ([rule, one]) =>
      `| ${rule} | ${one.hits + one.missed} | ${one.hits} | ${told.get(rule)?.hits ?? 0} | ${one.more} | ${share(one.hits, one.more)} | ${share(one.hits, one.missed)} |`,
  );
  return [
    '| rule | labelled | found | told of them | too much | precision | recall |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
  ].join('\n');
}

function counted(looked: readonly Looked[], isCorrected: boolean): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const { label, found } of looked) {
    const findings = (isCorrected && label.correction ? label.correction : label).findings;
    for (const rule of new Set([...found, ...findings])) {
      const one = counts.get(rule) ?? { hits: 0, more: 0, missed: 0 };
      one[!findings.includes(rule) ? 'more' : found.has(rule) ? 'hits' : 'missed']++;
      counts.set(rule, one);
    }
  }
  return counts;
}

function sum(counts: ReadonlyMap<string, Counts>): Counts {
  const all = { hits: 0, more: 0, missed: 0 };
  for (const { hits, more, missed } of counts.values()) {
    all.hits += hits;
    all.more += more;
    all.missed += missed;
  }
  return all;
}

function ratios({ hits, more, missed }: Counts): string {
  return `${share(hits, more)} (${hits} of ${hits + more}), ${share(hits, missed)} (${hits} of ${hits + missed})`;
}

function share(part: number, rest: number): string {
  return part + rest === 0 ? '' : (part / (part + rest)).toFixed(3);
}
