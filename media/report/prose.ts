import { html, type TemplateResult } from 'lit';

/** Text in which stretches between backticks are code. */
export function prose(text: string): (string | TemplateResult)[] {
  return text.split(/(``? ?.+? ?``?)/s).map((part, index) => (index % 2 === 0 ? part : html`<code>${part.replace(/^`+ ?| ?`+$/g, '')}</code>`));
}
