import { html, nothing, type TemplateResult } from 'lit';
import type { TestView } from '../../server/protocol.ts';
import { count, duration } from './format.ts';
import type { Dispatch } from './reducer.ts';

/** Tests under a heading, the first few at once and the others on demand. */
export function testList(heading: string, tests: readonly TestView[], dispatch: Dispatch): TemplateResult | typeof nothing {
  if (tests.length === 0) return nothing;
  const few = tests.length <= FEW + 1 ? tests : tests.slice(0, FEW);
  const others = tests.slice(few.length);
  return html`<section class="tests-of-mutant">
    <h3>${heading} <span class="secondary">${count(tests.length)}</span></h3>
    ${items(few, dispatch)}
    ${others.length === 0 ? nothing : html`<details><summary>${count(others.length)} more</summary>${items(others, dispatch)}</details>`}
  </section>`;
}

/** The name of a test, as a link where it is known where the test stands. */
export function testName(test: TestView, dispatch: Dispatch, isItem = false): TemplateResult {
  const { uri } = test;
  if (uri === undefined) return html`<span class="test-name">${test.name}</span>`;
  const open = () => dispatch({ kind: 'send', message: { kind: 'open', uri, position: test.position ?? { line: 0, column: 0 } } });
  return html`<button class="link test-name" title="Open the test" ?data-item=${isItem} @click=${open}>${test.name}</button>`;
}

const FEW = 5;

function items(tests: readonly TestView[], dispatch: Dispatch): TemplateResult {
  return html`<ul>
    ${tests.map((test) => html`<li>${testName(test, dispatch)} <span class="secondary">${duration(test.durationMs)}</span></li>`)}
  </ul>`;
}
