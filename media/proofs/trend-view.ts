import { html, svg, type TemplateResult } from 'lit';
import type { LadderStep, ProofPoint } from '../../server/protocol.ts';
import { duration, exactly } from '../report/format.ts';
import { VERDICTS } from './looks.ts';
import { type Bar, barsOf, resultOf, sentenceOf } from './trend.ts';

const WIDTH = 7;
const GAP = 2;
const HEIGHT = 28;
/** How many of the last runs the table tells. */
const LISTED = 30;

/** How a rung went from run to run: a bar each, and all of it as a table. */
export function trendView({ rung }: LadderStep, points: readonly ProofPoint[]): TemplateResult {
  const bars = barsOf(rung, points);
  const width = bars.length * (WIDTH + GAP);
  return html`<div class="runs">
    <svg width=${width} height=${HEIGHT} viewBox=${`0 0 ${width} ${HEIGHT}`} role="img" aria-label=${sentenceOf(rung, points)}>${bars.map(drawn)}</svg>
    <details>
      <summary class="secondary">${points.length} runs</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Verdict</th>
            <th scope="col">Result</th>
            <th scope="col" class="number">Took</th>
          </tr>
        </thead>
        <tbody>
          ${points
            .slice(-LISTED)
            .reverse()
            .map(
              (point) => html`<tr>
                <td><time datetime=${new Date(point.at).toISOString()}>${exactly(point.at)}</time></td>
                <td>${VERDICTS[point.verdict].label}</td>
                <td title=${point.summary}>${resultOf(rung, point)}</td>
                <td class="number">${duration(point.durationMs)}</td>
              </tr>`,
            )}
        </tbody>
      </table>
    </details>
  </div>`;
}

function drawn({ verdict, height, title }: Bar, index: number): TemplateResult {
  const high = Math.round(height * (HEIGHT - 2));
  return svg`<rect class=${`bar-${verdict}`} x=${index * (WIDTH + GAP) + 0.5} y=${HEIGHT - high - 0.5} width=${WIDTH} height=${high} rx="1"><title>${title}</title></rect>`;
}
