import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { declaredFunctions } from '../functions.ts';
import type { CoveredFile } from '../model.ts';
import { type CoveragePyFile, mergeCoveragePy, pythonFile, readCoveragePy } from '../readers/coverage-py.ts';

/** What our plugin for pytest, and our piece in processes of unittest, had coverage.py report into a folder, and why there is nothing where there is not. */
export async function readPython(folder: string): Promise<{ files: CoveredFile[]; notes: string[] }> {
  const names = await readdir(folder).catch(() => []);
  const reports = await Promise.all(names.filter((name) => /^python-.*\.json$/.test(name)).map((name) => readReport(path.join(folder, name))));
  const notes = await Promise.all(names.filter((name) => /^python-.*\.txt$/.test(name)).map((name) => readFile(path.join(folder, name), 'utf8')));
  const files = [...Map.groupBy(reports.flat(), ([file]) => file)].map(async ([file, told]) => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return pythonFile(file, mergeCoveragePy(told.map(([, one]) => one)), await declaredFunctions('python', text));
  });
  return { files: await Promise.all(files), notes: [...new Set(notes)] };
}

/** By absolute paths. */
async function readReport(report: string): Promise<[string, CoveragePyFile][]> {
  const { folder, ...told } = JSON.parse(await readFile(report, 'utf8')) as { folder: string };
  return [...readCoveragePy(told)].map(([name, one]) => [path.resolve(folder, name), one]);
}
