import { readFileSync } from 'node:fs';
import generate from '@babel/generator';
import type { Mutant } from '@stryker-mutator/api/core';
import { Garbage } from '../../../memory/index.ts';
import type { Range } from '../../../model/index.ts';
import { countCalls } from '../../calls.ts';
import { extremeMutants } from '../../extreme.ts';
import { switchesFooter } from '../worker/switchboard.ts';
import { chooseReturns } from './chosen-returns.ts';
import { type Constants, coverReads } from './constants.ts';
import type { ServedText } from './driver.ts';
import { inlineSwitches, renumber } from './inline-switches.ts';
import { type Ast, createParser, type Parse } from './parse.ts';
import { scopesOf } from './scopes.ts';
import { weighExpressions } from './weigh.ts';

/** A mutant of StrykerJS's, behind its switch. */
export type InstrumentedMutant = Mutant;

/** A file to instrument, or stretches of it; of one whose bodies of functions are told, only mutants that remove one of them count. */
export interface ToInstrument {
  /** Absolute path. */
  file: string;
  ranges?: Range[];
  bodies?: Range[];
}

/** StrykerJS's mutants of some files, and the texts in which each can be switched on. */
export interface Instrumented {
  mutants: InstrumentedMutant[];
  texts: Map<string, ServedText>;
  /** Files that cannot be parsed, with the parser's word. */
  broken: Map<string, Error>;
  /** The mutants that change nothing where a variable is not read. */
  constants: Constants;
}

type Instrumenter = { instrument(files: { name: string; content: string; mutate: boolean | Range[] }[], options: object): Promise<InstrumentResult> };
type InstrumenterClass = new (logger: object, createParser: (options: object) => Parse, print: (ast: Ast) => string) => Instrumenter;
type InstrumentResult = { files: { name: string; content: string }[]; mutants: InstrumentedMutant[] };

/** Loads StrykerJS's instrumenter, which takes longer than it takes to instrument most files. */
export async function loadInstrumenter(): Promise<{ Instrumenter: InstrumenterClass }> {
  return (await import('@stryker-mutator/instrumenter')) as unknown as { Instrumenter: InstrumenterClass };
}

/**
 * Instruments files with StrykerJS's own instrumenter: its mutants, locations and replacements, all in one text behind switches.
 * Nothing is written; ids are unique over all files.
 *
 * @param overlays texts of unsaved documents by absolute path
 * @param run what the texts say of themselves when they are loaded
 */
export async function instrument(
  files: readonly ToInstrument[],
  excludedMutations: readonly string[],
  overlays: ReadonlyMap<string, string>,
  run: string,
): Promise<Instrumented> {
  const { Instrumenter } = await loadInstrumenter();
  const options = { plugins: null, ignorers: [exportNames], excludedMutations, noHeader: true };
  const garbage = new Garbage();
  const mutants: InstrumentedMutant[] = [];
  const texts: Instrumented['texts'] = new Map();
  const broken: Instrumented['broken'] = new Map();
  const constants = new Map<string, string>();
  // One by one: the instrumenter keeps the trees of the files that it is given together.
  for (const [place, { file, ranges, bodies }] of files.entries()) {
    if (place > 0) garbage.look();
    // Not as many as there are: the instrumenter numbers some that it does not place.
    const first = Number(mutants.at(-1)?.id ?? -1) + 1;
    let map: string | undefined;
    const print = ({ root, rawContent }: Ast) => {
      if (first > 0) renumber(root, first);
      if (bodies) {
        countCalls(root);
        chooseReturns(root);
      } else {
        const scopes = scopesOf(root);
        for (const [id, read] of coverReads(root, scopes)) constants.set(id, read);
        weighExpressions(root, scopes);
      }
      inlineSwitches(root);
      const generated = generate(root, { sourceMaps: true, sourceFileName: file }, rawContent);
      map = JSON.stringify(generated.map);
      return generated.code;
    };
    const input = { name: file, content: overlays.get(file) ?? readFileSync(file, 'utf8'), mutate: ranges ?? true };
    const found = await new Instrumenter(SILENT, createParser, print)
      .instrument([input], options)
      // Babel's own errors lose their message on the way to another process.
      .catch(({ message }: Error) => void broken.set(file, new Error(message)));
    for (const { content } of found?.files ?? []) texts.set(file, { code: content + switchesFooter(run), ...(map !== undefined && { map }) });
    for (const mutant of found?.mutants ?? []) mutants.push({ ...mutant, id: String(first + Number(mutant.id)) });
  }
  const bodies = new Map(files.map((one) => [one.file, one.bodies]));
  return { mutants: extremeMutants(mutants, (file) => bodies.get(file)), texts, broken, constants };
}

/** `export { a as 'a-b' }`: a name is no expression that could be another one; StrykerJS's instrumenter cannot print what it makes of it. */
const exportNames = {
  shouldIgnore: ({ node }: { node: { type: string } }) =>
    /^(Export|Import)(Namespace)?Specifier$/.test(node.type) ? 'It is the name of an export.' : undefined,
};

const SILENT: Record<string, () => unknown> = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((level) => [
    [level, () => {}],
    [`is${level.charAt(0).toUpperCase()}${level.slice(1)}Enabled`, () => false],
  ]),
);
