import assert from 'node:assert/strict';
import { driveAsIn, pathTold } from './drive.ts';

describe('paths with a drive', () => {
  const CASES: [like: string, file: string, expected: string][] = [
    ['c:\\p', 'C:\\p\\a.ts', 'c:\\p\\a.ts'],
    ['C:\\p', 'c:/p/a.ts', 'C:/p/a.ts'],
    ['c:\\p', 'D:\\a.ts', 'D:\\a.ts'],
    ['/p', '/p/c:/a.ts', '/p/c:/a.ts'],
    ['/p', 'C:\\a.ts', 'C:\\a.ts'],
  ];
  for (const [like, file, expected] of CASES) it(`${file} beside ${like}: ${expected}`, () => assert.equal(driveAsIn(like, file), expected));

  const TOLD: Record<string, string> = {
    'file:///C:/p/a.ts': 'C:/p/a.ts',
    'file:///p/a.ts': '/p/a.ts',
    '/p/a.ts?v=1': '/p/a.ts',
    'src\\a.ts': 'src\\a.ts',
  };
  for (const [told, expected] of Object.entries(TOLD)) it(`${told} is ${expected}`, () => assert.equal(pathTold(told), expected));
});
