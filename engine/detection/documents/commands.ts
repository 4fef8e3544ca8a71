import { readScript } from '../text/script.ts';
import { below, type Tree } from '../text/tree.ts';
import { isDocument } from '../text/wanted.ts';
import type { OutsideCommand } from '../weighing/outside.ts';

const FENCE = /^\s*(```+|~~~+)\s*(\S*)/;
const SHELLS = /^(|sh|bash|shell|zsh|console|terminal|shell-session|shellsession|text|cmd|powershell)$/i;
/** A prompt, which only the shell types. */
const PROMPT = /^\s*[$>%]\s+/;

const FOR_CONTRIBUTORS = /contributing|develop|hacking/i;
/** A command with an argument at least, within a sentence. */
const IN_SENTENCE = /(?<!`)``?([a-z][\w.-]* [^`\n]+)``?(?!`)/g;

/** The commands in the code blocks of the documents for those who change a project (README, CONTRIBUTING and their like), and in sentences of the latter. */
export function documentCommands(tree: Tree): OutsideCommand[] {
  return ['', '.github', 'docs', 'doc', 'docs/contributing']
    .flatMap((directory) => tree.files(directory).map((name) => below(directory, name)))
    .filter(isDocument)
    .sort()
    .flatMap((file) => {
      const { typed, sentences } = partsOf(tree.text(file) ?? '');
      // In a README, a sentence speaks of what users do, too.
      return [...typed, ...(FOR_CONTRIBUTORS.test(file) ? sentences : [])].flatMap(({ script, line }) => commandsOf(script, line, file));
    });
}

function commandsOf(script: string, line: number, file: string): OutsideCommand[] {
  return readScript(script).map((command) => ({
    argv: command.argv,
    env: command.env,
    // Where a reader stands is not said: `cd` goes to a copy that was cloned, or into a package.
    cwd: '',
    file,
    line: line + command.line,
    from: FOR_CONTRIBUTORS.test(file) ? 'contributing' : 'readme',
  }));
}

interface Part {
  script: string;
  /** One-based. */
  line: number;
}

/** Code blocks of a shell, fenced or (in reStructuredText) indented behind `::`, and commands in the sentences between, each with the line that it begins on. */
function partsOf(text: string): { typed: Part[]; sentences: Part[] } {
  const [typed, sentences]: [Part[], Part[]] = [[], []];
  const lines = text.split(/\r\n|\n/);
  for (let i = 0; i < lines.length; i++) {
    const fence = FENCE.exec(lines[i] as string);
    const indented = !fence && /^(\.\. code-block::\s*(bash|sh|shell|console|text)?|.*[^:]::|::)\s*$/.test(lines[i] as string);
    if (!fence) for (const [, script = ''] of (lines[i] as string).matchAll(IN_SENTENCE)) sentences.push({ script, line: i + 1 });
    if (!fence && !indented) continue;
    const inner: string[] = [];
    const first = i + 1;
    if (fence) while (i + 1 < lines.length && !(lines[++i] as string).trim().startsWith(fence[1] as string)) inner.push(lines[i] as string);
    else while (i + 1 < lines.length && /^(\s+|$)/.test(lines[i + 1] as string)) inner.push(lines[++i] as string);
    if (fence && !SHELLS.test(fence[2] as string)) continue;
    // In a session, what has no prompt is output.
    const session = inner.some((one) => PROMPT.test(one));
    const script = inner.map((one) => (session ? (PROMPT.test(one) ? one.replace(PROMPT, '') : '') : one)).join('\n');
    typed.push({ script, line: first + 1 });
  }
  return { typed, sentences };
}
