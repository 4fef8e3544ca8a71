import { readFile } from 'node:fs/promises';
import { shippedFile } from '../installation/index.ts';
import type { ReportInput } from './model.ts';
import { toSchema } from './schema.ts';

/** A self-contained HTML page: `mutation-testing-elements` and the results, without any reference to the network. */
export async function toHtml(input: ReportInput): Promise<string> {
  const elements = await readFile(shippedFile('dist', 'media', 'mutation-test-elements.js'), 'utf8');
  const title = `Mutation report of ${input.packageName}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<script>${elements.replaceAll('</script', '<\\/script')}</script>
</head>
<body>
<mutation-test-report-app title-postfix="${escapeHtml(input.packageName)}">Your browser does not support custom elements.</mutation-test-report-app>
<script>
const app = document.querySelector('mutation-test-report-app');
const setTheme = () => document.documentElement.style.backgroundColor = app.themeBackgroundColor;
app.addEventListener('theme-changed', setTheme);
app.report = ${scriptJson(toSchema(input))};
setTheme();
</script>
</body>
</html>
`;
}

/** JSON that may stand in a script element: a source text with `</script>` in it would end the element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
