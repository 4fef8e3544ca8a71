import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Tool } from '../../engine/strengthen/tools/tool.ts';
import { typescript } from '../../engine/strengthen/tools/typescript.ts';
import { write } from '../support/workspaces.ts';
import { project } from './project.ts';

const KINDS = `export enum Kind { Leaf = 'leaf', Branch = 'branch', 'two words' = 'both', Big = 7 }
export class Leaf { kind = Kind.Leaf as const; next: Leaf | Branch | null = null; size = 1 }
export class Branch { kind = Kind.Branch as const; next: Leaf | Branch | null = null; children: (Leaf | Branch)[] = []; first?: Branch }
export interface Note { text: string }
export const find = (kind: Kind, name = ''): (Leaf | Branch)[] => [new Branch(), kind, name].slice(0, 1) as Branch[];
export const made = (of: { kind: Kind.Leaf; text: string } | { kind: Kind.Branch }): string => of.kind;
export const said = (text: 'leaf' | Kind): string => text + '';
export const cut = (branch: Branch): number => branch.children.length;
export const trimmed = (of: Branch | { first?: Branch; cut: number }): unknown => of.first;
export const noted = (): Note | number => 1;
export const first = (of: Branch | null): Branch | null => of;
`;
const BEFORE = `import { cut, find, first, made, noted, said, trimmed } from './doors.js';
import { type Branch } from './kinds.js';

`;

/** What is written, what becomes of it, and the names that are imported for it; nothing where types have it so. */
const CASES: [written: string, mended: string | undefined, ...names: string[]][] = [
  ["find('leaf');", 'find(Kind.Leaf);', 'Kind from ./doors.js'],
  ["made({ kind: 'leaf', text: 'leaf' });", "made({ kind: Kind.Leaf, text: 'leaf' });", 'Kind from ./doors.js'],
  ["find('both', 'leaf');", `find(Kind["two words"], 'leaf');`, 'Kind from ./doors.js'],
  ["find('none');", undefined],
  ["made({ kind: 'branch', text: 1 });", undefined],
  ["said('leaf'); find(Nothing);", undefined],
  ['find(0 as never)[0].next.next;', 'find(0 as never)[0].next?.next;'],
  ['first(null).first.children;', 'first(null)?.first?.children;'],
  ['find(0 as never)[0].children;', '(find(0 as never)[0] as Branch).children;'],
  ['find(0 as never)[0].children[0].children;', '((find(0 as never)[0] as Branch).children[0] as Branch).children;'],
  ['find(0 as never)[0].size;', '(find(0 as never)[0] as Leaf).size;', 'type Leaf from ./kinds.js'],
  ['find(0 as never)[0].next.children;', '(find(0 as never)[0].next as Branch).children;'],
  ['trimmed(find(0 as never)[0]);', 'trimmed(find(0 as never)[0] as Branch);'],
  ['cut(find(0 as never)[0].next);', 'cut(find(0 as never)[0].next as Branch);'],
  ['cut(first(null)!.first);', 'cut(first(null)!.first!);'],
  ['noted().text;', '(noted() as Note).text;', 'type Note from ./kinds.js'],
  ["find(find('leaf')[0].next.kind);", 'find(find(Kind.Leaf)[0].next?.kind!);', 'Kind from ./doors.js'],
];

describe('what types want another way', () => {
  let tool: Tool | undefined;

  before(async () => {
    const directory = project('mocha', ['typescript@5', 'ts-node@10', 'mocha@11']);
    write(
      directory,
      'tsconfig.json',
      '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": true, "exactOptionalPropertyTypes": true, "types": [] } }',
    );
    write(directory, 'mending/kinds.ts', KINDS);
    write(directory, 'mending/doors.ts', "export { cut, find, first, Kind, made, noted, said, trimmed } from './kinds.js';\n");
    write(directory, 'mending/a.test.ts', BEFORE);
    tool = await typescript(path.join(directory, 'mending/a.test.ts'), BEFORE, createRequire(path.join(directory, 'package.json')));
  });

  for (const [written, expected, ...names] of CASES) {
    it(`${written} ${expected ?? 'is left'}`, async () => {
      const [mended] = (await tool?.mend?.(BEFORE + written, [{ start: BEFORE.length, end: BEFORE.length + written.length }])) ?? [];
      assert.equal(mended?.text, expected);
      const said = mended?.names.map(({ name, from, isType }) => `${isType ? 'type ' : ''}${name} from ${from}`) ?? [];
      assert.deepEqual(said, names);
    });
  }

  it('each stretch for itself', async () => {
    const [one, gap, other] = ["find('leaf');\n", 'said("leaf");\n', "find('none');\nfind('branch');\n"];
    const start = BEFORE.length + one.length + gap.length;
    const stretches = [
      { start: BEFORE.length, end: BEFORE.length + one.length },
      { start, end: start + other.length },
    ];
    const mended = await tool?.mend?.(BEFORE + one + gap + other, stretches);
    assert.deepEqual(
      mended?.map((one) => one?.text),
      ['find(Kind.Leaf);\n', undefined],
    );
  });
});
