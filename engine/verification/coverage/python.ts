import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { declaredFunctions } from './functions.ts';
import type { CoveredFile } from './model.ts';
import { pythonFile, readCoveragePy } from './readers/coverage-py.ts';

/** What our plugin for pytest had coverage.py report into a folder, and why there is nothing where there is not. */
export async function readPython(folder: string): Promise<{ files: CoveredFile[]; notes: string[] }> {
  const names = await readdir(folder).catch(() => []);
  const reports = names.filter((name) => /^python-.*\.json$/.test(name));
  const read = await Promise.all(reports.map((name) => readReport(path.join(folder, name))));
  const notes = await Promise.all(names.filter((name) => /^python-.*\.txt$/.test(name)).map((name) => readFile(path.join(folder, name), 'utf8')));
  return { files: read.flat(), notes: [...new Set(notes)] };
}

async function readReport(report: string): Promise<CoveredFile[]> {
  const { folder, ...told } = JSON.parse(await readFile(report, 'utf8')) as { folder: string };
  const files = [...readCoveragePy(told)].map(async ([name, one]) => {
    const file = path.resolve(folder, name);
    const text = await readFile(file, 'utf8').catch(() => '');
    return pythonFile(file, one, await declaredFunctions('python', text));
  });
  return Promise.all(files);
}
