import { html, svg, type TemplateResult } from 'lit';
import type { AuditPoint } from '../../server/protocol.ts';
import { count, exactly } from '../report/format.ts';
import { type Course, courseOf, lineThrough, MEASURES, type Measure, strengthText, weakTests } from './trend.ts';

/** How the numbers went from audit to audit: a small line for each, and all of it as a table. */
export function trendView(points: readonly AuditPoint[]): TemplateResult {
  return html`<section class="trend" aria-labelledby="trend-heading">
    <h2 id="trend-heading">Trend</h2>
    ${points.length < 2 ? html`<p class="secondary">${beginning(points)}</p>` : html`${MEASURES.map((measure) => line(measure, points))} ${table(points)}`}
  </section>`;
}

const WIDTH = 200;
const HEIGHT = 32;
/** How many of the last audits the table tells. */
const LISTED = 30;

function beginning([only]: readonly AuditPoint[]): string {
  const when = only ? `The first audit was on ${exactly(only.at)}. ` : '';
  return `${when}A trend begins with the second audit: when the numbers are others, or an hour later.`;
}

function line(measure: Measure, points: readonly AuditPoint[]): TemplateResult {
  const course = courseOf(measure, points);
  if (course === undefined) return html`<div class="course"><span>${measure.label}</span><span class="secondary">no numbers yet</span></div>`;
  return html`<div class="course" title=${course.sentence}>
    <span>${measure.label}</span>
    <svg viewBox=${`0 -3 ${WIDTH} ${HEIGHT + 6}`} preserveAspectRatio="none" role="img" aria-label=${course.sentence}>${drawn(course)}</svg>
    <b class="number">${course.now}</b>
    <span class="change change-${course.tone}">${course.change}</span>
  </div>`;
}

function drawn({ heights }: Course): TemplateResult {
  const path = lineThrough(heights, WIDTH, HEIGHT);
  const end = `M${WIDTH} ${Math.round(10 * HEIGHT * (1 - (heights.at(-1) ?? 0))) / 10}h0`;
  return svg`<path class="line" d=${path}></path>${heights.at(-1) === null ? '' : svg`<path class="end" d=${end}></path>`}`;
}

function table(points: readonly AuditPoint[]): TemplateResult {
  return html`<details>
    <summary class="secondary">As a table</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">Audit</th>
          <th scope="col" class="number">Mean strength</th>
          <th scope="col" class="number">Weak, up to 50</th>
          <th scope="col" class="number">Findings</th>
          <th scope="col" class="number">Tests</th>
        </tr>
      </thead>
      <tbody>
        ${points
          .slice(-LISTED)
          .reverse()
          .map(
            ({ at, strength, bands, findings, tests }) => html`<tr>
              <td><time datetime=${new Date(at).toISOString()}>${exactly(at)}</time></td>
              <td class="number">${strengthText(strength)}</td>
              <td class="number">${count(weakTests(bands))}</td>
              <td class="number">${count(findings)}</td>
              <td class="number">${count(tests)}</td>
            </tr>`,
          )}
      </tbody>
    </table>
  </details>`;
}
