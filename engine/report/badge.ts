import type { Proof, Verdict } from '../verification/index.ts';

const HEIGHT = 20;
const PADDING = 6;
/** The mean advance of Verdana at 11 px, from which `textLength` makes the text fit whatever font is there. */
const ADVANCE = 6.6;
const COLOURS: Readonly<Record<Verdict | 'name', string>> = { name: '#555', holds: '#2e7d32', fails: '#c62828', inconclusive: '#8a6d00' };

/** The ladder as a badge for a README: `assay | compiles | 147/152 tests | mutation 78 %`. */
export function toBadge(proofs: readonly Proof[]): string {
  const parts = [{ text: 'assay', colour: COLOURS.name }, ...proofs.map((proof) => ({ text: shortText(proof), colour: COLOURS[proof.verdict] }))];
  if (proofs.length === 0) parts.push({ text: 'nothing proved', colour: COLOURS.name });
  let x = 0;
  const drawn = parts.map(({ text, colour }) => {
    const length = Math.round(text.length * ADVANCE);
    const width = length + 2 * PADDING;
    const part = `<rect x="${x}" width="${width}" height="${HEIGHT}" fill="${colour}"/><text x="${x + PADDING}" y="14" textLength="${length}">${escaped(text)}</text>`;
    x += width;
    return part;
  });
  const label = escaped(parts.map(({ text }) => text).join(', '));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${x}" height="${HEIGHT}" role="img" aria-label="${label}">`,
    `<title>${label}</title><clipPath id="r"><rect width="${x}" height="${HEIGHT}" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)" fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${drawn.join('')}</g>`,
    '</svg>\n',
  ].join('\n');
}

/** A rung in a word or two. */
function shortText({ rung, verdict, tests, mutation }: Proof): string {
  switch (rung) {
    case 'compile':
      return { holds: 'compiles', fails: 'does not compile', inconclusive: 'compiles?' }[verdict];
    case 'test': {
      if (!tests) return 'tests?';
      const { passed, failed, flaky } = tests.counts;
      const ran = passed + failed + flaky;
      return ran === 0 ? 'no tests ran' : `${passed}/${ran} tests`;
    }
    case 'mutation':
      return mutation ? `mutation ${Math.floor(mutation.score)} %` : 'mutation?';
    case 'load':
      return { holds: 'holds load', fails: 'holds no load', inconclusive: 'load?' }[verdict];
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
