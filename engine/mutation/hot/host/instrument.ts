import { readFileSync } from 'node:fs';
import generate from '@babel/generator';
import traverse from '@babel/traverse';
import type { Mutant } from '@stryker-mutator/api/core';
import { Garbage } from '../../../memory/index.ts';
import type { Range } from '../../../model/index.ts';
import { countCalls } from '../../calls.ts';
import { extremeMutants } from '../../extreme.ts';
import { switchesFooter } from '../worker/switchboard.ts';
import type { ServedText } from './driver.ts';
import { type Ast, createParser, type Parse } from './parse.ts';
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
}

type Instrumenter = { instrument(files: { name: string; content: string; mutate: boolean | Range[] }[], options: object): Promise<InstrumentResult> };
type InstrumenterClass = new (logger: object, createParser: (options: object) => Parse, print: (ast: Ast) => string) => Instrumenter;
type InstrumentResult = { files: { name: string; content: string }[]; mutants: InstrumentedMutant[] };

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
  const { Instrumenter } = (await import('@stryker-mutator/instrumenter')) as unknown as { Instrumenter: InstrumenterClass };
  const garbage = new Garbage();
  const maps = new Map<string, string>();
  const bodies = new Map(files.map((one) => [one.file, one.bodies]));
  const print = ({ root, originFileName, rawContent }: Ast) => {
    if (bodies.get(originFileName)) countCalls(root);
    else weighExpressions(root);
    const { code, map } = generate(root, { sourceMaps: true, sourceFileName: originFileName }, rawContent);
    maps.set(originFileName, JSON.stringify(map));
    // The instrumenter keeps nodes of all files until it is done with the last; by them, Babel finds again what it knew of their whole files.
    traverse.cache.clear();
    garbage.look();
    return code;
  };
  const instrumenter = new Instrumenter(SILENT, createParser, print);
  const options = { plugins: null, ignorers: [exportNames], excludedMutations, noHeader: true };
  const inputs = files.map(({ file, ranges }) => ({ name: file, content: overlays.get(file) ?? readFileSync(file, 'utf8'), mutate: ranges ?? true }));
  const broken = new Map<string, Error>();
  const all = await instrumenter.instrument(inputs, options).catch(async () => {
    // One of them cannot be parsed: the others are instrumented without it.
    for (const input of inputs) await instrumenter.instrument([input], options).catch((error: Error) => broken.set(input.name, error));
    return instrumenter.instrument(
      inputs.filter(({ name }) => !broken.has(name)),
      options,
    );
  });
  const texts = new Map<string, ServedText>();
  for (const { name, content } of all.files) {
    const map = maps.get(name);
    texts.set(name, { code: content + switchesFooter(run), ...(map !== undefined && { map }) });
  }
  return { mutants: extremeMutants(all.mutants, (file) => bodies.get(file)), texts, broken };
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
